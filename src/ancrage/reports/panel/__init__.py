"""A panel told."""
