"""What changed, told."""
