"""How long structures last, from the register or from a file of units."""
