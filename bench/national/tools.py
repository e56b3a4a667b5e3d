"""What the tools of the bench share: one that is not installed is told with how to install it."""

import importlib
from types import ModuleType


class Absent(Exception):  # noqa: N818 - it is no error
    """A tool that is not installed here; the message says how to install it."""


def needed(module: str, install: str) -> ModuleType:
    """Import an optional tool. Raises :class:`Absent` when it is not installed.

    The tools of a bench are no dependency of the project: install them in an environment of their own.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise Absent(f"absent : {install}") from error
