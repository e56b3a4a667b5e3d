"""Monographs: list, search, a case, a volume."""
