"""Support coverage: states by commune, blank zones, where to open next."""
