"""Command that leads from a need of premises or land to the tools and texts that give it."""

from ancrage.cli.asking import command_asking

foncier = command_asking("foncier")
