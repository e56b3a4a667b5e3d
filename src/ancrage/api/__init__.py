"""The programming interface: the same answers as the site, as JSON and GeoJSON, under a version."""
