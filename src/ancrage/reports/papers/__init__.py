"""Papers that people hand over, told."""
