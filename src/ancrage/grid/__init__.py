"""The sustainability grid: fifteen criteria, the assessments of a structure, the tools that strengthen it."""
