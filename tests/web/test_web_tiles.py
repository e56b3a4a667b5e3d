"""Tiles of the country: written for an edition, given by ranges."""

import html
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ancrage.desk.opened import opened
from ancrage.edition.tiles.layers import Layer, counts_of, layers_of
from ancrage.edition.tiles.writing import tile_file, write_tiles
from ancrage.errors import BuildError
from ancrage.register.directory.query import DirectoryQuery
from ancrage.territories.resolving import resolve
from ancrage.web.structures.country import country_of, shade_of, steps_of, words_of
from ancrage.web.structures.files import _framed

pyogrio = pytest.importorskip("pyogrio", reason="ancrage[tuiles] n'est pas installé")
POINTS = np.array(shapely.to_wkb(shapely.points([(1.9, 45.8), (2.2, 46.1)])), dtype=object)
STRUCTURES = Layer(
    "structures",
    (9, 12),
    POINTS,
    {
        "siret": np.array(["32012345600014", "32012345600022"], dtype=object),
        "name": np.array(["Une", None], dtype=object),
        "structures": np.array([3.0, np.nan]),
    },
)


def test_what_the_register_does_not_wholly_know_has_no_count():
    counts = counts_of(opened().atlas)
    assert counts["23"] == sum(n for code, n in counts.items() if len(code) == 5)
    assert "87" not in counts
    none = [code for code, n in counts.items() if len(code) == 5 and n == 0]
    assert none, "a commune of a whole département where the register names no structure has none"


def test_an_edition_without_outlines_nor_placed_structures_draws_nothing():
    atlas = opened().atlas
    assert [*layers_of(atlas, resolve(atlas, "fr", on=date(2026, 11, 28)))] == []


def test_a_tile_holds_each_structure_where_it_is_and_leaves_out_what_is_unknown(tmp_path):
    (path,) = write_tiles([STRUCTURES], tmp_path, "une")
    told, _, shapes, values = pyogrio.raw.read(path)
    rows = dict(zip(told["fields"], values, strict=True))
    assert sorted(rows["siret"]) == ["32012345600014", "32012345600022"]
    counts = dict(zip(rows["siret"], rows["structures"], strict=True))
    assert counts["32012345600014"] == 3
    assert np.isnan(counts["32012345600022"])
    # Metres of the projection of the web, cut in 4,096 a tile of zoom 12.
    found = {(round(one.x / 100), round(one.y / 100)) for one in shapely.centroid(shapely.from_wkb(shapes))}
    assert found == {(2115, 57484), (2449, 57964)}


def test_new_tiles_take_the_place_of_those_of_another_edition(tmp_path):
    write_tiles([STRUCTURES], tmp_path, "une")
    write_tiles([STRUCTURES], tmp_path, "autre")
    assert tile_file(tmp_path, "une", "structures") is None
    assert tile_file(tmp_path, "autre", "structures")
    assert tile_file(tmp_path, "autre", "../secret") is None


def test_what_writes_tiles_is_asked_for_when_it_is_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "pyogrio", None)
    with pytest.raises(BuildError, match="pyogrio"):
        write_tiles([STRUCTURES], tmp_path, "une")


@pytest.fixture
def address(monkeypatch, tmp_path: Path) -> str:
    monkeypatch.setattr("ancrage.web.structures.tiles.data_directory", lambda: tmp_path)
    write_tiles([STRUCTURES], tmp_path, opened().edition)
    cache.clear()
    return f"/tuiles/{opened().edition}/structures.pmtiles"


