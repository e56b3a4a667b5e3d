"""Public data sets: declared once, fetched from the producer or a mirror, kept as immutable snapshots."""
