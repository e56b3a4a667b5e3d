"""Whether new rows may be written together: what the base is asked of each is asked of all at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.journal.models import Recorded

AT_ONCE = 400
"""Rows of one order to the base."""
Key = tuple[object, ...]


def fit_together(rows: Sequence[Recorded]) -> bool:
    """Whether each row would be taken, were they written one after the other.

    False is a doubt, never a refusal: written one by one, the first that does not fit says why.
    """
    here: dict[type[models.Model], set[object]] = defaultdict(set)
    links: dict[type[models.Model], set[object]] = defaultdict(set)
    unique: set[Key] = set()
    for row in rows:
        if not _fits(row) or not _alone(row, here, unique):
            return False
        for field in _links(row):
            target, value = field.related_model, getattr(row, field.attname)
            # What comes later in the same act is not there yet.
            if value is not None and value not in here[target]:
                links[target].add(value)
        here[type(row)].add(row.pk)
    return all(_there(model, found) == len(found) for model, found in links.items()) and not any(
        _there(model, found) for model, found in here.items()
    )


def _fits(row: Recorded) -> bool:
    """What a row says by itself; links and what is said once are left to the whole."""
    links = _links(row)
    if any(getattr(row, one.attname) is None and not (one.null and one.blank) for one in links):
        return False
    try:
        row.clean_fields(exclude={one.name for one in links})
        row.clean()
    except ValidationError:
        return False
    return True


def _alone(row: Recorded, here: dict[type[models.Model], set[object]], unique: set[Key]) -> bool:
    """Whether nothing else says what is said once; a row that hangs on one of this act is not asked about."""
    pending = {one.attname for one in _links(row) if getattr(row, one.attname) in here[one.related_model]}
    rules = list(_once(type(row)))
    for name, fields in rules:
        key = (name, *(getattr(row, one) for one in fields))
        if not fields or key in unique:
            return False
        unique.add(key)
    return all(pending & set(fields) for _, fields in rules) or _asked(row)


def _asked(row: Recorded) -> bool:
    try:
        row.validate_unique(exclude={"id"})
        row.validate_constraints()
    except ValidationError:
        return False
    return True


def _once(model: type[Recorded]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a table holds once, by the name of the rule; no field when the rule is of another sort."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield f"{model._meta.label}.{field.name}", (field.attname,)
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    for rule in model._meta.constraints:
        yield rule.name, tuple(columns[one] for one in getattr(rule, "fields", ()))


def _links(row: Recorded) -> "list[models.ForeignKey[Any, Any]]":
    return [one for one in row._meta.concrete_fields if isinstance(one, models.ForeignKey)]


def _there(model: type[models.Model], identities: set[object]) -> int:
    """How many of these rows the base has."""
    asked = sorted(identities, key=str)
    batches = (asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE))
    return sum(model._default_manager.filter(pk__in=batch).count() for batch in batches)
