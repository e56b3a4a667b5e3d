"""Command that gives a zoning's verdict for each commune of a day, for a territory, or all at an address or point."""

from ancrage.cli.asking import command_asking

zonage = command_asking("zonages_adresse", "zonages_point", "zonage_ici", "zonage")
