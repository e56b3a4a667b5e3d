"""A contract of territory, told."""
