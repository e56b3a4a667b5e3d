"""From what a person asks to the answers: facts gathered, the day's catalogue opened, families sorted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ancrage.aids.answering import AidAnswer
from ancrage.aids.catalogue import get_aid
from ancrage.aids.desks import Directory, directory_of, places_of
from ancrage.aids.families import serving
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.opening import NOTHING, open_day
from ancrage.aids.report import AidReport
from ancrage.contacts.finding import Contacts
from ancrage.facts.register import Filled, facts_of_siret
from ancrage.facts.situation import Known, completed, declared
from ancrage.facts.territory import FORMS, facts_of_authority, facts_of_place
from ancrage.rules.values import Value
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.territory import Territory


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: declared facts (they win over any other), a SIRET, a territory, some aids by name."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    siret: str | None = None
    territory: str | None = None
    only: tuple[str, ...] = ()


def answer(
    atlas: Atlas, request: Request, *, on: date, cache: Path | None = None, shelf: Shelf = NOTHING
) -> AidReport:
    """Everything that can be said of a request on a day; ``shelf`` holds the aids that others publish.

    A territory alone is its own authority, when it has one (a quarter, a contract have none);
    with a SIRET or facts, it is where the structure is. Raises the errors of a territory that does
    not resolve, :class:`UnknownAidError` for an aid that is not one, :class:`InvalidCodeError` for a SIRET
    whose key is false.
    """
    catalogue = open_day(on, cache=cache, shelf=shelf)
    known = {entry.id for entry in catalogue.entries}
    for identifier in request.only:
        if identifier not in known:
            get_aid(identifier)
    filled = facts_of_siret(atlas, request.siret, on=on) if request.siret else Filled()
    territory = None if request.territory is None else resolve(atlas, request.territory, on=on)
    if territory is not None:
        # A declared place wins over the register's: the person knows where the project is.
        filled.situation = {**filled.situation, **_placed(atlas, request, territory)}
        filled.name = filled.name or territory.name
    return answered(
        AidReport(
            on=on,
            name=filled.name,
            situation=completed({**filled.situation, **declared(request.facts)}, on=on),
            answers=(),
            aside=(),
            warnings=tuple(filled.warnings),
            catalogue=catalogue,
            only=request.only,
            territory=territory,
            departements=filled.departements,
            contacts=Contacts(atlas.warehouse),
        )
    )


def answered(report: AidReport) -> AidReport:
    """The report with the answers of its situation."""
    kept, aside = serving(report.catalogue.answers(report.situation))
    if report.only:
        everything = (*kept, *(one.answer for one in aside))
        kept, aside = tuple(one for one in everything if one.entry.id in report.only), ()
    return replace(report, answers=kept, aside=aside, directory=_directory(report, kept))


def _directory(report: AidReport, answers: Iterable[AidAnswer]) -> Directory:
    if report.contacts is None:
        return {}
    desks = (one.entry.desk for one in answers)
    town = report.territory.name if report.territory else ""
    return directory_of(report.contacts, places_of(report.situation), desks, town=town)


def _placed(atlas: Atlas, request: Request, territory: Territory) -> dict[str, Known]:
    structure = bool(request.facts) or request.siret is not None
    if request.facts.get("forme") in AUTHORITIES or (territory.kind in FORMS and not structure):
        return facts_of_authority(atlas, territory)
    return facts_of_place(atlas, territory)


AUTHORITIES = frozenset(FORMS.values())
