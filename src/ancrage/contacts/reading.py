"""Contacts as their producers publish them: the lists row by row, the live directory service by service."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.sources import LIVE
from ancrage.territories.codes import departement_of

Row = Mapping[str, str]
PREFECTORAL = re.compile(r"pr[ée]fe|repr[ée]sentation de l|haut-commissariat", re.IGNORECASE)
PUBLISHED: Mapping[str, tuple[DeskKind, ...]] = {
    "préfecture": (DeskKind.PREFECTURE, DeskKind.ANCT),
    "sous-préfecture": (DeskKind.ANCT,),
    "DDT(M)": (DeskKind.DDT, DeskKind.ANCT),
    "DDETS": (DeskKind.DDETS,),
    "DDETSPP": (DeskKind.DDETS,),
    "service régional de l’État": (DeskKind.DREETS,),
    "association territoriale": (DeskKind.FRANCE_ACTIVE,),
    "représentation": (DeskKind.FRANCE_ACTIVE,),
    "tête de réseau": (DeskKind.FRANCE_ACTIVE,),
    "animation nationale": (DeskKind.DLA,),
    "chambre française": (DeskKind.CRESS,),
    "chambre régionale": (DeskKind.CRESS,),
    "DLA départemental": (DeskKind.DLA,),
    "DLA départemental (ancien, à vérifier)": (DeskKind.DLA,),
    "DLA régional": (DeskKind.DLA,),
    "DLA territorial": (DeskKind.DLA,),
    "DLA infra-départemental": (DeskKind.DLA,),
    "prefecture": (DeskKind.PREFECTURE,),
    "sous_pref": (DeskKind.SOUS_PREFECTURE,),
    "ddt": (DeskKind.DDT,),
    "cr": (DeskKind.REGION,),
    "cg": (DeskKind.DEPARTEMENT,),
    "CC": (DeskKind.EPCI,),
    "CA": (DeskKind.EPCI,),
    "CU": (DeskKind.EPCI,),
    "ME": (DeskKind.EPCI,),
    "epci": (DeskKind.EPCI,),
    "mairie": (DeskKind.COMMUNE,),
    "maia": (DeskKind.VIE_ASSOCIATIVE,),
    "sdjes": (DeskKind.VIE_ASSOCIATIVE,),
    "crib": (DeskKind.CRIB,),
    "cci": (DeskKind.CCI,),
    "chambre_metier": (DeskKind.CMA,),
    "chambre_agriculture": (DeskKind.CHAMBRE_AGRICULTURE,),
    "agefiph": (DeskKind.AGEFIPH,),
    "msa": (DeskKind.MSA,),
    "mission_locale": (DeskKind.MISSION_LOCALE,),
    "caf": (DeskKind.CAF,),
    "urssaf": (DeskKind.URSSAF,),
    "sie": (DeskKind.IMPOTS,),
    "ars": (DeskKind.ARS,),
    "ars_antenne": (DeskKind.ARS,),
    "drac": (DeskKind.DRAC,),
    "draf": (DeskKind.DRAAF,),
    "draaf": (DeskKind.DRAAF,),
    "ddets": (DeskKind.DDETS,),
    "ddetspp": (DeskKind.DDETS,),
    "direccte_ut": (DeskKind.DDETS,),
    "dreets": (DeskKind.DREETS,),
    "direccte": (DeskKind.DREETS,),
    "pole_emploi": (DeskKind.FRANCE_TRAVAIL,),
    "france_travail": (DeskKind.FRANCE_TRAVAIL,),
    "prefecture_greffe_associations": (DeskKind.GREFFE,),
}
"""Kinds of desks of a published kind; others are no desk of an aid."""
NETWORKS: Mapping[str, DeskKind] = {
    "France services": DeskKind.FRANCE_SERVICES,
    "Fabrique à initiatives": DeskKind.FABRIQUE_INITIATIVES,
    "Incubateurs et accélérateurs de l’ESS": DeskKind.INCUBATEUR,
    "PTCE": DeskKind.PTCE,
    "CRPV": DeskKind.CRPV,
    "Uniformation (OPCO cohésion sociale)": DeskKind.OPCO,
}
"""Networks all of whose rows are of one kind, whatever each calls itself."""
NEAR = frozenset(
    {
        *(DeskKind.COMMUNE, DeskKind.FRANCE_TRAVAIL, DeskKind.SOUS_PREFECTURE),
        *(DeskKind.MISSION_LOCALE, DeskKind.IMPOTS),
    }
)
"""Kinds of which a département has several: each serves the communes it names, not the whole of it."""
REGIONAL = frozenset({"ars", "drac", "draf", "draaf", "dreets", "direccte", "urssaf"})
"""Published kinds of services of a region: one that names the commune of its seat alone serves all of it."""
NATIONAL = "national"
"""Whom a network says to ask wherever one is."""
TERRITORY = re.compile(r"(?:national|com:\d[\dAB]\d{3}|epci:\d{9}|dep:\d[\dAB]\d?|reg:\d{2,3})")
SEEN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?!\d)(?:-(?:0[1-9]|[12]\d|3[01])(?!\d))?)?")
DAY_DASHES = 2
TWICE = re.compile(r"^\+(\d{3}) \1(\d{6})$")
"""A number whose country is written twice: « +508 508411973 »."""
FRENCH_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Published:
    """A contact as it is published, with the territories it serves. Unknown parts are empty texts."""

    kinds: tuple[DeskKind, ...]
    territories: tuple[str, ...]
    name: str
    address: str
    phone: str
    email: str
    website: str
    seen_on: str
    source: str
    page: str = ""
    official: bool = True


def published_in(source: str, rows: Iterable[Row]) -> Iterator[Published]:
    """The contacts of a list, rows that are none left out."""
    read = _agency if source == "france-travail-agences" else _listed
    for row in rows:
        found = read(source, row)
        if found is not None and found.name and found.territories and found.kinds:
            yield found


def _listed(source: str, row: Row) -> Published:
    network = NETWORKS.get(row.get("network", ""))
    kinds = (network,) if network else PUBLISHED.get(row["kind"], ())
    if DeskKind.PREFECTURE in kinds and not PREFECTORAL.search(row["name"]):
        # Some prefects delegate to a service of the State, which then answers for the ANCT alone.
        kinds = tuple(kind for kind in kinds if kind is not DeskKind.PREFECTURE)
    return listed(source, row, kinds)


def listed(source: str, row: Row, kinds: tuple[DeskKind, ...]) -> Published:
    """The contact of a row of a list."""
    told = (code.strip() for code in row["territory_codes"].split("|"))
    codes = tuple(code for code in told if TERRITORY.fullmatch(code))
    page = row.get("source_url", "")
    if DeskKind.EPCI in kinds:
        codes = tuple(code for code in codes if code.startswith("epci:"))
    return Published(
        kinds=kinds,
        territories=codes,
        name=" ".join(row["name"].split()),
        address=_address(row["address"], row["postcode"], row["city"]),
        phone=TWICE.sub(r"+\1 \2", row["phone"]),
        email=row.get("email", ""),
        website=row["website"],
        seen_on=_seen(row["source_date"]),
        source=source,
        page=page.split(" ", 1)[0] if page.startswith("http") else "",
        official=row.get("mark", "official page") == "official page",
    )


def _agency(source: str, row: Row) -> Published:
    code = row["departement"]
    return Published(
        kinds=(DeskKind.FRANCE_TRAVAIL,),
        territories=(f"dep:{code}",) if code else (),
        name=row["nom"],
        address=_address(
            ", ".join(filter(None, (row["adresse"], row["complement"]))), row["code_postal"], row["ville"]
        ),
        phone="",
        email="",
        website="",
        seen_on="2023",
        source=source,
    )


def published_live(
    rows: Iterable[Row], regions: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Published]:
    """The contacts of the live directory, whose cells hold JSON; a service that is no desk is left out.

    ``regions``: the region of each département, for the services of a whole region.
    """
    for row in rows:
        for pivot in _objects(row.get("pivot")):
            written = str(pivot.get("type_service_local"))
            kinds = PUBLISHED.get(written, ())
            told = pivot.get("code_insee_commune") or ()
            communes = [code for code in told if isinstance(code, str)] if isinstance(told, list) else []
            found = kinds and _service(row, kinds, _served(written, communes, regions))
            if found and found.territories and found.name:
                yield found


def _service(row: Row, kinds: tuple[DeskKind, ...], territories: tuple[str, ...]) -> Published:
    places = _objects(row.get("adresse"))
    place = next((one for one in places if one.get("type_adresse") == "Adresse"), places[0] if places else {})
    return Published(
        kinds=kinds,
        territories=territories,
        name=" ".join((row.get("nom") or "").split()),
        address=_address(
            _said(place, "complement1", "numero_voie"),
            _said(place, "code_postal"),
            _said(place, "nom_commune"),
        ),
        phone=next((str(one["valeur"]) for one in _objects(row.get("telephone")) if one.get("valeur")), ""),
        email=(row.get("adresse_courriel") or "").split(";")[0].strip(),
        website=next(
            (str(one["valeur"]) for one in _objects(row.get("site_internet")) if one.get("valeur")), ""
        ),
        seen_on=_seen(row.get("date_modification") or ""),
        source=LIVE,
    )


def _served(written: str, communes: list[str], regions: Mapping[str, str]) -> tuple[str, ...]:
    named = sorted({code for code in communes if code})
    if NEAR.issuperset(PUBLISHED[written]):
        return tuple(f"com:{code}" for code in named)
    departements = sorted({departement_of(code) for code in named})
    if written in REGIONAL and len(named) == 1 and (region := regions.get(departements[0])):
        return (f"reg:{region}",)
    return tuple(f"dep:{code}" for code in departements)


def _objects(cell: str | None) -> list[dict[str, Any]]:
    """What a cell holds in JSON; nothing when it holds none."""
    try:
        read = json.loads(cell) if cell else []
    except ValueError:
        return []
    return [one for one in (read if isinstance(read, list) else [read]) if isinstance(one, dict)]


def _said(told: Mapping[str, Any], *names: str) -> str:
    """What some keys of an object say, those that say nothing left out."""
    return ", ".join(str(told[name]) for name in names if told.get(name))


def _address(street: str, postcode: str, city: str) -> str:
    return ", ".join(part for part in (" ".join(street.split()), f"{postcode} {city}".strip()) if part)


def _seen(written: str) -> str:
    """The day, month or year of a source; of « 2019-2023 » the first one; empty when it gives none."""
    french = FRENCH_DAY.search(written)
    found = SEEN.search("-".join(reversed(french.groups())) if french else written)
    told = found[0] if found else ""
    if told.count("-") < DAY_DASHES:
        return told
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:  # the 31st of a month that has none: its month is all that is known
        return told[:7]
