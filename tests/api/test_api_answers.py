"""What the API answers is what the command line answers, and says where it comes from."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import answer_all

V1 = "/api/v1"
DAY = "2026-11-23"


def asked(api: Client, path: str, **query: Any) -> Any:
    answer = api.get(V1 + path, query)
    assert answer.status_code == 200, answer.content[:300]
    return json.loads(answer.content)


def test_a_territory_is_found_by_a_name_badly_written(api: Client) -> None:
    found = asked(api, "/territoires", q="fau la montagn")["items"]
    assert found[0]["id"] == "23077"


def test_a_territory_says_who_it_is_and_what_holds_it(api: Client) -> None:
    found = asked(api, "/territoires/23077", le=DAY)
    assert (found["name"], found["population"], found["on"]) == ("Faux-la-Montagne", 443, DAY)
    assert (found["population_reference_year"], found["population_in_force_on"]) == (2023, "2026-01-01")
    assert {"200044014", "dep:23", "reg:75", "fr"} <= {parent["id"] for parent in found["parents"]}


def test_zonings_answer_as_the_library_does(api: Client, embedded_atlas: Atlas) -> None:
    territory = resolve(embedded_atlas, "23077", on=date(2026, 11, 23))
    expected = [answer.as_json() for answer in answer_all(embedded_atlas, territory)]
    assert asked(api, "/territoires/23077/zonages", le=DAY) == expected
    assert asked(api, "/territoires/23077/zonages/frr", le=DAY)["verdict"] == "oui"


def test_a_zoning_is_read_commune_by_commune(api: Client) -> None:
    found = asked(api, "/zonages/acv/communes", verdict="oui", le=DAY, limite=1000)
    assert found["total"] == len(found["items"]) > 100
    assert {one["verdict"] for one in found["items"]} == {"oui"}
    assert "23096" in {one["commune"] for one in found["items"]}


def test_the_aids_of_a_day_tell_which_are_in_force(api: Client) -> None:
    assert asked(api, "/aides/urgencess", le="2021-03-31")["in_force"] is True
    assert asked(api, "/aides/urgencess", le=DAY)["version"] is None
    assert asked(api, "/aides/urgencess/versions")[0]["from"] == "2021-01-22"


def test_aids_are_found_by_words(api: Client) -> None:
    found = asked(api, "/aides/recherche", q="tresorerie", limite=3)
    assert len(found["aids"]) == 3 <= found["total"]


@pytest.mark.parametrize(("workforce", "verdict"), [(10, "oui"), (11, "non"), ("10..19", "a_verifier")])
def test_eligibility_stands_on_the_threshold(api: Client, workforce: object, verdict: str) -> None:
    # UrgencESS: one to ten employees.
    situation = {"facts": {"effectif": workforce, "est_ess": True}, "on": "2021-03-31", "aids": ["urgencess"]}
    answer = api.post(f"{V1}/eligibilite", data=json.dumps(situation), content_type="application/json")
    (aid,) = json.loads(answer.content)["aids"]
    size = [one["verdict"] for one in aid["conditions"] if "effectif" in one["facts"]]
    assert (answer.status_code, size) == (200, [verdict])
    assert aid["verdict"] != "oui" or verdict == "oui"


def test_eligibility_is_kept_by_nobody(api: Client) -> None:
    answer = api.post(f"{V1}/eligibilite", data="{}", content_type="application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_simulation_supposes_another_threshold(api: Client) -> None:
    found = asked(
        api,
        "/territoires/dep:23/simulation",
        le="2021-03-31",
        aide="urgencess",
        parametre="urgence-ess.plafond=20",
    )
    assert found["fictitious"] is True
    (law,), (supposed,) = found["aids"], found["supposed"]
    assert law["non"] > supposed["non"]


def test_levers_are_advised_to_the_authority_of_the_territory(api: Client) -> None:
    found = asked(api, "/territoires/23077/leviers", le=DAY)
    assert (found["authority"], len(found["tools"])) == ("commune", 19)
    assert asked(api, "/territoires/23077/leviers", le=DAY, pour="region")["authority"] == "region"
    assert sum(len(lever["tools"]) for lever in asked(api, "/leviers")) == 19


def test_maps_are_geojson(api: Client) -> None:
    for path in ("/territoires/23077/carte", "/territoires/dep:23/accompagnement/carte"):
        answer = api.get(V1 + path)
        assert answer.headers["Content-Type"] == "application/geo+json"
        assert json.loads(answer.content)["type"] == "FeatureCollection"


def test_survival_says_when_its_register_is_fictitious(api: Client) -> None:
    found = asked(api, "/territoires/dep:23/survie", le=DAY, par="famille")
    assert found["fictitious"] is True
    assert found["groups"]


def test_survival_where_nothing_is_counted_is_a_question_answered_with_the_reason(api: Client) -> None:
    answer = api.get(f"{V1}/territoires/29155/survie", {"le": DAY})
    assert answer.status_code == 200
    found = answer.json()
    assert found["unknown"]
    assert (found["groups"], found["warnings"]) == ([], ["Aucun registre complet ne couvre Ouessant."])


def test_a_source_tells_what_the_edition_took_of_it(api: Client) -> None:
    assert asked(api, "/sources/zrr-2017")["licence"].startswith("Licence Ouverte")
    assert asked(api, "/sources/zrr-2017")["used"]["id"] == "zrr-2017"
    assert asked(api, "/sources/aides-territoires")["used"] is None


def test_a_page_unchanged_is_not_sent_again(api: Client) -> None:
    first = api.get(f"{V1}/territoires/23077", {"le": DAY})
    assert "max-age" in first.headers["Cache-Control"]
    again = api.get(f"{V1}/territoires/23077", {"le": DAY}, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_gives_the_headers_alone(api: Client) -> None:
    whole, head = api.get(f"{V1}/leviers"), api.head(f"{V1}/leviers")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_any_site_may_read_and_none_may_write(api: Client) -> None:
    assert api.get(f"{V1}/leviers").headers["Access-Control-Allow-Origin"] == "*"
    preflight = api.options(f"{V1}/eligibilite", headers={"access-control-request-method": "POST"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    sent = api.post(f"{V1}/eligibilite", data="{}", content_type="application/json")
    assert "Access-Control-Allow-Origin" not in sent.headers


def test_the_page_of_the_api_shows_every_operation_and_loads_nothing_from_elsewhere(api: Client) -> None:
    from ancrage.api.openapi import openapi

    page = api.get("/api/", headers={"accept": "text/html"}).content.decode()
    for path in openapi()["paths"]:
        assert path in page
    assert "<script src=" not in page
    assert "https://cdn" not in page
    assert "style=" not in page
