"""What happens in a territory: what ateliers wrote, the file of the publisher, the Mois de l'ESS.

The file is ``evenements.yaml``, in the data folder; without it, the publisher announces nothing.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field, model_validator

from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.declarations.texts import Text
from ancrage.errors import CatalogueError
from ancrage.location import data_directory
from ancrage.portrait.consent import is_open, written_in
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

if TYPE_CHECKING:
    from ancrage.portrait.models import LocalEvent

FILE = "evenements.yaml"
WEB = r"^https?://\S+$"
CODE = r"^\d[\dAB]\d{3}$"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event. ``id`` is the same for ever; ``at``: when it begins; ``commune`` is empty for all places.

    ``source``: who announces it, or the page that says it. ``fictitious``: its file says it is made up.
    """

    id: str
    title: str
    begins: date
    ends: date
    at: time | None
    commune: str
    commune_name: str
    place: str
    organiser: str
    href: str
    words: str
    source: str
    fictitious: bool = False


def _moment(value: object) -> object:
    """An hour as YAML may read it: 18:30 is a number of minutes for it."""
    return time(value // 60, value % 60) if isinstance(value, int) and 0 <= value < 1440 else value


class Announced(Declared):
    """An event of the publisher's file."""

    title: str = Field(alias="titre", min_length=1, max_length=200)
    begins: date = Field(alias="debut")
    ends: date | None = Field(None, alias="fin")
    at: Annotated[time | None, BeforeValidator(_moment)] = Field(None, alias="heure")
    commune: str = Field(alias="commune", pattern=CODE)
    place: str = Field("", alias="lieu", max_length=250)
    organiser: str = Field(alias="organisateur", max_length=250)
    href: str | None = Field(None, alias="page", pattern=WEB)
    words: str = Field("", alias="quoi", max_length=1000)
    fictitious: bool = Field(False, alias="fictif")

    @model_validator(mode="after")
    def _ordered(self) -> "Announced":
        if self.ends and self.ends < self.begins:
            raise ValueError(f"« fin » ({self.ends}) est avant « debut » ({self.begins})")
        return self


class Announcements(Declared):
    """The file of the publisher."""

    events: tuple[Announced, ...] = Field((), alias="evenements")


class Yearly(Declared):
    """What comes back every year, a whole month, everywhere."""

    title: str
    month: int
    organiser: str
    words: str
    text: Text


def agenda_of(atlas: Atlas, territory: Territory, *, on: date) -> tuple[Happening, ...]:
    """What is not over that day, the next first. Raises :class:`CatalogueError`, with file and line."""
    told = (*_of_ateliers(territory), *_of_publisher(atlas, territory), *_of_every_year(on))
    coming = (one for one in told if one.ends >= on)
    return tuple(sorted(coming, key=lambda one: (one.begins, one.at or time.min, one.title, one.id)))


def _of_ateliers(territory: Territory) -> Iterator[Happening]:
    if not is_open() or territory.kind is Kind.QPV:
        return
    from ancrage.portrait.models import LocalEvent

    for one in written_in(LocalEvent.objects.live()) or ():
        if one.commune not in territory.communes:
            continue
        yield _written(one)


def _written(one: "LocalEvent") -> Happening:
    return Happening(
        id=f"atelier-{one.id}",
        title=one.title,
        begins=one.begins,
        ends=one.ends or one.begins,
        at=time.fromisoformat(one.at) if one.at else None,
        commune=one.commune,
        commune_name=one.commune_name,
        place=one.place,
        organiser=one.organiser,
        href=one.href,
        words=one.words,
        source="annoncé par un atelier",
    )


def _of_publisher(atlas: Atlas, territory: Territory) -> Iterator[Happening]:
    if territory.kind is Kind.QPV:
        return
    names = _names(atlas)
    for one in announcements(names):
        if one.commune in territory.communes:
            yield one


def announcements(names: dict[str, str]) -> tuple[Happening, ...]:
    """Those of the publisher's file, read again when it changes. ``names`` of communes, by code."""
    file = data_directory() / FILE
    try:
        seen = file.stat()
    except FileNotFoundError:
        return ()
    told = _read(file, seen.st_mtime_ns, seen.st_size)
    for rank, one in enumerate(told):
        if one.commune not in names:
            line = Place(file, ("evenements", rank)).at("commune")
            raise CatalogueError(
                f"{line} : « {one.commune} » n'est pas une commune.",
                f"Écrivez le code INSEE de la commune dans {FILE}.",
            )
    return tuple(replace(one, commune_name=names[one.commune]) for one in told)


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int, _size: int) -> tuple[Happening, ...]:
    told = parsed(Announcements, read_document(file) or {}, Place(file)).events
    return tuple(
        Happening(
            id=f"editeur-{one.begins}-{one.commune}-{rank}",
            title=one.title,
            begins=one.begins,
            ends=one.ends or one.begins,
            at=one.at,
            commune=one.commune,
            commune_name="",
            place=one.place,
            organiser=one.organiser,
            href=one.href or "",
            words=one.words,
            source="annoncé par l’éditeur du site",
            fictitious=one.fictitious,
        )
        for rank, one in enumerate(told)
    )


def _names(atlas: Atlas) -> dict[str, str]:
    from ancrage.register.directory.cards import commune_names

    return commune_names(atlas)


@lru_cache(maxsize=1)
def month_of_ess() -> Yearly:
    """The Mois de l'ESS, with the page that says it."""
    file = files("ancrage.portrait").joinpath("mois-ess.yaml")
    return parsed(Yearly, read_document(file), Place(file))


def _of_every_year(on: date) -> Iterator[Happening]:
    """The month that is not over, else that of the year after."""
    told = month_of_ess()
    year = on.year if on.month <= told.month else on.year + 1
    yield Happening(
        id=f"mois-ess-{year}",
        title=f"{told.title} {year}",
        begins=date(year, told.month, 1),
        ends=date(year, told.month, calendar.monthrange(year, told.month)[1]),
        at=None,
        commune="",
        commune_name="",
        place="",
        organiser=told.organiser,
        href=told.text.href or "",
        words=told.words,
        source=told.text.title,
    )