def test_a_map_reads_only_the_ranges_it_asks_for(address):
    client = Client()
    whole = b"".join(client.get(address).streaming_content)
    part = client.get(address, headers={"range": "bytes=0-126"})
    assert part.status_code == 206
    assert part.content == whole[:127]
    assert part.headers["Content-Range"] == f"bytes 0-126/{len(whole)}"
    assert part.headers["Content-Type"] == "application/vnd.pmtiles"
    assert whole.startswith(b"PMTiles")
    end = client.get(address, headers={"range": f"bytes={len(whole) - 10}-"})
    assert end.content == whole[-10:]
    assert client.get(address, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    assert client.get(address.replace("structures", "communes")).status_code == 404


def test_the_directory_of_the_country_draws_the_tiles_and_a_filtered_one_its_points(address):
    client = Client()
    assert f'data-tiles="{address}"' in client.get("/structures/").content.decode()
    # A form sent empty, or the country named, ask for no part of it.
    for everything in ("t=&vend=&q=", "territoire=fr", "t=France&tri=commune"):
        assert "data-tiles" in client.get(f"/structures/?{everything}").content.decode(), everything
    for part in ("t=23077", "q=jardin", "le=2023-06-15"):
        assert "data-tiles" not in client.get(f"/structures/?{part}").content.decode(), part


def test_a_map_around_a_commune_shows_as_far_as_one_asked_whatever_strays():
    """Ten kilometres are 0.0899 degrees of a meridian, 0.1294 of the 46th parallel."""
    square = [[[1.9, 45.9], [2.1, 45.9], [2.1, 46.1], [1.9, 46.1], [1.9, 45.9]]]
    commune = resolve(opened().atlas, "23096", on=date(2026, 11, 28))
    ground = [{"geometry": {"type": "Polygon", "coordinates": square}}]
    around = _framed(ground, DirectoryQuery(commune, radius_km=10))["cadre"]
    assert around == pytest.approx([1.7706, 45.8101, 2.2294, 46.1899], abs=1e-3)
    assert _framed(ground, DirectoryQuery(commune)) == {}


def test_the_country_is_drawn_at_once_with_its_legend_and_who_made_its_outlines(address):
    page = Client().get("/structures/").content.decode()
    near = country_of(opened().atlas).by_scale["communes"]
    words_near = [words for _, words in words_of(near)]
    assert len(near) > 1
    for words in ("nombre inconnu", "aucune", "1 et plus", *words_near, "Licence Ouverte"):
        assert words in page.replace("\u202f", " ").replace("\u00a0", " ")
    creuse = re.search(r't=dep:23" tabindex="-1"><path class="part-(.)"[^>]*><title>Creuse : (\d+)', page)
    assert creuse
    assert creuse[1] == "1"
    assert int(creuse[2]) == counts_of(opened().atlas)["23"]
    assert re.search(r'<path class="part-inconnu"[^>]*><title>Haute-Vienne : nombre inconnu', page)
    assert "Ouvrir la carte" in page
    # The map of tiles shades by the same steps.
    assert json.loads(html.unescape(re.search(r'data-steps="([^"]*)"', page)[1])) == {
        "departements": [1],
        "communes": list(near),
    }


@given(st.lists(st.none() | st.integers(0, 60_000), max_size=101))
def test_a_place_takes_the_shade_that_its_legend_says(counts):
    steps = steps_of(counts)
    told = dict(words_of(steps))
    for count in filter(None, counts):
        words = re.sub(r"(?<=\d)\s(?=\d)", "", told[shade_of(count, steps)])
        least, *most = (int(one) for one in re.findall(r"\d+", words))
        assert least <= count <= (most or [least if "plus" not in words else count])[0]
    assert shade_of(0, steps) == "0"
    assert shade_of(None, steps) == "inconnu"


@pytest.mark.parametrize("scale", [1, 40, 1_000])
def test_places_are_parted_in_three_whatever_the_size_of_the_register(scale):
    counts = [scale * number for number in range(1, 91)]
    steps = steps_of(counts)
    shared = Counter(shade_of(count, steps) for count in counts)
    assert all(27 <= shared[shade] <= 33 for shade in ("1", "2", "3"))


def test_past_what_a_workbook_holds_the_list_is_offered_as_csv_and_a_workbook_is_refused_with_the_way_out(
    monkeypatch,
):
    client = Client()
    assert "structures/export.xlsx?t=dep%3A23" in client.get("/structures/?t=dep:23").content.decode()
    for module in ("web.structures.views", "reports.structures.sheet"):
        monkeypatch.setattr(f"ancrage.{module}.MOST_IN_WORKBOOK", 10)
    cache.clear()
    page = client.get("/structures/?t=dep:23").content.decode()
    assert 'href="/structures/export.csv?t=dep%3A23" download' in page
    assert "Tableur (XLSX)" not in page
    refused = client.get("/structures/export.xlsx?t=dep:23")
    assert refused.status_code == 400
    assert "CSV, sans limite" in refused.content.decode()
