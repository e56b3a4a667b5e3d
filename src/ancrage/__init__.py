"""Ancrage: know a French territory's social and solidarity economy, on any day, with its sources."""

__version__ = "0.1.0"
