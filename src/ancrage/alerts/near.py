"""A support near a place: those within so many kilometres, and the networks that answer for it."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.contacts.helping import Helper, help_in, origin_of
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.placing import kilometres
from ancrage.coverage.kinds import get_kind
from ancrage.coverage.tables import SUPPORT_PLACE
from ancrage.edition.opened import Opened
from ancrage.language.folding import bare
from ancrage.language.numbers import kilometres as km_words
from ancrage.questions.fields import Asked
from ancrage.questions.question import TerritoryQuestion
from ancrage.questions.support import Networks
from ancrage.territories.resolving import resolve

if TYPE_CHECKING:
    from ancrage.territories.atlas import Atlas

RADII_KM = (10, 20, 30, 50, 100)
USUAL_KM = 30
EACH = 50
"""Contacts of a kind that are looked at, the nearest first."""
SUPPORTS = (
    DeskKind.VIE_ASSOCIATIVE,
    DeskKind.CRIB,
    DeskKind.DLA,
    DeskKind.FRANCE_ACTIVE,
    DeskKind.CRESS,
    DeskKind.FRANCE_SERVICES,
    DeskKind.FABRIQUE_INITIATIVES,
    DeskKind.INCUBATEUR,
    DeskKind.PTCE,
    DeskKind.MISSION_LOCALE,
    DeskKind.FRANCE_TRAVAIL,
)
"""Who accompanies: an authority that stands whatever happens (mairie, préfecture…) is not one of them."""


class NearQuestion(TerritoryQuestion):
    """The supports near a place. Raises what a territory raises, and ``SupportFileError``."""

    name: ClassVar = "appuis_proches"
    label: ClassVar = "Un appui près d’ici"
    help: ClassVar = "Les lieux d’accompagnement à moins de N km, et les réseaux qui répondent de ce lieu."

    km: Annotated[
        int,
        Field(ge=1, le=200),
        Asked(name="km", label="À moins de (km)", help="À vol d'oiseau.", example=USUAL_KM),
    ] = USUAL_KM
    networks: Networks = ()


def near_noted(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    """Each support, where it is and how to reach it. Lists tell no day: it comes and goes with an edition."""
    territory = resolve(opened.atlas, question.territory, on=on)
    places = list(_places(opened.atlas, territory, question))
    told = {one.key.split(":")[1] for one in places}
    found = help_in(opened.atlas, territory, None, EACH).helpers if not question.networks else ()
    helpers = (one for one in found if _counts(one, question.km) and one.contact.kind.value not in told)
    return {one.key: one for one in (*places, *map(_of_helper, helpers))}


def near_label(question: Any, place: str) -> str:
    """« Un appui à moins de 30 km de Faux-la-Montagne »."""
    networks = ", ".join(get_kind(name).label for name in question.networks)
    return f"Un appui à moins de {question.km} km : {place}{f' ({networks})' if networks else ''}"


def _counts(helper: Helper, km: int) -> bool:
    """A support that answers for the place, wherever it sits, or any that is near enough."""
    near = helper.km is not None and helper.km <= km
    return helper.contact.kind in SUPPORTS and (near or not helper.beyond)


def _of_helper(helper: Helper) -> Noted:
    one = helper.contact
    told = (
        ("Adresse", one.address),
        ("Téléphone", one.phone),
        ("Courriel", one.email),
        ("Site", one.website),
    )
    return Noted(
        key=f"appui:{one.kind.value}:{one.territory}:{bare(one.name)}",
        sort=Sort.LIEU,
        label=f"{one.name} ({one.kind.label})",
        parts=tuple((name, words) for name, words in told if words),
        href=one.page,
    )


def _places(atlas: "Atlas", territory: Any, question: Any) -> Iterator[Noted]:
    _, point = origin_of(atlas, territory)
    if point is None or not atlas.warehouse.holds(SUPPORT_PLACE.name):
        return
    rows = atlas.warehouse.rows(
        "SELECT p.kind, p.id, p.name, p.longitude, p.latitude, p.itinerant, c.name AS commune "
        "FROM support_place p LEFT JOIN commune c ON c.code = p.commune AND c.vintage = $vintage "
        "WHERE p.longitude IS NOT NULL AND abs(p.latitude - $latitude) <= $degrees "
        "AND (len($kinds) = 0 OR list_contains($kinds, p.kind)) ORDER BY p.kind, p.id",
        {
            "vintage": territory.vintage,
            "latitude": point[1],
            "degrees": question.km / 110.0,
            "kinds": list(question.networks),
        },
    )
    for row in rows:
        km = kilometres(point, (row["longitude"], row["latitude"]))
        if km <= question.km:
            yield _of_place(row, km)


def _of_place(row: Any, km: float) -> Noted:
    told = (
        ("Nom", row["name"]),
        ("Commune", row["commune"] or "inconnue"),
        ("Distance", km_words(km, 1)),
        ("Itinérant", "oui" if row["itinerant"] else ""),
    )
    return Noted(
        key=f"appui:{row['kind']}:{row['id']}",
        sort=Sort.LIEU,
        label=f"{row['name']} ({get_kind(row['kind']).label})",
        parts=tuple((name, words) for name, words in told if words),
    )
