"""The command line: a thin face. Reads what is typed, makes one call, shows the answer."""

from ancrage.cli.process import main

__all__ = ["main"]
