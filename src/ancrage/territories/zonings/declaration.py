"""How a zoning is declared: what founds it, which lists were published, and what each status means.

A list answers for its days (``since``/``until`` of the edition) and its places (``scope``) only. Outside
them the answer is *à vérifier*: a list we do not hold is never a no.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from ancrage.dating import Period
from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.declarations.texts import ListText
from ancrage.deferred import Deferred
from ancrage.errors import CatalogueError, UnknownZoningError
from ancrage.reasoning import Verdict

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")

ANY_VALUE = "*"
ABSENT = ""
A_DAY = "@jour"
"""Declared status of the raw ones that are a day: that of the classification, of the signature."""
ACRONYM = re.compile(r"\(([A-Z]{2}[A-Z+-]+)\)$")
DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Regions(Declared):
    """A list that covers some régions only."""

    regions: tuple[str, ...]


class Scope(StrEnum):
    """Places a list covers: ``france`` is mainland and the five DROM."""

    FRANCE = "france"
    METROPOLE = "metropole"
    OUTRE_MER = "outre_mer"


class Classified(Declared):
    """Days of the classification itself, by its text: not those the list answers for."""

    since: date | None = None
    until: date | None = None


class Status(Declared):
    """What a raw status of the list means, possibly for some days only (``since``, ``until``)."""

    verdict: Verdict
    label: str
    since: date | None = None
    until: date | None = None
    classified: Classified = Classified()

    def on(self, day: date) -> Verdict:
        """Verdict on a day; outside its own days a status proves nothing."""
        return self.verdict if day in Period(self.since, self.until) else Verdict.A_VERIFIER


class Edition(Declared):
    """A published list.

    ``since`` and ``until``: days the list answers for. ``classified``: days of the classification it tells,
    where the text gives the same to every place; a status may tell its own.
    """

    id: str
    source: str
    cog: int = Field(description="Vintage of the commune codes in the list")
    scope: Scope | Regions
    since: date | None
    until: date | None
    text: ListText
    statuses: Mapping[str, Status]
    classified: Classified = Classified()
    notes: str = ""

    @property
    def period(self) -> Period:
        """Days the list answers for."""
        return Period(self.since, self.until)

    @property
    def names_members_only(self) -> bool:
        """Whether the list names its members only, so that absence (inside its scope) is an answer."""
        return not {ANY_VALUE, A_DAY}.isdisjoint(self.statuses)

    def status(self, raw: str) -> Status:
        """Meaning of a raw status; an unforeseen one proves nothing."""
        if raw in self.statuses:
            return self.statuses[raw]
        if A_DAY in self.statuses and DAY_PATTERN.fullmatch(raw):
            signed = date.fromisoformat(raw)
            told = {"since": signed, "classified": Classified(since=signed)}
            return self.statuses[A_DAY].model_copy(update=told)
        if raw and ANY_VALUE in self.statuses:
            return self.statuses[ANY_VALUE]
        return Status(verdict=Verdict.A_VERIFIER, label=f"statut « {raw or 'absent'} » non prévu")

    def covers(self, zone: str, region: str) -> bool:
        """Whether a commune of this zone (metro, drom, com) and région is inside the scope."""
        if isinstance(self.scope, Regions):
            return region in self.scope.regions
        zones = {"france": {"metro", "drom"}, "metropole": {"metro"}, "outre_mer": {"drom"}}
        return zone in zones[self.scope.value]


class Zoning(Declared):
    """A zoning or a programme, with the lists published for it.

    ``brief``: its name on a badge, when its label does not give one.
    """

    id: str
    label: str
    brief: str = ""
    kind: Literal["zonage", "programme"]
    nature: Literal["commune", "infracommunal", "contrat"]
    summary: str
    since: date | None
    until: date | None
    definition: ListText
    editions: tuple[Edition, ...]

    @property
    def short(self) -> str:
        """Its name in a few letters: « FRR+ », « QPV », « Villages d'avenir »."""
        acronym = ACRONYM.search(self.label)
        return self.brief or (acronym[1] if acronym else self.label.partition(" (")[0])

    @property
    def period(self) -> Period:
        """Days the zoning exists."""
        return Period(self.since, self.until)

    def editions_on(self, day: date) -> tuple[Edition, ...]:
        """Lists that answer on this day, the most recent first."""
        return tuple(edition for edition in self._recent_first() if day in edition.period)

    def editions_off(self, day: date) -> tuple[Edition, ...]:
        """Lists that do not answer on this day but may hint at the answer, the most recent first."""
        return tuple(edition for edition in self._recent_first() if day not in edition.period)

    def _recent_first(self) -> list[Edition]:
        return sorted(
            self.editions, key=lambda edition: (edition.since or date.min, edition.cog), reverse=True
        )


ORDER = (
    "zrr", "frr", "frr_plus", "qpv", "montagne", "massif", "rural", "crte", "pvd", "acv",
    "territoires_industrie", "villages_avenir", "cites_educatives", "france_services", "contrat_ville",
    "contrat_ruralite", "contrat_transition", "quartiers_productifs", "tres_haut_debit", "zfu", "zrd",
)  # fmt: skip


@compiled("zonages", "declarations", "territories")
def load_zonings() -> dict[str, Zoning]:
    """Every declared zoning by id, in reading order.

    Raises :class:`CatalogueError` naming the file and the first wrong key.
    """
    found: dict[str, Zoning] = {}
    for path in files(__package__).joinpath("catalogue").iterdir():
        if path.name.endswith(".yaml"):
            try:
                zoning = Zoning.model_validate(read_yaml(path.read_text("utf-8")))
            except (ValidationError, yaml.YAMLError) as error:
                raise CatalogueError(f"{path.name} : {error}", "Corrigez ce fichier du catalogue.") from error
            found[zoning.id] = zoning
    ranks = {name: rank for rank, name in enumerate(ORDER)}
    return {key: found[key] for key in sorted(found, key=lambda key: (ranks.get(key, len(ranks)), key))}


def get_zoning(identifier: str) -> Zoning:
    """The zoning with this id; raises :class:`UnknownZoningError` listing the known ones."""
    zonings = load_zonings()
    wanted = identifier.strip().lower().replace("-", "_").replace("+", "_plus")
    if wanted not in zonings:
        raise UnknownZoningError(identifier, tuple(zonings))
    return zonings[wanted]
