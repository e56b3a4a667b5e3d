"""Command that gives a zoning's verdict by commune, for a territory, or all at an address or a point."""

from ancrage.cli.asking import command_asking

zonage = command_asking("zonages_adresse", "zonages_point", "zonage_ici", "zonage")
