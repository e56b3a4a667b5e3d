"""Counting from the distances of the build says what judging each commune says."""

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ancrage.coverage.counting import SupportCount, count_support
from ancrage.coverage.judging import Reaches, State
from ancrage.coverage.kinds import support_kinds
from ancrage.coverage.states import cover
from ancrage.coverage.territory import communes_of, counted, edition_directory
from ancrage.diagnosis.support import support_of
from ancrage.edition.opening import open_edition
from ancrage.edition.support import write_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.tables import OUTLINE
from ancrage.warehouse.writing import write
from told_again import tell_again

TODAY = date(2026, 11, 23)
DAYS = (TODAY, date(2024, 5, 1), date(2022, 1, 1), date(2021, 3, 31), date(2025, 12, 31))
FEWER = {"dep:987": DAYS[:1], "fr": (TODAY, date(2021, 3, 31))}
"""Where the country is counted commune by commune, some seconds a day; or where one day is known."""
PLACES = ("fr", "dep:987", "reg:75", "reg:01", "dep:23", "dep:976", "200044014", "23077", "31555", "75056")


def agree(found: SupportCount, judged: SupportCount) -> None:
    """Every number of a section of the diagnosis, one way and the other; a mean to its last digit but one."""
    for one, other in zip(found.kinds, judged.kinds, strict=True):
        assert one.mean_km == (None if other.mean_km is None else pytest.approx(other.mean_km, abs=1e-9))
    assert without_means(found) == without_means(judged)


def without_means(found: SupportCount) -> SupportCount:
    return replace(found, kinds=tuple(replace(one, mean_km=None) for one in found.kinds))


@pytest.mark.mirror
@pytest.mark.parametrize("place", PLACES)
def test_the_counts_of_the_real_edition_are_those_of_its_communes_on_any_day(
    real_atlas: Atlas, place: str
) -> None:
    for on in FEWER.get(place, DAYS):
        territory = resolve(real_atlas, place, on=on)
        judged = cover(communes_of(real_atlas, territory), edition_directory(real_atlas), on=on)
        agree(count_support(real_atlas, territory), counted(judged))


@pytest.mark.mirror
def test_every_commune_that_has_a_point_has_its_distances(real_atlas: Atlas) -> None:
    for on in FEWER["fr"]:
        france = resolve(real_atlas, "fr", on=on)
        judged = cover(communes_of(real_atlas, france), edition_directory(real_atlas), on=on)
        located = int((~np.isnan(judged.communes.longitudes)).sum())
        (counted,) = [
            one for one in count_support(real_atlas, france).kinds if one.kind.id == "france_services"
        ]
        assert sum(counted.states.values()) - counted.states.get(State.INCONNU, 0) == located


LATITUDES = (46.0, 46.1, 46.135, 46.2, 46.4, 46.405, 46.6, 48.0)


@pytest.fixture
def networks(embedded: Path, tmp_path: Path) -> Iterator[Callable[..., Atlas]]:
    """Open an edition whose communes of the Creuse stand on a meridian, with places at its south end."""
    for path in embedded.iterdir():
        if path.suffix in (".parquet", ".json"):
            shutil.copy(path, tmp_path / path.name)
    with contextlib.ExitStack() as opened:

        def build(*kinds: str, unplaced: Sequence[str] = (), source: str = "essai") -> Atlas:
            with open_edition(embedded) as before:
                codes = before.rows(
                    "SELECT code FROM commune WHERE vintage = 2026 AND departement = '23' ORDER BY code"
                )
            points = [
                {**AREA, "commune": row["code"], "longitude": 2.0, "latitude": latitude}
                for row, latitude in zip(codes, itertools.cycle((*LATITUDES, None)), strict=False)
                if latitude
            ]
            write(OUTLINE, OUTLINE.from_rows(points), tmp_path)
            placed = [
                {**PLACE, "kind": kind, "longitude": 2.0, "latitude": 46.0, "source": source}
                for kind in kinds
            ]
            write_places([*placed, *({**PLACE, "kind": kind} for kind in unplaced)], tmp_path)
            tell_again(tmp_path)
            return Atlas(opened.enter_context(open_edition(tmp_path)), today=TODAY)

        yield build


AREA = {"name": "", "area": 1.0, "geometry": b""}
PLACE = {
    "id": "1",
    "name": "Lieu",
    "commune": None,
    "longitude": None,
    "latitude": None,
    "by_commune": False,
    "itinerant": False,
    "source": "essai",
}
ESS = tuple(kind.id for kind in support_kinds().values() if kind.ess)
OTHERS = tuple(kind for kind in ESS if kind != "dla")


@pytest.mark.parametrize(
    ("kinds", "unplaced"),
    [
        ((), ()),
        (("france_active",), ()),
        (OTHERS, ()),
        (OTHERS[1:], ()),
        (OTHERS[1:], OTHERS[:1]),
        (ESS, ()),
        (("france_services", *OTHERS[:3]), ("autre",)),
        ((), OTHERS),
    ],
)
def test_the_counts_are_those_of_the_communes_whichever_networks_are_known(
    networks: Callable[..., Atlas], kinds: tuple[str, ...], unplaced: tuple[str, ...]
) -> None:
    atlas = networks(*kinds, unplaced=unplaced)
    for place, on in itertools.product(("dep:23", "23077", "fr"), (TODAY, date(2021, 3, 31))):
        territory = resolve(atlas, place, on=on)
        for reaches in (Reaches(), Reaches(5, 50)):
            judged = cover(communes_of(atlas, territory), edition_directory(atlas), on=on, reaches=reaches)
            agree(count_support(atlas, territory, reaches=reaches), counted(judged))


def test_an_edition_built_before_the_distances_is_answered_alike(networks: Callable[..., Atlas]) -> None:
    atlas = networks("france_services", *OTHERS[:3])
    creuse = resolve(atlas, "dep:23", on=TODAY)
    found = support_of(atlas, creuse)
    (atlas.warehouse.folder / "support_distance.parquet").unlink()
    assert support_of(atlas, creuse) == found


def test_a_list_of_one_departement_says_nothing_of_the_others(networks: Callable[..., Atlas]) -> None:
    atlas = networks("france_services", "mediation_numerique", source="mediation-numerique-creuse")
    for place, unknown in (("dep:87", True), ("dep:23", False), ("reg:75", True)):
        territory = resolve(atlas, place, on=TODAY)
        judged = cover(communes_of(atlas, territory), edition_directory(atlas), on=TODAY)
        found = count_support(atlas, territory)
        agree(found, counted(judged))
        (one,) = [kind for kind in found.kinds if kind.kind.id == "mediation_numerique"]
        assert (one.mean_km is None, State.INCONNU in one.states or place == "dep:23") == (unknown, True)
        assert (State.NON_COUVERT in one.states) == (place != "dep:87")
