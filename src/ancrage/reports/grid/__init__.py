"""The grid told: evaluation, criteria, tools."""
