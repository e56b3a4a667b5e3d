"""Command that advises an authority on the levers and tools it may pull."""

from ancrage.cli.asking import command_asking

leviers = command_asking("outil_ici", "outil", "leviers", "liste_leviers")
