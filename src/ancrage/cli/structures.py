"""Command that lists the structures of a territory, or shows one of them."""

from ancrage.cli.asking import command_asking

structures = command_asking("structure", "structures", resident=True)
