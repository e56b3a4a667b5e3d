import io
import json
from datetime import date

import numpy as np
import pytest
from rich.console import Console

from ancrage.questions.openings import OpeningsQuestion
from ancrage.questions.question import Answer
from ancrage.reports.formats.html import render_sheet_html
from ancrage.reports.formats.terminal.sheet import render_sheet
from ancrage.reports.rounds import sheet as rounds
from ancrage.reports.siting import sheet as siting
from ancrage.reports.siting.plain import siting_as_geojson, siting_as_json
from ancrage.reports.siting.sheet import proof_words
from ancrage.reports.topic import Telling
from ancrage.rounds.days import RoundRules
from ancrage.rounds.planning import plan_round
from ancrage.rounds.territory import TerritoryRound
from ancrage.siting.choosing import choose_sites
from ancrage.siting.positions import Places, Positions
from ancrage.siting.result import Question
from ancrage.siting.shapes import TerritoryShapes
from ancrage.siting.territory import CandidateRule, TerritorySiting
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Territory

QUESTION = OpeningsQuestion(territory="dep:23", on=date(2026, 1, 1), sites=1)
NAMES = ("Amont", "Aval", "Bois <haut>", "Combe")
LONGITUDES = (2.0, 2.1, 2.4, 2.9)
WEIGHTS = (500.0, 300.0, 200.0, 40.0)


def places(names, longitudes):
    ids = tuple(f"230{rank:02}" for rank in range(len(names)))
    return Places(tuple(ids), tuple(names), Positions.from_degrees(longitudes, [46.0] * len(names)))


def box(west, east):
    ring = [[west, 45.9], [east, 45.9], [east, 46.1], [west, 46.1], [west, 45.9]]
    return {"type": "Polygon", "coordinates": [ring]}


def opened(radius=10.0, sites=2, weights=WEIGHTS, existing=True, **changes):
    demand = places(NAMES, LONGITUDES)
    around = places(("Maison",), (2.0,)) if existing else Places((), (), Positions(np.empty((0, 3))))
    question = Question(demand, np.array(weights, float), demand, around, sites, radius)
    shapes = TerritoryShapes(
        box(1.95, 2.95),
        {code: box(lon - 0.05, lon + 0.05) for code, lon in zip(demand.ids, LONGITUDES, strict=True)},
    )
    told = {
        "territory": Territory(
            TerritoryCode(Kind.DEPARTEMENT, "23"), "Essai", date(2026, 1, 1), 2026, 1040, demand.ids
        ),
        "siting": choose_sites(question),
        "unit": "habitants",
        "rule": CandidateRule(),
        "unlocated": (),
        "outside": (),
        "unplaced": (),
        "shapes": shapes,
    }
    return TerritorySiting(**told | changes)


def answer(facts, **changes):
    """The answer these facts would make, to a question that does not matter here."""
    told = {
        "question": QUESTION,
        "on": QUESTION.on,
        "edition": "essai",
        "facts": facts,
        "territory": getattr(facts, "territory", None),
        "sources": (),
        "warnings": (),
        "fictitious": False,
        "sampled": False,
    }
    return Answer(**told | changes)


def siting_sheet(facts):
    return siting.describe(answer(facts))


def round_sheet(facts):
    return rounds.describe(answer(facts))


def round_as_json(facts):
    return rounds.document(answer(facts))


def text_of(sheet):
    out = io.StringIO()
    render_sheet(sheet, Console(file=out, width=100))
    return out.getvalue().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_choice_is_told_with_its_gain_its_proof_and_what_is_left():
    text = text_of(siting_sheet(opened(sites=1)))
    assert "1 lieu choisi : 200 habitants de plus à 10 km au plus" in text
    assert "optimal prouvé" in text
    assert "Combe (23003)" in text
    assert "à vol d'oiseau" in text


