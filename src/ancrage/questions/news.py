"""What changed in a territory between two days."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from ancrage.changes.noting import Sort
from ancrage.errors import CeasedTerritoryError, InvalidQuestionError, UnknownTerritoryError
from ancrage.language.days import day
from ancrage.language.numbers import count, plain_number
from ancrage.questions.fields import Asked, Day
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ancrage.aids.catalogue import Catalogue
    from ancrage.changes.comparing import Change
    from ancrage.changes.noting import Reading
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

USUAL_DAYS = 365
"""How far back one looks when nothing is said."""
MOST_STRUCTURES = 10_000
"""Structures that changed and are told one by one, the last first: past that they are counted."""
SORTS = "zonage, structure, aide, echeance, lieu"


@dataclass(frozen=True, slots=True)
class Compared:
    """What each side was read in. ``earlier`` is empty when one edition tells both days.

    ``built`` and ``earlier_built``: the days they were built. ``late``: the earlier edition was built after
    the first day, the oldest that is kept.
    """

    edition: str
    built: date
    earlier: str = ""
    earlier_built: date | None = None
    late: bool = False
    catalogue: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class NewsFacts:
    """What changed since a day, by sort and newest first. ``reading``: what is noted on the last day.

    Of the structures, those that changed; ``more`` of them changed earlier, and are counted only.
    """

    since: date
    changes: "tuple[Change, ...]"
    compared: Compared
    reading: "Reading"
    more: int = 0

    @property
    def total(self) -> int:
        """Changes, told or not."""
        return len(self.changes) + self.more


class NewsQuestion(TerritoryQuestion):
    """What changed in a territory. Raises what a territory raises, on either day."""

    name: ClassVar = "nouveautes"
    label: ClassVar = "Nouveautés d’un territoire"
    help: ClassVar = "Dit ce qui a changé dans un territoire depuis un jour : zonages, structures, aides."

    since: Annotated[
        Day | None,
        Asked(
            name="depuis",
            label="Depuis",
            help="Premier jour de la comparaison (AAAA-MM-JJ) ; un an avant par défaut.",
            example="2024-06-30",
            metavar="AAAA-MM-JJ",
        ),
    ] = None
    sorts: Annotated[
        tuple[Sort, ...],
        Asked(
            name="objet",
            label="Objets",
            help=f"Seulement ces sortes : {SORTS} ; répétable.",
            example=["zonage"],
            metavar="SORTE",
        ),
    ] = ()
    catalogue: Annotated[
        str | None,
        Asked(
            name="catalogue_avant",
            label="Catalogue d’avant",
            help="Dossier d'une version précédente du catalogue (catalogue/, parameters/, personas/).",
            metavar="DOSSIER",
            local=True,
        ),
    ] = None

    def settled(self, on: date) -> Self:
        """The same question, both days said. Raises ``InvalidQuestionError`` when the first is not before."""
        last = self.on or on
        first = self.since or last - timedelta(days=USUAL_DAYS)
        if first >= last:
            raise InvalidQuestionError([("depuis", f"le {day(first)} n’est pas avant le {day(last)}")])
        return self.model_copy(update={"on": last, "since": first})

    def work_out(self, asking: Asking) -> Worked[NewsFacts]:
        """The two readings, compared."""
        from ancrage.aids.catalogue import load_catalogue
        from ancrage.aids.imports.shelf import Shelf
        from ancrage.changes.comparing import compare
        from ancrage.changes.doubled import folded
        from ancrage.changes.reading import read
        from ancrage.changes.sides import Side
        from ancrage.changes.structures import changed
        from ancrage.questions.zonings import lists_of
        from ancrage.territories.zonings.answering import answer_all

        opened, on = asking.opened, self.on or asking.on
        since = self._first(on, opened.atlas.first_day)
        sorts, territory = self.sorts or tuple(Sort), self.found(asking)
        now = Side(opened.atlas, opened.shelf, load_catalogue(), territory, on, since)
        with _earlier(asking, since) as (atlas, compared):
            there, told = _then(atlas, territory, since)
            shelf = opened.shelf if atlas is opened.atlas else Shelf(atlas.warehouse, opened.cache.parent)
            kept = tuple(sort for sort in sorts if there.on == since or sort is not Sort.ZONAGE)
            then = Side(atlas, shelf, _catalogue(self.catalogue), there, since, since)
            listed, total = changed(then, now, MOST_STRUCTURES) if Sort.STRUCTURE in sorts else ((), 0)
            after = read(replace(now, structures=listed), sorts)
            before = read(replace(then, structures=listed), kept)
        same = {key: one for key, one in after.items() if one.sort in kept}
        changes = folded(compare(before, same, since=since, on=on), now.catalogue, opened.shelf)
        facts = NewsFacts(since, changes, compared, after, total - len(listed))
        return Worked(
            facts,
            territory,
            sources=lists_of(asking, answer_all(opened.atlas, territory)),
            warnings=tuple(filter(None, (told, _left_out(facts.more)))),
        )

    def _first(self, on: date, known_from: date) -> date:
        """The day looked back to: when nothing is said, no earlier than the first one that is known."""
        usual = on - timedelta(days=USUAL_DAYS)
        since = self.since or usual
        if since == usual:
            return max(since, min(known_from, on))
        if since < known_from:
            raise InvalidQuestionError([("depuis", f"rien n’est su avant le {day(known_from)}")])
        return since


def _left_out(more: int) -> str:
    if not more:
        return ""
    told, others = plain_number(MOST_STRUCTURES), count(more, "autre structure", "autres structures")
    return f"Les {told} structures qui ont changé en dernier sont nommées, {others} seulement comptées."


def _catalogue(folder: str | None) -> "Catalogue":
    from ancrage.aids.catalogue import load_catalogue

    return load_catalogue(Path(folder)) if folder else load_catalogue()


def _then(atlas: "Atlas", territory: "Territory", since: date) -> "tuple[Territory, str]":
    """The territory on the first day; as it is now, and why, when it was not there yet."""
    from ancrage.territories.resolving import resolve

    try:
        return resolve(atlas, str(territory.code), on=since), ""
    except (CeasedTerritoryError, UnknownTerritoryError):
        name = territory.name
        return territory, (
            f"{name} n’existait pas sous ce code le {since:%d/%m/%Y} : "
            "ce que ses zonages ont gagné ou perdu depuis n’est pas dit."
        )


@contextmanager
def _earlier(asking: Asking, since: date) -> "Iterator[tuple[Atlas, Compared]]":
    """The edition in force on the first day, else the oldest that is kept, else this one."""
    from ancrage.edition.opening import open_edition
    from ancrage.territories.atlas import Atlas

    opened = asking.opened
    folder = opened.atlas.warehouse.folder
    found, late = _kept_before(opened.cache.parent, folder, since)
    if found is None:
        yield opened.atlas, Compared(folder.name, _built(folder).date())
        return
    with open_edition(found) as warehouse:
        days = _built(folder).date(), _built(found).date()
        yield (
            Atlas(warehouse, today=opened.today),
            Compared(folder.name, days[0], found.name, days[1], late),
        )


def _kept_before(data: Path, current: Path, since: date) -> tuple[Path | None, bool]:
    """The edition to compare with, and whether it was built after the first day."""
    from ancrage.edition.kept import editions, is_whole

    now = _built(current)
    others = [(_built(folder), folder) for folder in editions(data) if folder.name != current.name]
    older = sorted((one for one in others if one[0] < now and is_whole(one[1])), reverse=True)
    then = next((folder for built, folder in older if built.date() <= since), None)
    return (then, False) if then else (older[-1][1], True) if older else (None, False)


def _built(edition: Path) -> datetime:
    import json

    manifest = json.loads((edition / "manifest.json").read_text("utf-8"))
    return datetime.fromisoformat(manifest["built_at"])
