"""Aids: which ones, how much, why, why not, and what to ask next."""
