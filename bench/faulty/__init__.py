"""Damaged files, damaged sources and kills: what ``faults.py`` runs."""
