"""Who can help in a territory."""
