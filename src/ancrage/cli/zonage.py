"""Command that gives a zoning's verdict for every commune of a day, or for a territory."""

from ancrage.cli.asking import command_asking

zonage = command_asking("zonage_ici", "zonage")
