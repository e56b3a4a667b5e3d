"""Command that counts terms over the years in a corpus of texts."""

from ancrage.cli.asking import command_asking

veille = command_asking("veille")
