"""Survival told."""
