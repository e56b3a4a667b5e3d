"""The catalogue of aids: search, a page for each, files to take away."""
