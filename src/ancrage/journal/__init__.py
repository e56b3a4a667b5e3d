"""The one door for writing: a line of an append-only journal, then the row, in one transaction."""
