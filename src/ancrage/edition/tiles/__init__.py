"""Vector tiles of the whole country: outlines, zonings, quarters, structures (PMTiles)."""
