"""What changed between two days, two editions of the data, two catalogues: noted twice, then compared."""
