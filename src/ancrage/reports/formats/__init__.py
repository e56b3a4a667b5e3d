"""Renderers: a sheet in, a shape out; they know no topic."""
