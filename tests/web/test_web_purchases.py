"""A purchase on the site: what is not sure of a code is told, nobody is sent the impossible."""

import html
from typing import Any

import pytest

ADDRESS = "/achats/?montant=180000&acheteur=23096&cpv="


@pytest.mark.parametrize(("code", "doubtful"), [("77310000", False), ("77310001", True)])
def test_the_page_and_the_json_warn_of_a_code_the_list_does_not_name(
    site: Any, code: str, *, doubtful: bool
) -> None:
    warned = "n’est pas dans la liste tenue ici"
    page = html.unescape(site.get(ADDRESS + code).content.decode())
    told = site.get(f"{ADDRESS}{code}&format=json").json()["warnings"]
    assert (warned in page) is doubtful
    assert any(warned in one.replace("'", "’") for one in told) is doubtful


def test_lots_are_not_compared_where_no_size_is_known(site: Any) -> None:
    page = html.unescape(
        site.get("/achats/lots/?cpv=77310000&montant=180000&acheteur=59295").content.decode()
    )
    assert "aucun découpage ne peut être proposé" in page
    assert "Le portent seules" not in page
    assert "Temps plein qu’un lot occupe" in page


def test_the_map_names_the_communes_of_those_who_may_answer_and_is_offered_where_a_point_is_known(
    site: Any,
) -> None:
    features = site.get(f"{ADDRESS}77310000&format=geojson").json()["features"]
    layers = [one["properties"]["couche"] for one in features]
    (asked,) = [one["properties"] for one in features if one["properties"]["couche"] == "commune"]
    assert (asked["code"], asked["name"]) == ("23096", "Guéret")
    assert "voisine" in layers
    page = html.unescape(site.get(f"{ADDRESS}77310000").content.decode())
    assert ("cpv=77310000&format=geojson" in page.partition("data-map=")[2]) is ("structure" in layers)
