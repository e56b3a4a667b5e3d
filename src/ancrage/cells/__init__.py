"""What people write in the cells of their files: codes, days; understood, mended and told, or not."""
