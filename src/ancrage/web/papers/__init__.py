"""Papers that people hand over."""
