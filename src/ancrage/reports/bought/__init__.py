"""What is really bought, told."""
