"""Structures of the directory told."""
