"""From a file and a day to a long list: who, where, which traits; what cannot be used is told."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ancrage.cells.codes import is_rounded, read_siret, repair_siret
from ancrage.cells.told import Told
from ancrage.declarations.csv_text import Reject
from ancrage.errors import PanelFileError
from ancrage.panel.columns import Columns, columns_of
from ancrage.panel.longlist import Candidate, LongList, Remark
from ancrage.panel.places import Address, PlaceBook
from ancrage.panel.rows import Row, read_rows
from ancrage.panel.values import Value, read_value


def read_long_list(
    path: Path, places: PlaceBook, *, on: date, mapping: Mapping[str, str] | None = None
) -> LongList:
    """The long list of a file, placed on a day. ``mapping``: what → header, where headers say too little.

    A trait written in the file comes before the one its commune gives. Raises :class:`PanelFileError`.
    """
    read = read_rows(path)
    columns = columns_of(read.headers, mapping or {}, on=on, name=path.name)
    gathering = _Gathering(columns, places)
    for line, row in read.rows:
        gathering.add(line, row)
    if not gathering.candidates:
        first = gathering.rejects[0]
        raise PanelFileError(
            f"Aucune structure de « {path.name} » n'est utilisable : ligne {first.line}, {first.reason}.",
            "Il faut à chacune un identifiant ou un nom.",
        )
    return LongList(
        name=path.name,
        candidates=tuple(gathering.candidates[key] for key in sorted(gathering.candidates)),
        traits=columns.known,
        labels=gathering.chosen_labels(),
        rejects=tuple(sorted((*read.rejects, *gathering.rejects), key=lambda one: one.line)),
        remarks=tuple(gathering.remarks),
        source=read.source,
    )


@dataclass
class _Gathering:
    """Candidates as they come, rows set aside, and the words of each value, counted."""

    columns: Columns
    places: PlaceBook
    candidates: dict[str, Candidate] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    words: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )

    def add(self, line: int, row: Row) -> None:
        """Add a row, or set it aside with the reason."""
        name, identifier = self._told(row, "name"), self._identifier(row)
        if not identifier.value:
            self._reject(line, row, identifier.remark or "ni identifiant ni nom", identifier.repair)
            return
        if identifier.value in self.candidates:
            first = self.candidates[identifier.value].line
            self._reject(line, row, f"même identifiant ({identifier.value}) que la ligne {first}")
            return
        self._remark(line, identifier)
        commune, values = self._values(line, row)
        for trait, value in values.items():
            self.words[trait][value.key][value.label] += 1
        self.candidates[identifier.value] = Candidate(
            id=identifier.value,
            name=name or identifier.value,
            line=line,
            values={trait: value.key for trait, value in values.items()},
            commune=self.places.name_of(commune) if commune else "",
        )

    def _told(self, row: Row, what: str) -> str:
        return " ".join(row.get(self.columns.identity.get(what, ""), "").split())

    def _identifier(self, row: Row) -> Told[str]:
        """What tells a structure from the others: its SIRET, its identifier as written, else its name."""
        written = self._told(row, "id")
        name = self._told(row, "name")
        named = " · ".join(filter(None, (name, self._told(row, "commune")))) if name else ""
        if not written:
            return Told(named or None)
        siret = read_siret(written)
        if is_rounded(written):
            return replace(siret, value=named or None)
        if siret.value or repair_siret(written):
            return replace(siret, value=siret.value or written)
        return Told(written)  # an identifier of the list's own

    def _values(self, line: int, row: Row) -> tuple[str | None, dict[str, Value]]:
        address = Address(*(self._told(row, what) for what in ("commune", "postcode", "town", "departement")))
        placed = self.places.place(address)
        self._remark(line, placed)
        values = self.places.traits_at(placed.value, address)
        for trait, header in self.columns.traits.items():
            told = read_value(self.columns.known[trait], row.get(header, ""))
            if told.value:
                values[trait] = told.value
            self._remark(line, told, header)
        return placed.value, values

    def _remark(self, line: int, told: Told[Any], header: str = "") -> None:
        if told.remark:
            what = f"{header} : {told.remark}" if header else told.remark
            self.remarks.append(Remark(line, what, told.repair))

    def _reject(self, line: int, row: Row, reason: str, repair: str = "") -> None:
        told = f"{reason}. {repair}" if repair else reason
        self.rejects.append(Reject(line, " ; ".join(filter(None, row.values()))[:200], told))

    def chosen_labels(self) -> dict[str, dict[str, str]]:
        """The words most often written for each value; the first in order of the alphabet between equals."""
        return {
            trait: {
                key: min(words, key=lambda word: (-words[word], word))
                for key, words in sorted(values.items())
            }
            for trait, values in self.words.items()
        }
