"""What changed in a territory."""
