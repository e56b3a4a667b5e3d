"""The structures of a territory that agreed to appear by their name, as the directory knows them."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from ancrage.register.activities import activity_labels
from ancrage.register.directory.cards import COLUMNS, Card, card, commune_names
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row as Line

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from ancrage.portrait.models import Appearance

logger = logging.getLogger("ancrage.portrait")
Row = TypeVar("Row", bound="Model")


@dataclass(frozen=True, slots=True)
class Shown:
    """A structure named because it agreed.

    ``by_member``: one of its members agreed in the space; else an atelier keeps its written agreement.
    """

    siret: str
    name: str
    commune: str
    commune_name: str
    activity: str
    words: str
    need: str
    agreed_on: date
    by_member: bool
    longitude: float | None
    latitude: float | None
    fictitious: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """Who may be named in a territory. ``known``: whether a workspace says it at all."""

    shown: tuple[Shown, ...]
    known: bool


def is_open() -> bool:
    """Whether a workspace is read here: a library that nobody set up has none."""
    from django.apps import apps
    from django.conf import settings

    return bool(settings.configured and apps.ready)


def written_in(rows: "QuerySet[Row]") -> "list[Row] | None":
    """What the workspace holds; ``None`` when it does not answer: what is public is shown without it."""
    from django.db import DatabaseError

    try:
        return list(rows)
    except DatabaseError:
        logger.warning("the workspace does not answer: nobody is named", exc_info=True)
        return None


def consents_in(atlas: Atlas, territory: Territory) -> Consent:
    """Those of a territory, by name; one that the directory hides or that closed is not named."""
    if not is_open():
        return Consent((), known=False)
    from ancrage.portrait.models import Appearance

    given = written_in(Appearance.objects.live())
    if given is None:
        return Consent((), known=False)
    found = _by_establishment(atlas, territory, given) if given else {}
    ordered = sorted(found.values(), key=lambda one: (one.name.casefold(), one.siret))
    return Consent(tuple(ordered), known=True)


def _by_establishment(
    atlas: Atlas, territory: Territory, given: "Sequence[Appearance]"
) -> Mapping[str, Shown]:
    """One line an establishment: what its own member wrote is preferred, then the latest."""
    cards = _cards(atlas, territory, sorted({one.siren for one in given}))
    labels = activity_labels(atlas)
    found: dict[str, Shown] = {}
    for one in sorted(given, key=lambda row: (row.organisation is not None, row.agreed_on, row.created_at)):
        for each in _concerned(cards, one):
            found[each.siret] = _shown(each, one, labels)
    return found


def _concerned(cards: Sequence[Card], one: "Appearance") -> Iterator[Card]:
    """The establishment that agreed; of a whole unit, its head office here, else the first one here."""
    here = [each for each in cards if each.siren == one.siren]
    if one.siret:
        yield from (each for each in here if each.siret == one.siret)
    elif here:
        yield next((each for each in here if each.head_office), here[0])


def _cards(atlas: Atlas, territory: Territory, sirens: Sequence[str]) -> list[Card]:
    open_directory(atlas.warehouse)
    marks = ", ".join("?" * len(sirens))
    rows = atlas.warehouse.rows(
        f"SELECT {COLUMNS}, s.jobs_low, s.jobs_central, s.jobs_high, "
        "coalesce(s.qpv, 'a_verifier') AS quarter, s.qpv_codes AS quarters, NULL AS distance "
        f"FROM {TABLE} s WHERE s.siren IN ({marks}) ORDER BY s.siret",
        list(sirens),
    )
    names = commune_names(atlas)
    told = (card(row, names) for row in rows if _is_here(row, territory))
    return [one for one in told if _may_be_named(one, territory.on)]


def _is_here(row: Line, territory: Territory) -> bool:
    """In one of its communes; of a quarter, in it and not only beside it."""
    if territory.kind is Kind.QPV:
        return territory.code.code in (row["quarters"] or ())
    return row["commune"] in territory.communes


def _may_be_named(one: Card, on: date) -> bool:
    return bool(one.diffusible and one.name) and not (one.closed and one.closed <= on)


def _shown(one: Card, given: "Appearance", labels: Mapping[str, str]) -> Shown:
    return Shown(
        one.siret,
        one.name or given.name,
        one.commune or "",
        one.commune_name or "",
        labels.get(one.naf or "", ""),
        given.words,
        given.need,
        given.agreed_on,
        given.organisation is not None,
        one.longitude,
        one.latitude,
        one.fictitious,
    )
