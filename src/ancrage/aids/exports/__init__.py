"""Formats in which aids leave Ancrage for other tools."""
