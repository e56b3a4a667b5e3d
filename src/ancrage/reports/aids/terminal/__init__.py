"""Aids on a terminal."""
