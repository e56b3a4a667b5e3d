"""Command that puts territories side by side."""

from ancrage.cli.asking import command_asking

comparer = command_asking("comparaison")
