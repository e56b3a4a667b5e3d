"""The public data sets and their state here."""
