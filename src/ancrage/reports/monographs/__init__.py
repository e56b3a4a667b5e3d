"""Monographs told."""
