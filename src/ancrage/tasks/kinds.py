"""What a task can be: its name, how its parameters are read, how it is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from ancrage.errors import UnknownTaskError

Parameters = Mapping[str, str]
Progress = Callable[[int, str], None]
"""Told between two steps: a percentage, and in French what is being done. It raises when one must stop."""


@dataclass(frozen=True, slots=True)
class Result:
    """The file a task makes."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of task. ``read`` gives the parameters in one canonical form, or raises an AncrageError.

    ``long``: what people usually ask as a task, and that its form offers.
    """

    id: str
    label: str
    read: Callable[[Parameters], dict[str, str]]
    work: Callable[[Parameters, Progress], Result]
    long: bool = True


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind, by identifier. ``settings.TASK_KINDS`` names them: they live in rooms above."""
    found: tuple[Kind, ...] = import_string(settings.TASK_KINDS)
    return {kind.id: kind for kind in found}


def get_kind(identifier: str) -> Kind:
    """A kind. Raises :class:`UnknownTaskError` with those there are."""
    known = kinds()
    if identifier not in known:
        raise UnknownTaskError(
            f"« {identifier[:40]} » n'est pas une sorte de travail.", f"Choisissez : {', '.join(known)}."
        )
    return known[identifier]
