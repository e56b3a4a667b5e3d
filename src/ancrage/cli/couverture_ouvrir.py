"""Where to open next, and the rounds of a van: ``ancrage couverture`` with --ouvrir or --tournee."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ancrage.cli import output

if TYPE_CHECKING:
    from ancrage.coverage.places import Directory
    from ancrage.rounds.days import RoundRules
    from ancrage.siting.territory import TerritorySiting
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.territory import Territory

GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked of openings: how many, within which radius (``None``: on average), to serve what."""

    sites: int
    radius_km: float | None
    weigh: str
    kinds: Sequence[str]


def tell_openings(
    atlas: "Atlas",
    territory: "Territory",
    directory: "Directory",
    asked: Opening,
    shape: str,
    sortie: Path | None,
) -> None:
    """Answer where to open."""
    from ancrage.reports.siting.plain import siting_as_geojson, siting_as_json
    from ancrage.reports.siting.sheet import siting_sheet

    opened = _opened(atlas, territory, directory, asked)
    if shape == GEOJSON:
        output.write(json.dumps(siting_as_geojson(opened), ensure_ascii=False), sortie)
        return
    sheet = siting_sheet(opened, directory.sources)
    output.answer(sheet, siting_as_json(opened), output.Shape(shape), sortie)


def _opened(
    atlas: "Atlas", territory: "Territory", directory: "Directory", asked: Opening
) -> "TerritorySiting":
    from ancrage.coverage.opening import open_for
    from ancrage.register.reach import register_is_whole

    whole, _ = register_is_whole(atlas, territory)
    return open_for(
        atlas,
        territory,
        directory,
        kinds=asked.kinds,
        sites=asked.sites,
        radius_km=asked.radius_km,
        weigh=asked.weigh,
        register_whole=whole,
    )


def tell_round(
    atlas: "Atlas",
    territory: "Territory",
    base: "Territory",
    directory: "Directory",
    asked: Opening | None,
    rules: "RoundRules",
    shape: str,
    sortie: Path | None,
) -> None:
    """Answer a round from a commune: through the openings asked, else through the territory's communes."""
    from ancrage.reports.rounds.sheet import round_as_json, round_sheet
    from ancrage.rounds.territory import round_through_communes, round_through_sites

    if asked is None:
        planned = round_through_communes(atlas, base, territory, rules)
    else:
        planned = round_through_sites(atlas, base, _opened(atlas, territory, directory, asked), rules)
    sources = directory.sources if asked else ()
    kind = output.Shape.JSON if shape == GEOJSON else output.Shape(shape)
    output.answer(round_sheet(planned, sources), round_as_json(planned), kind, sortie)
