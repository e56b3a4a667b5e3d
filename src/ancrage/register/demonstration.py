"""A fictitious register in the official layout of SIRENE, to show the product without a download.

NOT DATA. Units, names, workforces and dates are drawn from a seed; SIREN are made up in the 999 range (with
a true key, so that they pass the same checks as real ones); no address is a real one. Only the communes are
real. The shares are those of :mod:`ancrage.register.demonstration_mix`. The same seed gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path
from random import Random

from ancrage.cells.keys import luhn_key
from ancrage.register.codes import departement_of
from ancrage.register.demonstration_mix import (
    MOULDS,
    NON_DIFFUSIBLE,
    OLD_NOMENCLATURE,
    SIAE_KINDS,
    Mould,
    Weights,
)
from ancrage.register.sirene import SireneStock
from ancrage.register.sirene_header import ESTABLISHMENT_HEADER, UNIT_HEADER
from ancrage.spreadsheets import MACHINES

LABEL = "(démonstration)"
SEED = 20140731
FIRST_DAY = date(1985, 1, 1)
RECENT = date(2010, 1, 1)
LAST_DAY = date(2026, 6, 30)
SHARE_RECENT, SHARE_CLOSED, SHARE_SECOND = 0.62, 0.17, 0.03

Row = dict[str, str]
SIRENE = replace(MACHINES, name="sirene", line_end="\n")
"""Files as INSEE publishes them."""


@dataclass(frozen=True, slots=True)
class DemonstrationTown:
    """A real commune where fictitious units are put. ``longitude``, ``latitude``: degrees, of its centre.

    ``emphasis``: inhabitants added to its weight in the drawing, for a commune that the examples show.
    """

    code: str
    name: str
    population: int
    postcode: str
    longitude: float | None = None
    latitude: float | None = None
    emphasis: int = 0


class _Draw:
    """Draws from ``Random.random`` alone, whose sequence Python guarantees across versions."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - a reproducible drawing, not a secret

    def happens(self, share: float) -> bool:
        return self._random() < share

    def below(self, size: int) -> int:
        return int(self._random() * size)

    def among(self, weights: Weights) -> str:
        total = list(accumulate(weight for _, weight in weights))
        drawn = self.below(total[-1])
        return next(value for (value, _), limit in zip(weights, total, strict=True) if drawn < limit)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.below((last - first).days))


def write_demonstration(folder: Path, towns: Sequence[DemonstrationTown], *, seed: int = SEED) -> SireneStock:
    """Write StockUniteLegale.csv, StockEtablissement.csv and siae.csv in ``folder``.

    About 5,000 establishments, 900 in the ESS, spread over ``towns`` (at least one) by population.
    The delivery is marked fictitious and covers the départements of the towns.
    """
    folder.mkdir(parents=True, exist_ok=True)
    units, establishments = _drawn(towns, _Draw(seed))
    paths = [folder / name for name in ("StockUniteLegale.csv", "StockEtablissement.csv", "siae.csv")]
    _write(paths[0], UNIT_HEADER, units)
    _write(paths[1], ESTABLISHMENT_HEADER, establishments)
    _write(paths[2], SIAE_HEADER, _siae(establishments, units))
    return SireneStock(
        establishments=paths[1],
        units=paths[0],
        vintage="démonstration",
        departements=tuple(sorted({departement_of(town.code) for town in towns})),
        fictitious=True,
        siae=paths[2],
    )


def _write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    SIRENE.write(path, header, ([row.get(column) for column in header] for row in rows))


def _drawn(towns: Sequence[DemonstrationTown], draw: _Draw) -> tuple[list[Row], list[Row]]:
    spread = tuple((str(rank), town.population + town.emphasis + 60) for rank, town in enumerate(towns))
    serial = count(1)
    units, establishments = [], []
    for mould in MOULDS:
        for number in range(1, mould.count + 1):
            town = towns[int(draw.among(spread))]
            unit, places = _unit_with_places(mould, number, next(serial), town, draw)
            units.append(unit)
            establishments.extend(places)
    for number in range(1, OLD_NOMENCLATURE + 1):
        unit, place = _old_unit(number, next(serial))
        units.append(unit)
        establishments.append(place)
    return units, establishments


def _siren(serial: int) -> str:
    digits = f"999{serial:05d}"
    return digits + luhn_key(digits)


def _siret(siren: str, rank: int) -> str:
    digits = f"{siren}{rank:04d}"
    return digits + luhn_key(digits)


