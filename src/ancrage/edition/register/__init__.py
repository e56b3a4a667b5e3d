"""The register of an edition, from whatever was delivered."""
