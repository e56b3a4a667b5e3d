"""Command that tells « L'ESS d'ici », with what people agreed to in the workspace of this machine."""

from ancrage.cli.asking import command_asking
from ancrage.cli.atelier import workspace

portrait = command_asking("portrait", within=workspace)
