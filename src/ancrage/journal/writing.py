"""Commands: an act, in one transaction, writes the line of each row it touches, then the row."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from ancrage.errors import (
    Difference,
    InvalidQuestionError,
    RetiredError,
    StaleVersionError,
    UnknownObjectError,
)
from ancrage.journal.cleaning import refuse_unfit
from ancrage.journal.columns import canonical
from ancrage.journal.locking import alone
from ancrage.journal.models import Line, Recorded
from ancrage.journal.registry import fields_of, model_of
from ancrage.journal.together import AT_ONCE, fit_together
from ancrage.journal.values import digest_of, settle, told, written

Row = TypeVar("Row", bound=Recorded)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, for which organisation, why; ``key``: the mark of the form sent, which counts once."""

    actor: uuid.UUID
    at: datetime
    on_behalf_of: uuid.UUID | None = None
    reason: str = ""
    key: str = ""


def write(act: Act, verb: str, do: Callable[["Pen"], Row], *, chain: uuid.UUID) -> Row:
    """Carry out a command, whole or not at all; gives back the row that ``do`` gives.

    The same form sent again changes nothing: the row its first line tells is given, as it is now. Raises
    what ``do`` raises, :class:`StaleVersionError`, :class:`BusyError`, :class:`DatabaseUnavailableError`.
    """
    with alone(chain):
        if act.key and (done := _already(act, verb, chain)):
            return done  # type: ignore[return-value]
        return do(Pen(act, verb, chain))


def _already(act: Act, verb: str, chain: uuid.UUID) -> Recorded | None:
    """The row of the form that was sent before."""
    same = Line.objects.filter(key=act.key, actor=act.actor, verb=verb, chain=chain).order_by("rank").first()
    return model_of(same.object_kind).objects.get(pk=same.object_id) if same else None


