"""A question followed, what changed, who was told: nothing is told twice, and nothing is lost."""
