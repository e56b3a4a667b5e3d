"""The country as the directory draws it: each département in a shade, until one opens the map of tiles."""

import json
from dataclasses import dataclass

from ancrage.edition.tiles.layers import counts_of
from ancrage.language.numbers import plain_number
from ancrage.language.typography import curled
from ancrage.territories.atlas import Atlas
from ancrage.web.home.country import drawing

STEPS = {"departements": (1, 2_000, 10_000), "communes": (1, 20, 200)}
"""Structures from which a département, or a commune, takes the next shade."""
UNKNOWN = "inconnu"


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
    departements: tuple[Shaded, ...]
    legend: tuple[tuple[str, str], ...]
    closer: tuple[tuple[str, str], ...]
    credit: str

    @property
    def steps(self) -> str:
        """The same steps, for the map of tiles (JSON)."""
        return json.dumps(STEPS)


def country_of(atlas: Atlas) -> Country:
    """The country, from the register of the edition: where it is not whole, the number is unknown."""
    return atlas.keeping(_country)()


def _country(atlas: Atlas) -> Country:
    counts, drawn = counts_of(atlas), drawing()
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM unit WHERE kind = 'departement' AND vintage = ? ORDER BY code",
        (atlas.vintage_on(atlas.today),),
    )
    departements = tuple(
        Shaded(row["code"], row["name"], path, _shade(counts.get(row["code"])), counts.get(row["code"]))
        for row in rows
        if (path := drawn["paths"].get(row["code"]))
    )
    return Country(
        (drawn["box"][0], drawn["box"][1]),
        departements,
        ((UNKNOWN, "nombre inconnu"), ("0", "aucune"), *_words(STEPS["departements"])),
        tuple(_words(STEPS["communes"])),
        credit_of(atlas),
    )


def _shade(count: int | None) -> str:
    return UNKNOWN if count is None else str(sum(count >= least for least in STEPS["departements"]))


def _words(steps: tuple[int, ...]) -> list[tuple[str, str]]:
    """« 1 à 1 999 », « 2 000 à 9 999 », « 10 000 et plus », each with its shade."""
    ends = [*(f"à {plain_number(after - 1)}" for after in steps[1:]), "et plus"]
    return [
        (str(rank), f"{plain_number(least)} {end}")
        for rank, (least, end) in enumerate(zip(steps, ends, strict=True), 1)
    ]


def credit_of(atlas: Atlas) -> str:
    """Who made the outlines and the perimeters that the maps of an edition draw, and their licence."""
    used = {
        f"{one['producer']}, {one['licence']}": None
        for one in atlas.warehouse.manifest["sources"]
        if "contours-communes" in one["id"] or "polygone" in one["id"]
    }
    return curled(" ; ".join(used) or f"{drawing()['source']['producer']}, {drawing()['source']['licence']}")
