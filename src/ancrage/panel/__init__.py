"""The choice of a panel in a long list: quotas, diversity, and the proof of the choice."""
