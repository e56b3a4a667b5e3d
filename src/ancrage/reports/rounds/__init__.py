"""Rounds told."""
