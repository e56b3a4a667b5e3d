"""Openings in real territories, France services of December 2022 being the existing places."""

import csv
import gzip
from datetime import date
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
import pytest

from ancrage.errors import DirectoryQueryError, MissingSourceError, SitingError
from ancrage.register.directory.places import somewhere
from ancrage.register.directory.query import DirectoryQuery
from ancrage.repairs import BuildEdition, SynchroniseSources
from ancrage.rounds.days import RoundRules
from ancrage.rounds.territory import round_through_communes, round_through_sites
from ancrage.siting.geography import located_communes
from ancrage.siting.positions import Places, Positions
from ancrage.siting.territory import CandidateRule, open_sites
from ancrage.territories.resolving import resolve

ON = date(2026, 11, 23)
NOWHERE = Places((), (), Positions(np.empty((0, 3))))
CREUSE = "dep:23"


def france_services(mirror: Path) -> Places:
    path = mirror / "accompagnement" / "france-services-2022-12.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["latitude"] and row["longitude"]]
    return Places(
        tuple(row["id_fs"] for row in rows),
        tuple(row["lib_fs"] for row in rows),
        Positions.from_degrees(
            [float(row["longitude"]) for row in rows], [float(row["latitude"]) for row in rows]
        ),
    )


def haversine(one, other):
    (lon1, lat1), (lon2, lat2) = ([radians(angle) for angle in point] for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def test_without_a_point_of_any_commune_what_brings_them_is_told(placeless_atlas):
    with pytest.raises(MissingSourceError) as refused:
        open_sites(placeless_atlas, resolve(placeless_atlas, CREUSE, on=ON), NOWHERE, sites=1)
    assert refused.value.repairs == (SynchroniseSources(("contours-communes",)), BuildEdition())


@pytest.mark.mirror
def test_five_sites_in_the_creuse_are_proved_and_counted_again_by_hand(real_atlas, mirror):
    creuse, existing = resolve(real_atlas, CREUSE, on=ON), france_services(mirror)
    siting = open_sites(real_atlas, creuse, existing, sites=5, radius_km=10.0).siting
    assert siting.proof.proven
    assert len(siting.chosen) == 5
    assert siting.weight == creuse.population
    points = list(zip(*siting.question.demand.positions.degrees(), strict=True))
    places = list(zip(*existing.positions.degrees(), strict=True))
    opened = [points[siting.question.demand.ids.index(one.id)] for one in siting.chosen]
    nearby = [place for place in places if abs(place[0] - 2) < 1.5 and abs(place[1] - 46.1) < 1]
    served = [0.0, 0.0]
    for point, weight in zip(points, siting.question.weights, strict=True):
        before = min(haversine(point, place) for place in nearby)
        after = min(before, *(haversine(point, place) for place in opened))
        served[0] += weight if before <= 10 else 0
        served[1] += weight if after <= 10 else 0
    assert served == [siting.before.served, siting.after.served]


@pytest.mark.mirror
def test_two_sites_in_the_creuse_equal_the_best_of_its_32_000_pairs(real_atlas, mirror):
    creuse = resolve(real_atlas, CREUSE, on=ON)
    siting = open_sites(real_atlas, creuse, france_services(mirror), sites=2).siting
    demand, weights = siting.question.demand.positions, siting.question.weights
    km = demand.distances(demand)
    pairs = combinations(range(len(km)), 2)
    best = min(float(weights @ np.minimum(siting.before_km, km[list(pair)].min(axis=0))) for pair in pairs)
    assert siting.proof.proven
    assert siting.after.mean_km == pytest.approx(best / weights.sum())


@pytest.mark.mirror
def test_candidates_may_be_restricted_and_those_outside_are_told(real_atlas):
    creuse = resolve(real_atlas, CREUSE, on=ON)
    rule = CandidateRule(least_population=2000, communes=frozenset({"23096", "23176", "23077", "87085"}))
    opened = open_sites(real_atlas, creuse, NOWHERE, sites=2, radius_km=15.0, rule=rule)
    assert {one.id for one in opened.siting.chosen} == {"23096", "23176"}
    assert opened.outside == ("87085",)
    with pytest.raises(SitingError):
        open_sites(real_atlas, creuse, NOWHERE, sites=1, rule=CandidateRule(least_population=10**6))
    with pytest.raises(SitingError):
        open_sites(real_atlas, creuse, NOWHERE, sites=1, rule=CandidateRule(least_population=-1))


@pytest.mark.mirror
def test_weights_that_are_not_given_are_unknown(real_atlas):
    creuse = resolve(real_atlas, CREUSE, on=ON)
    opened = open_sites(
        real_atlas, creuse, NOWHERE, sites=1, weights={"23077": 12.0, "23096": None}, unit="structures"
    )
    assert [one.id for one in opened.siting.chosen] == ["23077"]
    assert opened.siting.weight == 12
    assert len(opened.siting.unknown) == len(creuse.communes) - 1


@pytest.mark.mirror
def test_only_communes_that_share_an_outline_or_whose_outline_is_flat_have_no_place(real_atlas):
    lost = {
        year: set(located_communes(real_atlas, resolve(real_atlas, "fr", on=date(year, 6, 1))).unlocated)
        for year in real_atlas.vintages
    }
    assert lost[2022] == {"Chêne-Sec", "Villeneuve-Frouville"}
    # L'Oie is a part of Essarts en Bocage in the outlines of 2022: nothing tells which.
    assert "L'Oie" in lost[2026]
    # Conques-en-Rouergue only changed its code.
    assert "Conques-en-Rouergue" not in lost[2026]
    assert max(len(names) for names in lost.values()) < 20


@pytest.mark.mirror
def test_a_commune_whose_outline_is_flat_is_not_told_to_synchronise_outlines_that_are_there(real_atlas):
    flat = resolve(real_atlas, "39140", on=ON)
    with pytest.raises(SitingError) as refused:
        located_communes(real_atlas, flat)
    with pytest.raises(DirectoryQueryError) as unplaced:
        somewhere(real_atlas, DirectoryQuery(flat, radius_km=10.0))
    for told in (refused.value, unplaced.value):
        assert not told.repairs
        assert "sans surface" in f"{told.message} {told.hint}"


def test_an_edition_without_any_point_tells_to_synchronise_the_outlines(placeless_atlas):
    commune = resolve(placeless_atlas, "23096", on=ON)
    with pytest.raises(MissingSourceError) as refused:
        located_communes(placeless_atlas, commune)
    with pytest.raises(DirectoryQueryError) as unplaced:
        somewhere(placeless_atlas, DirectoryQuery(commune, radius_km=10.0))
    for told in (refused.value, unplaced.value):
        assert told.repairs == (SynchroniseSources(("contours-communes",)), BuildEdition())


@pytest.mark.mirror
def test_a_round_through_the_chosen_sites_starts_from_a_commune(real_atlas, mirror):
    creuse, gueret = (resolve(real_atlas, code, on=ON) for code in (CREUSE, "23096"))
    opened = open_sites(real_atlas, creuse, france_services(mirror), sites=4, radius_km=10.0)
    planned = round_through_sites(real_atlas, gueret, opened, RoundRules(km_per_day=120))
    assert planned.round.proof.proven
    assert {planned.round.stops.ids[stop] for stop in planned.round.order} == {
        one.id for one in opened.siting.chosen
    }
    assert planned.round.days
    with pytest.raises(SitingError):
        round_through_sites(real_atlas, creuse, opened)


@pytest.mark.mirror
def test_a_round_goes_through_every_commune_named(real_atlas):
    stops, base = (resolve(real_atlas, code, on=ON) for code in ("23176+23008+23030", "23096"))
    planned = round_through_communes(real_atlas, base, stops)
    assert {planned.round.stops.names[stop] for stop in planned.round.order} == {
        "La Souterraine",
        "Aubusson",
        "Bourganeuf",
    }