def test_a_median_is_told_by_the_fall_of_the_mean_distance():
    sheet = siting_sheet(opened(radius=None))
    assert "la distance moyenne au lieu le plus proche passe de 10,8" in sheet.lead
    assert "Les communes les plus éloignées" in render_sheet_html(sheet)


def test_without_any_existing_place_the_first_saving_is_unknown():
    sheet = siting_sheet(opened(radius=None, existing=False))
    assert "la distance moyenne au lieu le plus proche est de" in sheet.lead
    first = sheet.sections[0].blocks[0].rows[0]
    assert first[1] == "inconnu"


def test_what_is_unknown_left_out_or_useless_is_told():
    sheet = siting_sheet(
        opened(
            sites=4,
            weights=(500.0, np.nan, 200.0, 40.0),
            unlocated=("Perdue",),
            unplaced=("Guichet",),
            outside=("99999",),
        )
    )
    told = " ".join(sheet.warnings)
    for words in ("2 ouvertures demandées ne serviraient", "Aval", "Perdue", "Guichet", "99999"):
        assert words in told.replace("\u00a0", " ")


def test_the_page_holds_a_map_and_a_curve_and_names_are_escaped():
    page = render_sheet_html(siting_sheet(opened()))
    assert page.count("<svg") == 2
    assert "Bois &lt;haut&gt;" in page
    assert "Bois <haut>" not in page
    assert "reponse-oui" in page


def test_without_outlines_there_is_no_map():
    assert render_sheet_html(siting_sheet(opened(sites=1, shapes=None))).count("<svg") == 0


def test_a_choice_useless_everywhere_is_a_sentence():
    everywhere = opened(radius=500.0)
    assert "Aucune ouverture" in siting_sheet(everywhere).lead
    assert siting_as_json(everywhere)["sites"] == []


def test_a_fictitious_directory_makes_a_fictitious_sheet():
    assert Telling(answer(opened(), fictitious=True)).sheet.fictitious


def test_a_proof_not_ended_says_how_far_it_stopped():
    from ancrage.optimum import Proof

    assert proof_words(Proof(96.0, 100.0)) == "arrêté à 4,00\u00a0% au plus de l'optimum"
    assert proof_words(Proof(0.0, 0.0)) == "optimal prouvé"


@pytest.mark.parametrize("radius", [10.0, None])
def test_the_plain_answer_is_json_with_null_for_the_unknown(radius):
    told = json.loads(json.dumps(siting_as_json(opened(radius, existing=False)), allow_nan=False))
    assert told["before"]["mean_km"] is None
    assert told["model"] == ("couverture_maximale" if radius else "p_mediane")
    assert told["proof"]["proven"] is True
    assert [point["sites"] for point in told["curve"]] == [1, 2]


def test_the_points_to_map_are_in_degrees_and_say_their_role():
    layer = json.loads(json.dumps(siting_as_geojson(opened(sites=1)), allow_nan=False))
    roles = [feature["properties"]["role"] for feature in layer["features"]]
    assert roles == ["ouverture", "existant", *["commune"] * 4]
    assert layer["features"][0]["geometry"]["coordinates"] == [2.4, 46.0]


def planned(**rules):
    every = places(NAMES, LONGITUDES)
    return TerritoryRound(
        plan_round(every.take([0]), every.take([1, 2, 3]), RoundRules(**rules)), None, ("Perdue",)
    )


def test_a_round_is_told_in_order_with_its_days():
    text = text_of(round_sheet(planned(detour=1.3, hours_per_stop=2, hours_per_day=9, km_per_hour=50)))
    assert "avec un facteur de détour de 1,3" in text
    assert "2 jours" in text
    assert "Perdue" in text
    assert "optimal prouvé" in text


def test_a_round_without_limits_says_that_its_days_are_unknown():
    assert "inconnu" in text_of(round_sheet(planned()))
    told = json.loads(json.dumps(round_as_json(planned()), allow_nan=False))
    assert told["days"] is None
    assert told["road_km"] is None
    assert told["proven"] is True
