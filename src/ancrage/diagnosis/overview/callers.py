"""Three people who can help here, the support of the ESS first, then the State and the intercommunalité."""

from collections.abc import Iterator, Mapping
from itertools import islice

from ancrage.contacts.finding import Contact, Contacts
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.reading import NATIONAL
from ancrage.contacts.situating import distance_to
from ancrage.contacts.sources import SOURCES
from ancrage.diagnosis.model import MissingPiece
from ancrage.diagnosis.overview.model import Caller
from ancrage.repairs import SynchroniseSources
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Territory

SHOWN = 3
OF_THE_ESS = (DeskKind.DLA, DeskKind.FRANCE_ACTIVE, DeskKind.CRESS)
BESIDE = (
    DeskKind.VIE_ASSOCIATIVE,
    DeskKind.EPCI,
    DeskKind.SOUS_PREFECTURE,
    DeskKind.ANCT,
    DeskKind.DDETS,
    DeskKind.PREFECTURE,
    DeskKind.DEPARTEMENT,
    DeskKind.REGION,
    DeskKind.DREETS,
)
PLACES = {Kind.COMMUNE: "com", Kind.EPCI: "epci", Kind.DEPARTEMENT: "dep", Kind.REGION: "reg"}
ITSELF = {
    Kind.EPCI: DeskKind.EPCI,
    Kind.DEPARTEMENT: DeskKind.DEPARTEMENT,
    Kind.REGION: DeskKind.REGION,
}
"""An authority is not told to call itself."""


def callers_of(atlas: Atlas, territory: Territory) -> tuple[Caller, ...]:
    """At most two of the networks of the ESS, then who has a telephone, up to three."""
    found = Contacts(atlas.warehouse).find(
        [*OF_THE_ESS, *BESIDE], (*_places(territory), NATIONAL), town=_town(territory)
    )
    return tuple(_caller(one, atlas, territory) for one in islice(_ordered(found, territory), SHOWN))


def missing_contacts(atlas: Atlas) -> tuple[MissingPiece, ...]:
    """That no contact is known at all, said once; nothing where an edition has some."""
    if atlas.warehouse.holds("contact"):
        return ()
    absent = set(atlas.warehouse.manifest["missing_sources"])
    wanted = tuple(one for one in SOURCES if one in absent) or SOURCES
    return (
        MissingPiece(
            subject="Qui appeler",
            why="aucun annuaire de services n'est dans les données",
            repairs=(SynchroniseSources(wanted, mirror=bool(only_mirrored(atlas, wanted))),),
        ),
    )


def only_mirrored(atlas: Atlas, sources: tuple[str, ...]) -> frozenset[str]:
    """Those of the sources whose producer's address is not confirmed."""
    return frozenset(atlas.warehouse.manifest["only_mirrored"]).intersection(sources)


def _ordered(found: Mapping[DeskKind, Contact], territory: Territory) -> Iterator[Contact]:
    """Networks of here that can be reached, then others by telephone, then whoever is left, once each."""
    networks = [found[kind] for kind in OF_THE_ESS if kind in found and found[kind].reachable]
    local = [one for one in networks if one.territory != NATIONAL]
    first = sorted(local, key=lambda one: not one.phone)[: SHOWN - 1]
    beside = [found[kind] for kind in BESIDE if kind in found and kind is not ITSELF.get(territory.kind)]
    others = [*(one for one in beside if one.phone), *networks, *beside]
    told: set[str] = set()
    for one in (*first, *others):
        if one.name not in told:
            told.add(one.name)
            yield one


def _places(territory: Territory) -> Iterator[str]:
    """Codes of the places, the most local first, as contacts write them."""
    named: list[TerritoryCode] = [territory.code, *(parent.code for parent in territory.parents)]
    for kind, prefix in PLACES.items():
        yield from (f"{prefix}:{code.code}" for code in named if code.kind is kind)


def _town(territory: Territory) -> str:
    """Among several places of a kind, the one of the town comes first."""
    return territory.name if territory.kind is Kind.COMMUNE else ""


def _caller(one: Contact, atlas: Atlas, territory: Territory) -> Caller:
    return Caller(
        kind=one.kind.value,
        kind_label=one.kind.label,
        name=one.name,
        phone=one.phone,
        email=one.email,
        website=one.website,
        address=one.address,
        km=distance_to(atlas, territory, one.address),
        seen_on=one.seen_on,
        to_check=one.is_old(territory.on) or not one.official,
        source=one.source,
        national=one.territory == NATIONAL,
    )
