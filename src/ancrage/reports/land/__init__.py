"""Land and premises told."""
