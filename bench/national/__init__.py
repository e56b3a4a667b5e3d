"""The register at national size: made-up files of official shape, and what they should give."""
