"""Levers told."""
