"""A map for who has synchronised nothing: town halls, the limits of départements, places of support."""

import json
from typing import Any

import pytest
from django.test import Client

from ancrage.territories.departements import rings_of

PLACED = (
    "97311",
    "74010",
    "56152",
    "23096",
    "59295",
    "75056",
    "200044014",
    "dep:23",
    "dep:974",
    "crte-75-23-8",
)
ALONE = "97502"
"""Saint-Pierre: no town hall of Saint-Pierre-et-Miquelon is published."""


def features(site: Client, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(site.get(f"/territoires/{code}/carte.geojson").content)[
        "features"
    ]
    return found


@pytest.mark.parametrize("code", PLACED)
def test_a_newcomer_sees_where_a_territory_is(site: Client, code: str) -> None:
    page = site.get(f"/territoires/{code}/", follow=True).content.decode()
    assert "Chaque point est une mairie" in page
    drawing = site.get(f"/territoires/{code}/carte.svg").content.decode()
    assert drawing.count('class="mairie') >= 1
    assert 'class="departement"' in drawing
    kinds = {(one["properties"]["couche"], one["geometry"]["type"]) for one in features(site, code)}
    assert ("commune", "Point") in kinds
    assert ("departement", "LineString") in kinds
    assert not {kind for _, kind in kinds} & {"Polygon", "MultiPolygon"}, "no limit of a commune is invented"


def test_the_neighbours_of_a_commune_are_named_around_it_and_lead_to_their_page(site: Client) -> None:
    found = {one["properties"]["code"]: one for one in features(site, "97311") if "code" in one["properties"]}
    assert found["97360"]["properties"]["name"] == "Apatou"
    assert found["97360"]["properties"]["couche"] == "voisine"
    assert found["97311"]["properties"]["couche"] == "commune"


def test_what_has_no_known_point_has_no_map_and_the_page_says_nothing_false(site: Client) -> None:
    page = site.get(f"/territoires/{ALONE}/").content.decode()
    assert "Chaque point est une mairie" not in page
    assert "data-map" not in page.partition("<main")[2]
    assert site.get(f"/territoires/{ALONE}/carte.svg").status_code == 404


def test_the_limits_of_every_departement_are_closed_and_those_without_outline_have_none() -> None:
    rings = rings_of("23")
    assert rings
    assert all(ring[0] == ring[-1] for ring in rings)
    longitudes = [x for ring in rings for x, _ in ring]
    assert 1.3 < min(longitudes) < max(longitudes) < 2.7
    assert rings_of("975") == ()
