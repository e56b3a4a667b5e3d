"""Collective dynamics told."""
