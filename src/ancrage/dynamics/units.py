"""The places compared with their neighbours: EPCI or contracts (CRTE) of France, communes of départements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.errors import DynamicsError
from ancrage.language.days import short_day
from ancrage.register.fabric import ALIVE
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.repairs import AskDay, GiveField
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import departement_of, is_overseas_collectivity
from ancrage.territories.resolving import FIRST_VINTAGE_OF_CONTRACTS
from ancrage.territories.territory import Territory

MOST_UNITS = 6_000


class Scale(StrEnum):
    """Which places are compared."""

    EPCI = "epci"
    COMMUNE = "commune"
    ZONE = "zone"

    @property
    def label(self) -> str:
        """French plural shown to people."""
        return SCALE_LABELS[self]


SCALE_LABELS = {
    Scale.EPCI: "intercommunalités de France",
    Scale.COMMUNE: "communes du département",
    Scale.ZONE: "périmètres de contrat (CRTE) de France",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A place with its inhabitants (at least 1), its events, and its communes in the vintage asked."""

    code: str
    name: str
    population: int
    communes: tuple[str, ...]
    events: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What is counted for how many inhabitants; ``note`` tells its vintage (French)."""

    label: str
    per: int
    note: str


SIAE_RATE = Rate(
    "structures d'insertion pour 10 000 habitants",
    10_000,
    "La liste des structures d'insertion a sa propre date ; périmètres et population sont ceux du jour.",
)
ESS_RATE = Rate("établissements de l'ESS pour 1 000 habitants", 1_000, "")


@dataclass(frozen=True, slots=True)
class Units:
    """Places of a scale, in order of code, in a vintage of the geography.

    ``own``: codes of those that hold a commune of the territory. ``left_out``: events counted that lie in
    none of them. ``without_people``: codes of the places left out, their population being null or unknown.
    """

    scale: Scale
    vintage: int
    rate: Rate
    units: tuple[Unit, ...]
    own: frozenset[str]
    left_out: int
    without_people: tuple[str, ...]


def units_of(atlas: Atlas, territory: Territory, scale: Scale) -> Units:
    """Places to compare with the territory's: the ESS where the register knows all of them, else the SIAE.

    Raises :class:`DynamicsError` when there are too many, or contracts are not known on the day.
    """
    members = _members(atlas, territory, scale)
    every = {commune for _, communes in members.values() for commune in communes}
    rate, events = _events(atlas, territory, every)
    counted, left_out = _counted(
        events, carried(atlas, atlas.vintages[-1], territory.vintage), _zones_of(members), scale
    )
    people = _people(atlas, territory.vintage)
    known = {code: _population(communes, people) for code, (_, communes) in members.items()}
    units = tuple(
        Unit(code, name, known[code], communes, counted.get(code, 0))
        for code, (name, communes) in sorted(members.items())
        if known[code]
    )
    held = set(territory.communes)
    own = frozenset(unit.code for unit in units if held & set(unit.communes))
    without = tuple(code for code in sorted(members) if not known[code])
    return Units(scale, territory.vintage, rate, units, own, left_out, without)


def _counted(
    events: Mapping[str, int], of_today: "Carrier", zones: Mapping[str, tuple[str, ...]], scale: Scale
) -> tuple[dict[str, int], int]:
    """Events by place, and those that lie in none, or in one of several that cannot be told apart."""
    counted: dict[str, int] = {}
    left_out = 0
    for code, count in events.items():
        owners = {zone for commune in of_today(code) for zone in zones.get(commune, ())}
        if not owners or (scale is not Scale.ZONE and len(owners) > 1):
            left_out += count
            continue
        for owner in owners:
            counted[owner] = counted.get(owner, 0) + count
    return counted, left_out


Members = Mapping[str, tuple[str, tuple[str, ...]]]


def _members(atlas: Atlas, territory: Territory, scale: Scale) -> Members:
    """Name and communes of each place, by code."""
    if scale is Scale.COMMUNE:
        return _communes(atlas, territory)
    if scale is Scale.ZONE and territory.vintage < FIRST_VINTAGE_OF_CONTRACTS:
        raise DynamicsError(
            f"Les périmètres de contrat ne sont pas connus au {short_day(territory.on)}.",
            f"Demandez un jour de {FIRST_VINTAGE_OF_CONTRACTS} ou après, ou comparez les intercommunalités.",
            AskDay(date(FIRST_VINTAGE_OF_CONTRACTS, 1, 1)),
            GiveField("par", (Scale.EPCI,)),
        )
    held = (
        "SELECT epci AS code, code AS commune FROM commune WHERE vintage = $vintage AND epci IS NOT NULL"
        if scale is Scale.EPCI
        else "SELECT code, commune FROM unit_member WHERE vintage = $vintage AND kind = 'crte'"
    )
    rows = atlas.warehouse.rows(
        f"SELECT code, any_value(name) AS name, list(commune ORDER BY commune) AS communes FROM ({held}) "
        "JOIN (SELECT code, name FROM unit WHERE vintage = $vintage AND kind = $kind) USING (code) "
        "GROUP BY code",
        {"vintage": territory.vintage, "kind": "epci" if scale is Scale.EPCI else "crte"},
    )
    return {row["code"]: (row["name"], tuple(row["communes"])) for row in rows}


def _communes(atlas: Atlas, territory: Territory) -> Members:
    departements = [one for one in atlas.departements_of(territory) if not is_overseas_collectivity(one)]
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM commune WHERE vintage = ? AND departement IN (SELECT unnest(?))",
        (territory.vintage, departements),
    )
    if len(rows) > MOST_UNITS:
        raise DynamicsError(
            f"Comparer {len(rows)} communes à la fois est trop.",
            "Comparez les intercommunalités, ou demandez un territoire de moins de "
            f"{MOST_UNITS} communes avec son département.",
            GiveField("par", (Scale.EPCI,)),
        )
    return {row["code"]: (row["name"], (row["code"],)) for row in rows}


def _events(atlas: Atlas, territory: Territory, communes: Iterable[str]) -> tuple[Rate, Mapping[str, int]]:
    """What is counted, by commune code of today: the ESS where the register is whole, else the SIAE."""
    departements = frozenset(departement_of(commune) for commune in communes)
    if RegisterCoverage.of(atlas).reach(departements) is Reach.WHOLE:
        return ESS_RATE, atlas.remembering(_establishments, answers=1)(
            tuple(sorted(departements)), territory.on
        )
    rows = atlas.warehouse.rows(
        "SELECT commune, count(DISTINCT siret) AS n FROM siae "
        "WHERE commune IS NOT NULL AND NOT fictitious GROUP BY 1"
    )
    return SIAE_RATE, {
        row["commune"]: row["n"] for row in rows if departement_of(row["commune"]) in departements
    }


def _establishments(atlas: Atlas, departements: tuple[str, ...], on: date) -> Mapping[str, int]:
    """Those of the ESS in each commune: of all the country, nearly always, and the same for everybody."""
    rows = atlas.warehouse.rows(
        f"SELECT commune, count(*) AS n FROM ess_establishment WHERE ess = 'oui' AND {ALIVE} "
        "AND commune IS NOT NULL AND departement IN (SELECT unnest($places)) GROUP BY 1",
        {"on": on, "places": list(departements)},
    )
    return {row["commune"]: row["n"] for row in rows}


def _people(atlas: Atlas, vintage: int) -> Mapping[str, int]:
    rows = atlas.warehouse.rows("SELECT code, population FROM commune WHERE vintage = ?", (vintage,))
    return {row["code"]: row["population"] for row in rows if row["population"] is not None}


def _population(communes: Sequence[str], people: Mapping[str, int]) -> int:
    """Inhabitants; 0 as soon as one commune's are unknown, which leaves the place out."""
    return sum(people[one] for one in communes) if all(one in people for one in communes) else 0


