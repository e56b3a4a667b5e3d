"""Openings told."""
