"""Aids published by others, read with their provenance and their eligibility told in our rules."""
