"""A row as the journal tells it: values of JSON, always written the same way, and their digest."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from ancrage.journal.columns import canonical
from ancrage.journal.models import Line, Recorded
from ancrage.journal.registry import fields_of


def told(row: Recorded) -> dict[str, Any]:
    """All that the journal tells of a row, by column."""
    return {field.attname: written(field, getattr(row, field.attname)) for field in fields_of(type(row))}


def settle(row: Recorded) -> None:
    """Give each field the very value that the database will give back."""
    for field in fields_of(type(row)):
        setattr(row, field.attname, read(field, written(field, getattr(row, field.attname))))


def written(field: "models.Field[Any, Any]", value: object) -> Any:
    """A value of a field as JSON: moments in UTC, amounts with all their decimals."""
    if isinstance(field, models.JSONField):
        return json.loads(canonical(value))
    value = _of(field).to_python(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Decimal):
        places = getattr(_of(field), "decimal_places", 0)
        return str(value.quantize(Decimal(1).scaleb(-places)))
    if isinstance(value, date | uuid.UUID):
        return str(value)
    return value


def read(field: "models.Field[Any, Any]", value: Any) -> Any:
    """The value of a field that the journal wrote."""
    return value if isinstance(field, models.JSONField) else _of(field).to_python(value)


def _of(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """The field whose values these are: a link holds those of what it leads to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def digest_of(line: Line) -> str:
    """Digest of all a line says, the digest before it included; its number in the table is not of it."""
    names = ("chain", "command", "actor", "on_behalf_of", "object_id")
    said: Mapping[str, object] = {
        **{name: str(value) if (value := getattr(line, name)) else None for name in names},
        "rank": line.rank,
        "key": line.key,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": line.verb,
        "object_kind": line.object_kind,
        "version": line.version,
        "before": line.before,
        "after": line.after,
        "reason": line.reason,
        "previous_digest": line.previous_digest,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()
