"""Who can help, told."""
