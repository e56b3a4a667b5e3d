"""Commands that tell of the sources: those declared, one of them, what is here."""

from ancrage.cli.asking import command_asking

list_sources = command_asking("sources")
show = command_asking("source")
status = command_asking("etat_sources")
