"""Coverage on real places: the whole of France, by hand on a sample, and the command."""

import json
import math
from datetime import date

import numpy as np
import pytest

from ancrage.coverage.judging import ORDER, State
from ancrage.coverage.states import cover
from ancrage.coverage.territory import by_zoning, communes_of, edition_directory, share_within
from ancrage.reasoning import Verdict
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import answer_each, verdicts_by_commune
from ancrage.territories.zonings.declaration import get_zoning

pytestmark = pytest.mark.mirror
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def covered(real_atlas):
    communes = communes_of(real_atlas, resolve(real_atlas, "fr", on=TODAY))
    return cover(communes, edition_directory(real_atlas), on=TODAY, kinds=["france_services"])


def great_circle(here, there):
    """Kilometres by the haversine formula, written apart from the code it checks."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (here, there))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def test_every_commune_of_france_has_its_nearest_france_services(covered):
    found = covered.kinds["france_services"]
    assert len(covered.communes) == 34875
    assert np.isnan(found.distances).sum() <= 10
    places = [(p.longitude, p.latitude) for p in covered.directory.of("france_services") if p.placed]
    for rank in range(0, len(covered.communes), 1397):
        if np.isnan(found.distances[rank]):
            continue
        here = covered.communes.longitudes[rank], covered.communes.latitudes[rank]
        assert found.distances[rank] == pytest.approx(min(great_circle(here, one) for one in places))


def test_the_34_969_communes_are_all_answered_those_without_outline_as_unknown(real_atlas):
    overseas = "+".join(f"dep:{code}" for code in (975, 977, 978, 984, 986, 987, 988, 989))
    communes = communes_of(real_atlas, resolve(real_atlas, f"fr+{overseas}", on=TODAY))
    found = cover(communes, edition_directory(real_atlas), on=TODAY, kinds=["france_services"])
    states = found.kinds["france_services"].states
    assert len(states) == 34_969
    unknown = {ORDER[state] for state, code in zip(states, communes.codes, strict=True) if code[:2] == "98"}
    assert unknown == {State.INCONNU}
    assert (states != ORDER.index(State.INCONNU)).sum() > 34_800


def test_the_mean_distance_by_zoning_is_that_of_its_communes(real_atlas, covered):
    verdicts = verdicts_by_commune(real_atlas, resolve(real_atlas, "fr", on=covered.on))
    told = {zone.zoning.id: zone for zone in by_zoning(covered, "france_services", verdicts)}
    assert told["frr"].communes > 15000
    assert told["frr"].inside > told["frr"].outside
    assert told["qpv"].communes > 800
    assert told["qpv"].inside < told["qpv"].outside
    # Again, zoning by zoning over the whole country, as the command « zonage » answers.
    distances = dict(zip(covered.communes.codes, covered.kinds["france_services"].distances, strict=True))
    answers = answer_each(real_atlas, get_zoning("frr"), on=covered.on)
    classified = [
        distances[one.commune]
        for one in answers
        if one.verdict is Verdict.OUI and not math.isnan(distances.get(one.commune, math.nan))
    ]
    assert len(classified) == told["frr"].communes
    assert told["frr"].inside == pytest.approx(sum(classified) / len(classified))


def test_most_french_people_live_within_fifteen_kilometres(covered):
    found = covered.kinds["france_services"]
    shares = [share_within(found.distances, covered.communes.populations, km) for km in (5, 15, 30)]
    assert shares == sorted(shares)
    assert shares[1] > 0.9


def test_the_command_covers_opens_and_rounds(ancrage, real_data):
    answer = ancrage("couverture", "dep:23", "--type", "france_services", "--format", "json", data=real_data)
    document = json.loads(answer.stdout)
    assert len(document["communes"]) == 255
    opened = ancrage(
        "couverture",
        "dep:23",
        "--type",
        "fabrique_de_territoire",
        "--ouvrir",
        "5",
        "--format",
        "json",
        data=real_data,
    )
    chosen = json.loads(opened.stdout)
    assert len(chosen["sites"]) == 5
    toured = ancrage(
        "couverture",
        "dep:23",
        "--type",
        "fabrique_de_territoire",
        "--ouvrir",
        "3",
        "--tournee",
        "23096",
        data=real_data,
    )
    assert toured.returncode == 0
    assert "Guéret" in toured.stdout


def test_the_map_of_the_communes_is_geojson(ancrage, real_data):
    answer = ancrage("couverture", "200044014", "--format", "geojson", data=real_data)
    collection = json.loads(answer.stdout)
    assert len(collection["features"]) == 26
    assert {one["geometry"]["type"] for one in collection["features"]} <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("dep:23", "--type", "mairie"), 55, "france_services"),
        (("dep:23", "--seuil-km", "60"), 55, "--loin-km"),
        (("dep:23", "--lieux", "absent.csv"), 55, "absent.csv"),
        (("dep:23", "--ouvrir", "0"), 56, ""),
        (("dep:23", "--ouvrir", "3", "--poids", "arbres"), 56, "habitants"),
        (("dep:23", "--ouvrir", "3", "--poids", "emplois"), 56, "sirene-etablissements"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(ancrage, real_data, arguments, code, said):
    answer = ancrage("couverture", *arguments, data=real_data)
    assert answer.returncode == code, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_places_nobody_listed_are_unknown_not_absent(ancrage, real_data):
    answer = ancrage("couverture", "dep:23", "--type", "france_active", "--ouvrir", "2", data=real_data)
    assert answer.returncode == 56
    assert "aucune liste chargée pour France Active" in answer.stderr
    assert "--lieux" in answer.stderr


def test_a_round_through_every_commune_is_cut_into_days(ancrage, real_data):
    rules = ("--km-jour", "120", "--heures-jour", "7", "--heures-arret", "2")
    answer = ancrage(
        "couverture", "200044014", "--tournee", "23079", *rules, "--format", "json", data=real_data
    )
    document = json.loads(answer.stdout)
    assert sum(len(day["stops"]) for day in document["days"]) == 26
    assert all(day["km"] <= 120 and day["hours"] <= 7 for day in document["days"])


def test_an_opening_that_serves_nobody_shows_no_empty_table(ancrage, real_data):
    answer = ancrage("couverture", "dep:23", "--type", "france_services", "--ouvrir", "2", data=real_data)
    assert "ne serviraient à rien" in answer.stdout
    assert "Les lieux à ouvrir" not in answer.stdout
