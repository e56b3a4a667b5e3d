"""Collective dynamics: activities over-represented, places alike, structures to bring together."""
