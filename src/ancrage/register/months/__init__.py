"""The register of a new month made from that of the month before: only units that changed are worked out."""
