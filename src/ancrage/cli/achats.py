"""Command that says what may be done for a purchase."""

from ancrage.cli.asking import command_asking

achats = command_asking("achats", resident=True)
"""Purchases: procedure, publicity, reserves, duties, and who could serve it."""
