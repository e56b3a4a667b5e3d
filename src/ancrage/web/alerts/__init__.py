"""« Me prévenir » : asking for an alert, confirming it, stopping it."""
