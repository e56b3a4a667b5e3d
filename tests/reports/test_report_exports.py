"""The CSV and the GeoJSON of a diagnosis."""

import csv
import io
import json

import pytest
from diagnosis_factory import (
    EXAMPLES,
    employer,
    empty_handed,
    fabric,
    fictitious,
    full,
    with_map,
    written,
)

from ancrage.reports.diagnosis.geojson import diagnosis_geojson
from ancrage.reports.diagnosis.topic import COLUMNS


def rows(diagnosis):
    return list(csv.DictReader(io.StringIO(written(diagnosis, "csv-machine"))))


def value(diagnosis, line, measure="Valeur"):
    return next(row["valeur"] for row in rows(diagnosis) if (row["ligne"], row["mesure"]) == (line, measure))


def test_the_csv_holds_the_figures_of_the_diagnosis():
    diagnosis = full()
    assert value(diagnosis, "Établissements de l’ESS") == str(diagnosis.ess.establishments)
    share = value(diagnosis, "Part de l’ESS dans les établissements employeurs")
    assert float(share) == diagnosis.ess.share_of_employers
    assert value(diagnosis, "Zone de revitalisation rurale (ZRR)", "Réponse") == "oui"
    assert value(diagnosis, "Zone de revitalisation rurale (ZRR)", "Depuis") == "2017-07-01"


def test_each_line_of_the_csv_says_its_territory_its_day_and_whether_it_is_made_up():
    for row in rows(full()):
        assert tuple(row) == COLUMNS
        assert (row["code"], row["jour"], row["fictif"]) == ("23077", "2021-03-31", "non")
    assert {row["fictif"] for row in rows(fictitious()) if row["section"] == "Familles de l’ESS"} == {"oui"}


def test_the_unknown_is_an_empty_cell_of_the_csv_and_never_a_zero():
    assert value(empty_handed(), "Habitants") == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_of_the_csv_is_a_formula(start):
    diagnosis = full(
        ess=fabric(largest_employers=(employer(f"{start}cmd|' /C calc'!A0", commune=f"{start}x"),))
    )
    text = written(diagnosis, "csv").removeprefix("\ufeff")
    told = [
        row
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
        if row["section"] == "Principaux employeurs"
    ]
    assert {row["ligne"] for row in told} == {f"'{start}cmd|' /C calc'!A0"}
    assert f"'{start}x" in {row["valeur"] for row in told}


def features(diagnosis):
    return json.loads(diagnosis_geojson(diagnosis))["features"]


def test_the_map_gives_the_territory_its_communes_and_its_quarters_with_their_answers():
    found = features(with_map())
    assert [one["properties"]["genre"] for one in found] == [
        "territoire",
        *["commune"] * 4,
        "quartier prioritaire",
    ]
    assert [one["properties"]["montagne"] for one in found[1:5]] == ["oui", "non", "a_verifier", None]
    assert {one["geometry"]["type"] for one in found} == {"Polygon"}
    assert found[0]["properties"]["etablissements_ess"] == full().ess.establishments


def test_without_outlines_the_territory_is_there_and_drawn_nowhere():
    (only,) = features(empty_handed())
    assert only["geometry"] is None
    assert only["properties"]["population"] is None
    assert only["properties"]["etablissements_ess"] is None


def test_the_map_says_its_sources_and_that_it_is_made_up():
    document = json.loads(diagnosis_geojson(fictitious()))
    assert document["avertissement"] == "données de démonstration, fictives"
    assert document["features"][0]["properties"]["fictif"] is True
    assert {one["licence"] for one in document["sources"]} == {"Licence Ouverte 2.0"}
    assert json.loads(diagnosis_geojson(full()))["avertissement"] is None


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_diagnosis_has_its_csv_and_its_map(example):
    diagnosis = EXAMPLES[example]()
    assert rows(diagnosis)
    assert features(diagnosis)
