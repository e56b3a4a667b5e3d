"""Three people who can help here, the support of the ESS first, then the State and the intercommunalité."""

from collections.abc import Iterator, Mapping
from itertools import islice

from ancrage.contacts.helping import Helper, help_in
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.reading import NATIONAL
from ancrage.contacts.sources import SOURCES
from ancrage.diagnosis.model import MissingPiece
from ancrage.diagnosis.overview.model import Caller
from ancrage.repairs import SynchroniseSources
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
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
ITSELF = {
    Kind.EPCI: DeskKind.EPCI,
    Kind.DEPARTEMENT: DeskKind.DEPARTEMENT,
    Kind.REGION: DeskKind.REGION,
}
"""An authority is not told to call itself."""
Found = Mapping[DeskKind, Helper]


def callers_of(atlas: Atlas, territory: Territory) -> tuple[Caller, ...]:
    """At most two of the networks of the ESS, then others, up to three: first those one can telephone."""
    found: dict[DeskKind, Helper] = {}
    for one in atlas.keeping(help_in)(territory, None, 1).helpers:
        found.setdefault(one.contact.kind, one)
    shown = sorted(islice(_ordered(found, territory), SHOWN), key=lambda one: not one.contact.phone)
    return tuple(_caller(one, territory) for one in shown)


def missing_contacts(atlas: Atlas) -> tuple[MissingPiece, ...]:
    """That no contact is known at all, said once; nothing where an edition has some."""
    if atlas.warehouse.holds("contact"):
        return ()
    manifest = atlas.warehouse.manifest
    wanted = tuple(one for one in SOURCES if one in set(manifest["missing_sources"])) or SOURCES
    mirror = bool(set(manifest["only_mirrored"]) & set(wanted))
    return (
        MissingPiece(
            subject="Qui appeler",
            why="aucun annuaire de services n'est dans les données",
            repairs=(SynchroniseSources(wanted, mirror=mirror),),
        ),
    )


def _ordered(found: Found, territory: Territory) -> Iterator[Helper]:
    """Networks of here that can be reached, then others by telephone, then whoever is left, once each."""
    networks = [found[kind] for kind in OF_THE_ESS if kind in found and found[kind].contact.reachable]
    local = [one for one in networks if one.contact.territory != NATIONAL and not one.beyond]
    first = sorted(local, key=lambda one: not one.contact.phone)[: SHOWN - 1]
    beside = [found[kind] for kind in BESIDE if kind in found and kind is not ITSELF.get(territory.kind)]
    others = [*(one for one in beside if one.contact.phone), *networks, *beside]
    told: set[str] = set()
    for one in (*first, *others):
        if one.contact.name not in told:
            told.add(one.contact.name)
            yield one


def _caller(helper: Helper, territory: Territory) -> Caller:
    one = helper.contact
    return Caller(
        kind=one.kind.value,
        kind_label=one.kind.label,
        name=one.name,
        phone=one.phone,
        email=one.email,
        website=one.website,
        address=one.address,
        km=None if helper.km is None else round(helper.km, 1),
        seen_on=one.seen_on,
        to_check=one.is_old(territory.on) or not one.official,
        source=one.source,
        national=one.territory == NATIONAL,
        beyond=helper.beyond,
    )
