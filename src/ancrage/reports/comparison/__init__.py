"""Territories told side by side."""
