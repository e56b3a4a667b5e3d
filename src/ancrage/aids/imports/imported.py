"""What an imported aid is, where it comes from, and the lines that could not be one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self

from ancrage.aids.funders import funder_name
from ancrage.declarations.faults import shown
from ancrage.declarations.json_text import Huge
from ancrage.language.folding import bare

DAYS = ("opens", "closes")
PERMANENT = "permanente"
"""How a source says, under ``Récurrence`` or ``recurrence``, that an aid never closes."""
LISTS = ("natures", "audiences", "themes", "coverage", "excluded", "notes", "links")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an aid was read. ``place`` is « ligne 12 » or « entrée 12 »; days are ISO texts, or empty.

    ``listed_on`` is the day of the list it stood in: what shows that it existed then.
    """

    source: str
    file: str
    place: str
    licence: str
    updated_on: str = ""
    imported_on: str = ""
    listed_on: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCondition:
    """A condition of eligibility in the language of rules; one that is not ``certain`` decides nothing."""

    id: str
    label: str
    rule: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ImportedAid:
    """An aid as a source tells it.

    ``natures``, ``audiences`` and ``themes`` are values of the catalogue's lists. ``coverage`` holds codes
    (``fr``, ``reg:75``, ``dep:40``, ``epci:…``, ``com:…``, ``qpv:…``); empty, the source does not tell it.
    ``opens`` and ``closes`` are included; ``None`` when not told. ``notes`` are conditions in words, which no
    rule tells: an aid that has some is never certain. ``raw`` keeps every field of the source.
    """

    id: str
    name: str
    summary: str
    description: str
    funder: str
    desk: str
    natures: tuple[str, ...]
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    coverage: tuple[str, ...]
    excluded: tuple[str, ...]
    opens: date | None
    closes: date | None
    amount: str
    conditions: tuple[ImportedCondition, ...]
    notes: tuple[str, ...]
    links: tuple[str, ...]
    provenance: Provenance
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def source(self) -> str:
        """Identifier of the source it comes from."""
        return self.provenance.source

    @property
    def funder_told(self) -> str:
        """Who gives it, as people write that name; ``funder`` keeps that of the source."""
        return funder_name(self.funder)

    @property
    def closes_surely(self) -> bool:
        """Whether its day of closing can be believed: the same source may also say that it is permanent."""
        told = self.raw.get("Récurrence") or self.raw.get("recurrence")
        return not isinstance(told, str) or bare(told.strip()) != PERMANENT

    def conditions_on(self, day: date) -> tuple[ImportedCondition, ...]:
        """Its conditions on a day: being open then, and those of its eligibility."""
        return (self._period(day), *self.conditions)

    def _period(self, day: date) -> ImportedCondition:
        begun = self.opens is None or self.opens <= day
        ended = self.closes is not None and self.closes < day
        rule = "TRUE" if begun and not ended else "FALSE"
        certain = not (begun and ended) or self.closes_surely
        return ImportedCondition("periode", "Être ouverte ce jour-là", rule, certain)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the store and for other tools."""
        document = asdict(self)
        for name in DAYS:
            document[name] = document[name].isoformat() if document[name] else None
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """What :meth:`as_json` wrote. Raises :class:`KeyError`, :class:`TypeError`, :class:`ValueError`."""
        values: dict[str, Any] = {each.name: document[each.name] for each in fields(cls)}
        for name in DAYS:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        for name in LISTS:
            values[name] = tuple(values[name])
        values["conditions"] = tuple(ImportedCondition(**each) for each in values["conditions"])
        values["provenance"] = Provenance(**values["provenance"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry that could not be imported. ``line`` is that of the file, or the entry's number in a JSON."""

    line: int
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file gave: aids, entries rejected, and French remarks on the whole."""

    source: str
    file: str
    aids: tuple[ImportedAid, ...]
    rejects: tuple[Reject, ...] = ()
    remarks: tuple[str, ...] = ()


class RejectedEntryError(Exception):
    """Raised while an entry is read; its text is the reason, in French."""


Entry = tuple[int, Any]
"""What stands at a line of a file, or at a rank of a list."""


def sorted_out(
    entries: Iterable[Entry], read: Callable[[int, Any], ImportedAid], name: Callable[[Any], str]
) -> tuple[tuple[ImportedAid, ...], tuple[Reject, ...]]:
    """Aids and rejects of entries; ``read`` raises :class:`RejectedEntryError`, ``name`` is for people.

    An identifier already taken is a reject (the first one stays), and an entry with a number past measure.
    """
    aids: dict[str, ImportedAid] = {}
    rejects = []
    for line, entry in entries:
        try:
            _refuse_huge(entry)
            aid = read(line, entry)
            if first := aids.get(aid.id):
                raise RejectedEntryError(f"identifiant « {aid.id} » déjà pris, {first.provenance.place}")
            aids[aid.id] = aid
        except RejectedEntryError as error:
            rejects.append(Reject(line, str(error), name(entry)))
    return tuple(aids.values()), tuple(rejects)


def _refuse_huge(entry: Any) -> None:
    """Raise :class:`RejectedEntryError` for a number that no engine keeps, wherever the entry holds it."""
    if isinstance(entry, Huge):
        raise RejectedEntryError(f"le nombre « {shown(entry, 24)} » est démesuré")
    inside = entry.values() if isinstance(entry, Mapping) else entry if isinstance(entry, list) else ()
    for value in inside:
        _refuse_huge(value)
