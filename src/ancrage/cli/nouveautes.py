"""Command that says what changed in a territory since a day."""

from ancrage.cli.asking import command_asking

nouveautes = command_asking("nouveautes")
