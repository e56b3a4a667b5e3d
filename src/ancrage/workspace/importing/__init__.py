"""A plan that exists already, in a spreadsheet: columns matched, lines read, written together, taken back."""
