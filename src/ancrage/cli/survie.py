"""Command that says how long structures last."""

from ancrage.cli.asking import command_asking

survie = command_asking("survie_fichier", "survie")
