"""Command that searches everything at once: territories, structures, aids, levers, monographs, words."""

from ancrage.cli.asking import command_asking

chercher = command_asking("recherche")
