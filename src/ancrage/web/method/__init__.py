"""How long structures last, and the collective dynamics, as pages."""
