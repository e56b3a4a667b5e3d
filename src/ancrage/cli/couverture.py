"""Command that says which support covers a territory, where to open next, and the round of a van."""

from ancrage.cli.asking import command_asking

couverture = command_asking("tournee", "ouvertures", "couverture")
