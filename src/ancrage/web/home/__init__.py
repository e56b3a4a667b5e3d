"""The first page: one field, and where to start."""
