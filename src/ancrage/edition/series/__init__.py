"""A series of monthly stocks: one register a month, in one place partitioned by month, read together."""