class Pen:
    """What a command writes with, inside its transaction."""

    def __init__(self, act: Act, verb: str, chain: uuid.UUID) -> None:
        self.act, self.verb, self.chain = act, verb, chain
        self._command = uuid.uuid4()
        last = self._last()
        # A clock set back never makes a line older than the one before it.
        self.at = max(act.at, last.at) if last else act.at

    def create(self, row: Row) -> Row:
        """Write a new row. Raises :class:`InvalidQuestionError` with every field that does not fit."""
        row.version, row.created_at = 1, self.at
        refuse_unfit(row)
        settle(row)
        self._refuse_elsewhere(row)
        self._line(row, {}, told(row))
        row.save(force_insert=True)
        return row

    def create_all(self, rows: Sequence[Recorded], *, where: Callable[[Recorded], str]) -> None:
        """Write new rows: the same lines and rows as one by one, in a few orders to the base.

        Raises :class:`InvalidQuestionError` for the first that does not fit, with ``where`` it comes from.
        """
        for row in rows:
            row.version, row.created_at = 1, self.at
        if fit_together(rows):
            self._write_together(rows)
        else:
            for row in rows:
                self._create_from(row, where)

    def _create_from(self, row: Recorded, where: Callable[[Recorded], str]) -> None:
        try:
            self.create(row)
        except InvalidQuestionError as error:
            raise InvalidQuestionError(
                [(f"{where(row)}, {name}", said) for name, said in error.faults]
            ) from error

    def _write_together(self, rows: Sequence[Recorded]) -> None:
        lines, tables, last = [], defaultdict[type[Recorded], list[Recorded]](list), self._last()
        for row in rows:
            settle(row)
            self._refuse_elsewhere(row)
            last = self._after(last, row, {}, told(row))
            lines.append(last)
            tables[type(row)].append(row)
        Line.objects.bulk_create(lines, batch_size=AT_ONCE)
        for model, found in tables.items():
            model._default_manager.bulk_create(found, batch_size=AT_ONCE)

    def read(self, model: type[Row], identity: uuid.UUID) -> Row:
        """A row as it is, and as nobody will change it before the end of this command."""
        row: Row | None = model._default_manager.filter(pk=identity).first()  # type: ignore[assignment]
        if row is None or row.chain() != self.chain:
            raise UnknownObjectError(str(model._meta.verbose_name))
        return row

    def change(self, model: type[Row], identity: uuid.UUID, seen: int, **fields: Any) -> Row:
        """Change a row from the version that was seen; the same values again write nothing.

        Raises :class:`StaleVersionError` with both texts, :class:`RetiredError`,
        :class:`InvalidQuestionError`.
        """
        row = self._current(model, identity, seen, fields)
        before = told(row)
        for name, value in fields.items():
            setattr(row, name, value)
        refuse_unfit(row)
        settle(row)
        return self._changed(row, before)

    def retire(self, model: type[Row], identity: uuid.UUID, seen: int, reason: str) -> Row:
        """Retire a row, with a reason: nothing is deleted."""
        row = self._current(model, identity, seen, {})
        before = told(row)
        row.retired_at, row.retired_reason = self.at, reason
        settle(row)
        return self._changed(row, before)

    def retire_all(self, rows: Sequence[tuple[type[Recorded], uuid.UUID]], reason: str) -> None:
        """Retire those of these rows that still live: the same lines as one by one, in a few orders."""
        wanted = defaultdict[type[Recorded], list[uuid.UUID]](list)
        for model, identity in rows:
            wanted[model].append(identity)
        found = {model: model._default_manager.in_bulk(ids) for model, ids in wanted.items()}
        lines, retired, last = [], defaultdict[type[Recorded], list[Recorded]](list), self._last()
        for model, identity in rows:
            row = found[model].get(identity)
            if row is None or row.chain() != self.chain:
                raise UnknownObjectError(str(model._meta.verbose_name))
            if row.live:
                before = told(row)
                row.version, row.retired_at, row.retired_reason = row.version + 1, self.at, reason
                settle(row)
                last = self._after(last, row, *_apart(before, told(row)))
                lines.append(last)
                retired[model].append(row)
        Line.objects.bulk_create(lines, batch_size=AT_ONCE)
        for model, some in retired.items():
            fields = {"version": models.F("version") + 1, "retired_at": self.at, "retired_reason": reason}
            for start in range(0, len(some), AT_ONCE):
                batch = [row.pk for row in some[start : start + AT_ONCE]]
                model._default_manager.filter(pk__in=batch).update(**fields)

    def _current(self, model: type[Row], identity: uuid.UUID, seen: int, asked: dict[str, Any]) -> Row:
        row = self.read(model, identity)
        if row.version != seen:
            raise StaleVersionError(str(model._meta.verbose_name), row.version, _differences(row, asked))
        if not row.live:
            raise RetiredError(str(model._meta.verbose_name), row.retired_reason)
        return row

    def _changed(self, row: Row, before: dict[str, Any]) -> Row:
        left, right = _apart(before, told(row))
        if not right:
            return row
        row.version += 1
        self._refuse_elsewhere(row)
        self._line(row, left, right)
        row.save(force_update=True, update_fields=["version", *(_field(row, name) for name in right)])
        return row

    def _refuse_elsewhere(self, row: Recorded) -> None:
        if row.chain() != self.chain:
            raise ValueError(f"{row.kind()} belongs to chain {row.chain()}, this command to {self.chain}")

    def _line(self, row: Recorded, before: dict[str, Any], after: dict[str, Any]) -> None:
        # Read each time: a command may carry out another in the same chain.
        self._after(self._last(), row, before, after).save(force_insert=True)

    def _after(self, last: Line | None, row: Recorded, before: Values, after: Values) -> Line:
        """The line that follows the last one."""
        act = self.act
        line = Line(
            chain=self.chain,
            rank=last.rank + 1 if last else 1,
            command=self._command,
            key=act.key,
            at=self.at,
            actor=act.actor,
            on_behalf_of=act.on_behalf_of,
            verb=self.verb,
            object_kind=row.kind(),
            object_id=row.pk,
            version=row.version,
            before=before,
            after=after,
            reason=act.reason or row.retired_reason,
            previous_digest=last.digest if last else "",
        )
        line.digest = digest_of(line)
        return line

    def _last(self) -> Line | None:
        return Line.objects.filter(chain=self.chain).order_by("-rank").first()


def _apart(before: Values, after: Values) -> tuple[Values, Values]:
    """What changed, as it was and as it is."""
    changed = [name for name in after if canonical(before[name]) != canonical(after[name])]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def _field(row: Recorded, column: str) -> str:
    return next(field.name for field in fields_of(type(row)) if field.attname == column)


def _differences(row: Recorded, asked: dict[str, Any]) -> tuple[Difference, ...]:
    """What was asked beside what is there now, for the fields where they differ."""
    found = []
    for name, value in asked.items():
        field = next(one for one in fields_of(type(row)) if name in (one.name, one.attname))
        mine = written(field, getattr(value, "pk", value))
        theirs = written(field, getattr(row, field.attname))
        if canonical(mine) != canonical(theirs):
            found.append(Difference(name, str(field.verbose_name), mine, theirs))
    return tuple(found)
