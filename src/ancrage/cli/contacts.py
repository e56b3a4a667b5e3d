"""Command that says who can help in a territory."""

from ancrage.cli.asking import command_asking

contacts = command_asking("contacts")
