"""What the parts of a set of one's own hold: each is read once, however many lines repeat it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ancrage.errors import AncrageError, SetDefinitionError
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import PATTERNS, Kind, TerritoryCode
from ancrage.territories.joining import MOST_REFUSED, designated_in_a_set, first_of
from ancrage.territories.set_file import read_set
from ancrage.territories.territory import Territory

Whole = Callable[..., Territory]
"""From an atlas, a code and a day (``on``) to the whole territory."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a part of a set designates; ``told`` when it is a commune of old, read as what it became."""

    code: TerritoryCode
    name: str
    communes: tuple[str, ...]
    told: str = ""


def members_of(atlas: Atlas, parts: Sequence[str], on: date, whole: Whole) -> list[Member]:
    """The members that these parts designate. Raises the first refusal."""
    reading = Reading(atlas, parts, on, whole)
    return [reading.member(part) for part in parts]


def members_of_file(atlas: Atlas, path: Path, on: date, whole: Whole) -> list[Member]:
    """The members that the lines of a file designate.

    Raises the first refusal, with its line and those of the next, up to :data:`MOST_REFUSED`.
    """
    lines = read_set(path)
    if not lines:
        raise SetDefinitionError(
            f"« {path.name} » est vide : aucune ligne n'y désigne un territoire.",
            "Écrivez-y un code ou un nom par ligne.",
        )
    reading, members, refusals = (
        Reading(atlas, [*lines.values()], on, whole),
        list[Member](),
        dict[int, AncrageError](),
    )
    for line, part in lines.items():
        try:
            member = reading.member(part, suggesting=not refusals)
            members.append(replace(member, told=member.told and f"ligne {line}, {member.told}"))
        except AncrageError as error:
            refusals[line] = error
            if len(refusals) > MOST_REFUSED:
                break
    if refusals:
        raise first_of(refusals, path.name)
    return members


class Reading:
    """Parts being read: those that are codes of communes were asked in one question."""

    def __init__(self, atlas: Atlas, parts: Iterable[str], on: date, whole: Whole) -> None:
        self.atlas, self.on, self.whole = atlas, on, whole
        self._read: dict[str, Member | AncrageError] = {
            code: Member(TerritoryCode(Kind.COMMUNE, code), name, (code,))
            for code, name in _communes(atlas, set(parts), on).items()
        }

    def member(self, part: str, *, suggesting: bool = True) -> Member:
        """The member that a part designates; ``suggesting`` what a wrong one may mean costs the most."""
        if part not in self._read:
            self._read[part] = self._asked(part, suggesting=suggesting)
        found = self._read[part]
        if isinstance(found, AncrageError):
            raise found
        return found

    def _asked(self, part: str, *, suggesting: bool) -> Member | AncrageError:
        try:
            code, told = designated_in_a_set(self.atlas, part, self.on, suggesting=suggesting)
            member = self.whole(self.atlas, code, on=self.on)
            if member.municipal or member.kind is Kind.QPV:
                raise SetDefinitionError(
                    "Un ensemble se fait de communes entières.",
                    "Remplacez l'arrondissement municipal ou le quartier par sa commune.",
                )
        except AncrageError as error:
            return error
        return Member(code, member.name, member.communes, told)


def _communes(atlas: Atlas, parts: set[str], on: date) -> dict[str, str]:
    """Names of the communes of the day whose code is written as it is: a long list has little else."""
    codes = [part for part in parts if re.fullmatch(PATTERNS[Kind.COMMUNE][0], part)]
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM commune WHERE vintage = ? AND code IN (SELECT unnest(?))",
        (atlas.vintage_on(on), codes),
    )
    return {row["code"]: row["name"] for row in rows}
