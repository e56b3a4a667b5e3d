"""Aids told: answers, simulations, the catalogue."""
