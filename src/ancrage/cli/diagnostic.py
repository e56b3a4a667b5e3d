"""Command that diagnoses a territory on a day."""

from ancrage.cli.asking import command_asking

diagnostic = command_asking("schema_diagnostic", "diagnostic")