def _zones_of(members: Members) -> Mapping[str, tuple[str, ...]]:
    """Places of each commune: one, or several where contracts overlap."""
    found: dict[str, tuple[str, ...]] = {}
    for code, (_, communes) in members.items():
        for commune in communes:
            found[commune] = (*found.get(commune, ()), code)
    return found


class Carrier:
    """Turns codes of one vintage into those of another, municipal arrondissements into their commune's."""

    def __init__(self, heirs: Mapping[str, frozenset[str]], municipal: Mapping[str, str]) -> None:
        self._heirs, self._municipal = heirs, municipal

    def __call__(self, code: str) -> frozenset[str]:
        """Communes of the other vintage that this one became, or came from."""
        commune = self._municipal.get(code, code)
        return self._heirs.get(commune, frozenset({commune}))


def carried(atlas: Atlas, of: int, to: int) -> Carrier:
    """How to carry codes of the vintage ``of`` to the vintage ``to``."""
    steps = [
        (row["before"], row["after"])
        for row in atlas.lineage
        if (row["from_vintage"], row["to_vintage"]) == (min(of, to), max(of, to))
    ]
    gone = {before for before, _ in steps}
    heirs: dict[str, frozenset[str]] = {}
    for before, after in steps:
        one, other = (before, after) if of <= to else (after, before)
        # Going back, a commune that absorbed others was itself one of those it was made of.
        itself = frozenset({one}) if of > to and one not in gone else frozenset[str]()
        heirs[one] = heirs.get(one, itself) | {other}
    municipal = {code: commune for commune, codes in atlas.municipal_of.items() for code in codes}
    return Carrier(heirs, municipal)
