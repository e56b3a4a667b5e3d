"""The sustainability grid: self-assessment in the address, nothing stored."""
