"""The tables of recorded rows: every model made from ``Recorded``, in the order of their links."""

from functools import cache
from graphlib import TopologicalSorter

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from ancrage.journal.models import Recorded

UNFIT = (models.BinaryField, models.FileField)


def recorded() -> tuple[type[Recorded], ...]:
    """Every recorded table, those others refer to first. Raises ImproperlyConfigured for one unfit."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    _refuse_unfit(found)
    graph = {model: {one for one in _linked(model) if one is not model and one in found} for model in found}
    return tuple(TopologicalSorter(graph).static_order())


def model_of(kind: str) -> type[Recorded]:
    """The table of what the journal calls ``kind``. Raises KeyError."""
    return {model.kind(): model for model in recorded()}[kind]


@cache
def fields_of(model: type[models.Model]) -> tuple["models.Field[object, object]", ...]:
    """The fields the journal tells: all but the identity and the version, which each line has."""
    return tuple(field for field in model._meta.concrete_fields if field.attname not in ("id", "version"))


def _linked(model: type[models.Model]) -> set[type[models.Model]]:
    return {found for field in model._meta.concrete_fields if (found := field.related_model)}


def _refuse_unfit(found: list[type[Recorded]]) -> None:
    kinds = [model.kind() for model in found]
    if len(kinds) != len(set(kinds)):
        raise ImproperlyConfigured(f"two recorded tables share a kind: {sorted(kinds)}")
    for model in found:
        if model._meta.local_many_to_many:
            raise ImproperlyConfigured(
                f"{model.__name__}: a link of many to many is a table, recorded itself"
            )
        for field in model._meta.concrete_fields:
            if isinstance(field, UNFIT) or getattr(field, "auto_now", False):
                raise ImproperlyConfigured(f"{model.__name__}.{field.name}: the journal cannot tell it")
