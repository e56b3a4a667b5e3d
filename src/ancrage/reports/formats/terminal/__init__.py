"""Sheets on a terminal."""
