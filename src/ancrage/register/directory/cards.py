"""A structure as a list shows it: what may be said, and nothing that its unit asked to hide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.reasoning import Verdict
from ancrage.register.workforce import Workforce, workforce
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

COLUMNS = (
    "s.siret, s.siren, s.name, s.diffusible, s.head_office, s.commune, s.departement, s.created, s.closed, "
    "s.naf, s.section, s.family, s.kinds, s.employer, s.band, s.ess, s.qpv, s.longitude, s.latitude, "
    "s.registered, s.fictitious, s.rna, s.address, s.postcode"
)


def commune_names(atlas: Atlas) -> dict[str, str]:
    """Today's name of each commune and municipal arrondissement, by code; kept with the atlas."""
    return atlas.holding(_commune_names)()


def _commune_names(atlas: Atlas) -> dict[str, str]:
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM commune WHERE vintage = $latest "
        "UNION ALL SELECT code, name FROM municipal_arrondissement WHERE vintage = $latest",
        {"latest": atlas.vintages[-1]},
    )
    return {row["code"]: row["name"] for row in rows}


@dataclass(frozen=True, slots=True)
class Card:
    """A structure in a list.

    ``name``, ``longitude``, ``latitude`` (degrees) are ``None`` for a unit that is not ``diffusible``, as for
    those that have none. ``registered``: found in SIRENE; else in a list alone, which does not say
    whether it is still open. ``rna``: number of the association in its national directory. ``jobs``:
    employees, ``None`` when unknown. ``distance_km``: from the centre asked, straight; ``None`` for a hidden
    unit, whose own place is not told. ``address``: number and street, as a source publishes them. ``sells``:
    whether it is known to sell what was asked, ``None`` where nothing was.
    """

    siret: str
    siren: str
    name: str | None
    diffusible: bool
    head_office: bool | None
    commune: str | None
    commune_name: str | None
    departement: str | None
    created: date | None
    closed: date | None
    naf: str | None
    section: str | None
    family: str | None
    kinds: tuple[str, ...]
    employer: bool | None
    band: str | None
    jobs: Workforce | None
    membership: Verdict
    quarter: Verdict
    longitude: float | None
    latitude: float | None
    distance_km: float | None
    registered: bool
    fictitious: bool
    rna: str | None = None
    address: str | None = None
    postcode: str | None = None
    sells: bool | None = None


def card(row: Row, names: Mapping[str, str]) -> Card:
    """The card of a row that has ``COLUMNS``, ``quarter`` and ``distance``; ``names`` of communes by code."""
    return Card(
        siret=row["siret"],
        siren=row["siren"],
        name=row["name"],
        diffusible=row["diffusible"],
        head_office=row["head_office"],
        commune=row["commune"],
        commune_name=names.get(row["commune"]),
        departement=row["departement"],
        created=row["created"],
        closed=row["closed"],
        naf=row["naf"],
        section=row["section"],
        family=row["family"],
        kinds=tuple(row["kinds"] or ()),
        employer=row["employer"],
        band=row["band"],
        jobs=workforce(row["band"], row["employer"]),
        membership=Verdict(row["ess"]),
        quarter=Verdict(row["quarter"]),
        longitude=row["longitude"],
        latitude=row["latitude"],
        distance_km=row["distance"] if row["diffusible"] else None,
        registered=row["registered"],
        fictitious=row["fictitious"],
        rna=row["rna"],
        address=" ".join(row["address"].split()) if row["address"] else None,
        postcode=row["postcode"],
        sells=row.get("sells"),
    )
