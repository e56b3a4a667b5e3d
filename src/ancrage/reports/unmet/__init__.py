"""Needs as they are lived, told."""
