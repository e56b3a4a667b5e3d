"""Commands that say what may be done for a purchase, cut it into lots, and write its pieces."""

from ancrage.cli.asking import command_asking

achats = command_asking("achats", resident=True)
"""Purchases: procedure, publicity, reserves, duties, and who could serve it."""
lots = command_asking("lots", resident=True)
"""Lots that fit those around."""
trousse = command_asking("trousse", resident=True)
"""The pieces of a purchase."""
spaser = command_asking("spaser")
"""A SPASER to write."""
