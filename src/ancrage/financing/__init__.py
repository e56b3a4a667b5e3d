"""Financing: plans that balance to the cent, aids that add up or not, cash month by month."""
