"""What the search box found, told."""
