"""A diagnosis told, in every shape it has."""
