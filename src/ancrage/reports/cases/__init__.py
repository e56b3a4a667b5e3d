"""Cases told."""