def _unit_with_places(
    mould: Mould, number: int, serial: int, town: DemonstrationTown, draw: _Draw
) -> tuple[Row, list[Row]]:
    siren = _siren(serial)
    hidden = draw.happens(NON_DIFFUSIBLE.get(mould.noun, 0))
    born = draw.day(RECENT, LAST_DAY) if draw.happens(SHARE_RECENT) else draw.day(FIRST_DAY, RECENT)
    ranks = range(1, 3 if draw.happens(SHARE_SECOND) else 2)
    activity = draw.among(mould.activities)
    places = [_place(mould, siren, rank, activity, born, town, draw) for rank in ranks]
    band = places[0]["trancheEffectifsEtablissement"]
    unit = {
        "siren": siren,
        "statutDiffusionUniteLegale": "P" if hidden else "O",
        "dateCreationUniteLegale": f"{born}",
        "trancheEffectifsUniteLegale": band,
        "nombrePeriodesUniteLegale": "1",
        "dateDebut": f"{born}",
        "etatAdministratifUniteLegale": "C" if places[0]["etatAdministratifEtablissement"] == "F" else "A",
        "denominationUniteLegale": (
            "[ND]" if hidden else f"{mould.noun} {_fictive(mould)} n° {number}, {town.name} {LABEL}"
        ),
        "categorieJuridiqueUniteLegale": draw.among(mould.categories),
        "activitePrincipaleUniteLegale": activity,
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "nicSiegeUniteLegale": places[0]["nic"],
        "economieSocialeSolidaireUniteLegale": mould.flag,
        "caractereEmployeurUniteLegale": places[0]["caractereEmployeurEtablissement"],
    }
    for place in places:
        place["statutDiffusionEtablissement"] = unit["statutDiffusionUniteLegale"]
        if hidden:
            place.update(dict.fromkeys(("libelleVoieEtablissement", "longitude", "latitude"), "[ND]"))
    return unit, places


def _fictive(mould: Mould) -> str:
    return "fictif" if mould.noun.startswith("Service") else "fictive"


def _place(
    mould: Mould, siren: str, rank: int, activity: str, born: date, town: DemonstrationTown, draw: _Draw
) -> Row:
    siret = _siret(siren, rank)
    closed = draw.day(max(born, RECENT), LAST_DAY + timedelta(1)) if draw.happens(SHARE_CLOSED) else None
    employs = draw.happens(mould.employers)
    band = draw.among(mould.bands) if employs and not closed else "NN"
    return {
        "siren": siren,
        "nic": siret[9:],
        "siret": siret,
        "dateCreationEtablissement": f"{born}",
        "trancheEffectifsEtablissement": band,
        "anneeEffectifsEtablissement": "2024" if band != "NN" else "",
        "etablissementSiege": "true" if rank == 1 else "false",
        "nombrePeriodesEtablissement": "2" if closed else "1",
        "libelleVoieEtablissement": "ADRESSE FICTIVE",
        "codePostalEtablissement": town.postcode,
        "libelleCommuneEtablissement": town.name.upper(),
        "codeCommuneEtablissement": town.code,
        "dateDebut": f"{closed or born}",
        "etatAdministratifEtablissement": "F" if closed else "A",
        "activitePrincipaleEtablissement": activity,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O" if employs and not closed else "N",
        **_near(town, draw),
    }


def _near(town: DemonstrationTown, draw: _Draw) -> Row:
    """A point within some two hundred metres of the centre given; nothing where no centre is given."""
    if town.longitude is None or town.latitude is None:
        return {}
    shift = [(draw.below(401) - 200) / 100_000 for _ in range(2)]
    return {
        "longitude": f"{town.longitude + shift[0]:.6f}",
        "latitude": f"{town.latitude + shift[1]:.6f}",
    }


def _old_unit(number: int, serial: int) -> tuple[Row, Row]:
    """A unit closed in the eighties: no commune, an activity of the NAP, nothing else."""
    siren = _siren(serial)
    siret = _siret(siren, 1)
    unit = {
        "siren": siren,
        "statutDiffusionUniteLegale": "O",
        "unitePurgeeUniteLegale": "true",
        "etatAdministratifUniteLegale": "C",
        "denominationUniteLegale": f"Unité fictive purgée n° {number} {LABEL}",
        "categorieJuridiqueUniteLegale": "1000",
        "nicSiegeUniteLegale": siret[9:],
        "dateDebut": "1984-12-25",
    }
    place = {
        "siren": siren,
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": "O",
        "etablissementSiege": "true",
        "dateDebut": "1984-12-25",
        "etatAdministratifEtablissement": "F",
        "activitePrincipaleEtablissement": f"57.{number:02d}",
        "nomenclatureActivitePrincipaleEtablissement": "NAP",
        "caractereEmployeurEtablissement": "N",
    }
    return unit, place


SIAE_HEADER = ("siret", "kind", "name", "brand", "post_code", "city", "lon", "lat")


def _siae(establishments: Sequence[Row], units: Sequence[Row]) -> Iterator[Row]:
    """Inclusion enterprises among employing, open and diffusible units: associations first, one company."""
    names = {unit["siren"]: unit["denominationUniteLegale"] for unit in units}
    employing = [
        place
        for place in establishments
        if place.get("caractereEmployeurEtablissement") == "O" and names[place["siren"]] != "[ND]"
    ]
    companies = [place for place in employing if names[place["siren"]].startswith("Société fictive")]
    for rank, kind in enumerate(SIAE_KINDS):
        place = companies[rank] if kind in {"EI", "ETTI"} else employing[rank * 7]
        yield {
            "siret": place["siret"],
            "kind": kind,
            "name": names[place["siren"]],
            "post_code": place["codePostalEtablissement"],
            "city": place["libelleCommuneEtablissement"],
            "lon": place.get("longitude", ""),
            "lat": place.get("latitude", ""),
        }
