"""What makes structures last: the sustainability grid of fifteen criteria, and their survival."""
