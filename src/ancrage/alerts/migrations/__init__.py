"""Changes of the tables of alerts."""
