"""What people wrote, as it stood at the end of a day: rows made again from the journal, never saved."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from ancrage.journal.models import Line, Recorded
from ancrage.journal.registry import fields_of
from ancrage.journal.values import read

Row = TypeVar("Row", bound=Recorded)
PARIS = ZoneInfo("Europe/Paris")


def end_of(on: date) -> datetime:
    """The first moment of the next day, where people here live."""
    return datetime.combine(on + timedelta(days=1), time(), tzinfo=PARIS)


def as_on(model: type[Row], identity: uuid.UUID, *, on: date) -> Row | None:
    """A row as it stood at the end of a day, retired ones included; nothing when it was not there yet."""
    lines = Line.objects.filter(object_kind=model.kind(), object_id=identity, at__lt=end_of(on))
    return next(iter(_rows(model, lines)), None)


def all_as_on(model: type[Row], chain: uuid.UUID, *, on: date) -> list[Row]:
    """The rows of a chain that were live at the end of a day, in the order they were created."""
    lines = Line.objects.filter(chain=chain, object_kind=model.kind(), at__lt=end_of(on))
    return [row for row in _rows(model, lines) if row.live]


def history(row: Recorded) -> list[Line]:
    """All that was done to a row, last first."""
    return list(Line.objects.filter(object_kind=row.kind(), object_id=row.pk).order_by("-version"))


def _rows(model: type[Row], lines: Iterable[Line]) -> list[Row]:
    rows: dict[uuid.UUID, Row] = {}
    for line in lines:
        row = rows.setdefault(line.object_id, model(id=line.object_id))
        told_into(row, line)
    return list(rows.values())


def told_into(row: Recorded, line: Line) -> None:
    """Give a row what a line says; a field the line knows nothing of keeps its value."""
    row.version = line.version
    for field in fields_of(type(row)):
        if field.attname in line.after:
            setattr(row, field.attname, read(field, line.after[field.attname]))
