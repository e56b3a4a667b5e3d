"""The country as the directory draws it: each département in a shade, until one opens the map of tiles."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from ancrage.edition.tiles.layers import counts_of
from ancrage.language.numbers import plain_number
from ancrage.language.typography import curled
from ancrage.territories.atlas import Atlas
from ancrage.web.home.country import drawing

COMMUNE = 5
"""Characters of the code of a commune."""
SHADES = 3
"""Shades of places that have structures."""
UNKNOWN = "inconnu"

Steps = tuple[int, ...]
"""Structures from which a place takes the next shade, the first from one."""


@dataclass(frozen=True, slots=True)
class Shaded:
    """A département: its code, its name, the path of its drawing, its shade (0 for none), what is said."""

    code: str
    name: str
    path: str
    shade: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Country:
    """What is drawn, in what size; the words of each shade, far and near; who made the outlines."""

    box: tuple[int, int]
    by_scale: Mapping[str, Steps]
    departements: tuple[Shaded, ...]
    legend: tuple[tuple[str, str], ...]
    closer: tuple[tuple[str, str], ...]
    credit: str

    @property
    def steps(self) -> str:
        """The same steps, for the map of tiles (JSON)."""
        return json.dumps(self.by_scale)


def country_of(atlas: Atlas) -> Country:
    """The country, from the register of the edition: where it is not whole, the number is unknown."""
    return atlas.keeping(_country)()


def _country(atlas: Atlas) -> Country:
    counts, drawn = counts_of(atlas), drawing()
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM unit WHERE kind = 'departement' AND vintage = ? ORDER BY code",
        (atlas.vintage_on(atlas.today),),
    )
    far = steps_of(counts.get(row["code"]) for row in rows)
    near = steps_of(count for code, count in counts.items() if len(code) == COMMUNE)
    departements = tuple(
        Shaded(
            row["code"], row["name"], path, shade_of(counts.get(row["code"]), far), counts.get(row["code"])
        )
        for row in rows
        if (path := drawn["paths"].get(row["code"]))
    )
    return Country(
        (drawn["box"][0], drawn["box"][1]),
        {"departements": far, "communes": near},
        departements,
        ((UNKNOWN, "nombre inconnu"), ("0", "aucune"), *words_of(far)),
        tuple(words_of(near)),
        credit_of(atlas),
    )


def steps_of(counts: Iterable[int | None]) -> Steps:
    """Steps that part in three the places known to have structures, in round numbers; fewer if equal."""
    known = [count for count in counts if count]
    parted = quantiles(known, n=SHADES, method="inclusive") if len(known) >= SHADES else ()
    return tuple(sorted({1, *map(_round, parted)}))


def _round(number: float) -> int:
    """Two figures, then zeros."""
    return int(float(f"{number:.1e}"))


def shade_of(count: int | None, steps: Steps) -> str:
    """The shade of a place: its rank from 1, 0 without any structure."""
    return UNKNOWN if count is None else str(sum(count >= least for least in steps))


def words_of(steps: Steps) -> list[tuple[str, str]]:
    """« 1 à 1 999 », « 2 000 à 9 999 », « 10 000 et plus », each with its shade."""
    told = [_between(least, after - 1) for least, after in pairwise(steps)]
    return [(str(rank), words) for rank, words in enumerate([*told, f"{plain_number(steps[-1])} et plus"], 1)]


def _between(least: int, most: int) -> str:
    return plain_number(least) if least == most else f"{plain_number(least)} à {plain_number(most)}"


def credit_of(atlas: Atlas) -> str:
    """Who made the outlines and the perimeters that the maps of an edition draw, and their licence."""
    used = {
        f"{one['producer']}, {one['licence']}": None
        for one in atlas.warehouse.manifest["sources"]
        if "contours-communes" in one["id"] or "polygone" in one["id"]
    }
    return curled(" ; ".join(used) or f"{drawing()['source']['producer']}, {drawing()['source']['licence']}")
