"""Changes of the workspace database, in order."""
