"""Files of places: every shape, every defect said, and the real ones."""

import gzip
import json
from datetime import date

import pytest

from ancrage.coverage.places import Zone, ZoneKind, joined
from ancrage.coverage.placing import Ground, in_france
from ancrage.coverage.reading import read_directory
from ancrage.errors import SupportFileError
from ancrage.territories.commune_codes import CommuneCodes
from workbooks import ods, xlsx

CODES = CommuneCodes(
    {"23077": "Faux-la-Montagne", "75056": "Paris", "74010": "Annecy", "49018": "A", "49138": "B"},
    {"75101": "75056"},
    {"74093": {"74010": date(2017, 1, 1)}, "49101": dict.fromkeys(("49018", "49138"), date(2016, 1, 1))},
)
GROUND = Ground(CODES, {"23077": (1.93, 45.75), "74010": (6.12, 45.9)})
HEADER = "id,nom,code_insee,longitude,latitude,reseau_porteur,zone_diffusion_type,"
HEADER += "zone_diffusion_code,modes_accueil"


def written(tmp_path, *rows, name="lieux.csv", header=HEADER):
    path = tmp_path / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_exchange_schema_says_where_whom_and_how(tmp_path):
    row = '1,Antenne,23077,1.9,45.7,france-active,departement,"23, 87",en-presentiel|a-distance'
    place = read_directory(written(tmp_path, row), GROUND).places[0]
    assert (place.kind, place.commune, place.receives) == ("france_active", "23077", True)
    assert place.zones == (Zone(ZoneKind.DEPARTEMENT, "23"), Zone(ZoneKind.DEPARTEMENT, "87"))
    assert not place.by_commune


def test_a_place_without_coordinates_is_put_in_its_commune_and_says_so(tmp_path):
    place = read_directory(written(tmp_path, "1,Antenne,23077,,,dla,,,"), GROUND).places[0]
    assert (place.longitude, place.by_commune) == (1.93, True)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2,Loin,99999,13.4,52.5,dla,,,", "hors de France"),
        ("2,Échangé,99999,45.7,1.9,dla,,,", "échangées"),
        ("2,Illisible,99999,abc,45.7,dla,,,", "illisibles"),
        ("2,Nulle part,,,,dla,,,", "ni coordonnées"),
        ("2,,23077,1.9,45.7,dla,,,", "sans nom"),
    ],
)
def test_what_makes_no_place_is_listed_with_its_line_and_why(tmp_path, row, why):
    found = read_directory(written(tmp_path, "1,Bon,23077,1.9,45.7,dla,,,", row), GROUND)
    assert len(found.places) == 1
    assert found.rejected[0].where == "lieux.csv, ligne 3"
    assert why in found.rejected[0].why


def test_a_former_commune_is_carried_and_told_and_one_that_split_is_not_guessed(tmp_path):
    rows = ("1,Cran,74093,,,dla,,,", "2,Partagé,49101,1.9,45.7,dla,,,", "3,Autre,49101,,,dla,,,")
    found = read_directory(written(tmp_path, *rows), GROUND)
    assert [(one.commune, one.longitude) for one in found.places] == [("74010", 6.12), (None, 1.9)]
    assert [one.why for one in found.remarks] == [
        "Cran : la commune 74093 est devenue Annecy (74010) le 1er\u00a0janvier\u00a02017",
        "Partagé : la commune 49101 s'est partagée entre A (49018) et B (49138). "
        "Écrivez le code d'aujourd'hui.",
    ]
    assert found.rejected[0].where == "lieux.csv, ligne 4"
    assert "s'est partagée entre A (49018) et B (49138)" in found.rejected[0].why


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_of_places_is_read(tmp_path, write):
    titles = ("Nom", "Latitude", "Longitude", "Code INSEE")
    rows = (titles, ("Antenne", 45.7, 1.9, 23077), ("Siège", None, None, 74093))
    found = read_directory(write(tmp_path / "lieux.xlsx", {"Lieux": rows}), GROUND, kind="dla")
    assert [(one.name, one.commune, one.longitude) for one in found.places] == [
        ("Antenne", "23077", 1.9),
        ("Siège", "74010", 6.12),
    ]


def test_wrong_coordinates_of_a_known_commune_fall_back_on_it_and_it_is_said(tmp_path):
    found = read_directory(written(tmp_path, "1,Bon,23077,0,0,dla,,,"), GROUND)
    assert found.places[0].by_commune
    assert [(one.where, one.why) for one in found.moved] == [
        ("lieux.csv, ligne 2", "Bon : hors de France (0 ; 0), placé au point de sa commune")
    ]


V1 = {"id": "1", "nom": "Bon", "code_insee": "23077"}


def read_json(tmp_path, document):
    path = tmp_path / "lieux.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_directory(path, GROUND)


def test_a_service_of_version_1_says_whom_it_serves_and_its_zones_by_their_codes(tmp_path):
    zones = ["23", "2A", "974", "200044014", "23077", "perdu"]
    row = V1 | {"zone_eligibilite": zones, "publics": ["residents-qpv-frr"], "modes_accueil": ["a-distance"]}
    place = read_json(tmp_path, [row]).places[0]
    assert place.publics == ("residents-qpv-frr",)
    assert not place.receives
    assert [zone.kind.value for zone in place.zones] == ["departement"] * 3 + ["epci", "commune"]
    assert read_json(tmp_path, [V1 | {"zone_eligibilite": ["france"]}]).places[0].zones == (
        Zone(ZoneKind.PAYS),
    )


def test_a_structure_of_version_1_is_of_the_first_network_we_know(tmp_path):
    place = read_json(tmp_path, [V1 | {"reseaux_porteurs": ["association", "france-services"]}]).places[0]
    assert place.kind == "france_services"


def test_a_list_written_in_a_cell_of_csv_is_a_list(tmp_path):
    header = "id,nom,code_insee,zone_eligibilite,publics"
    row = '1,Bon,23077,"[""23"", ""87""]",femmes|jeunes'
    place = read_directory(written(tmp_path, row, header=header), GROUND).places[0]
    assert place.zones == (Zone(ZoneKind.DEPARTEMENT, "23"), Zone(ZoneKind.DEPARTEMENT, "87"))
    assert place.publics == ("femmes", "jeunes")


@pytest.mark.parametrize("version", ["1", "1.0.0", 0, "v1", "data.inclusion/1.2", "0.24.0"])
def test_a_version_of_the_schema_that_is_read(tmp_path, version):
    assert read_json(tmp_path, {"schema": version, "items": [V1]}).places


@pytest.mark.parametrize("version", ["2", "2.1.0", 3, "v9", "data.inclusion/2"])
def test_a_version_of_the_schema_that_is_not_read_is_refused(tmp_path, version):
    with pytest.raises(SupportFileError, match="version") as refused:
        read_json(tmp_path, {"version": version, "items": [V1]})
    assert "0 et 1" in refused.value.hint


def test_an_arrondissement_is_its_commune(tmp_path):
    place = read_directory(written(tmp_path, "1,Bon,75101,2.35,48.86,dla,,,"), GROUND).places[0]
    assert place.commune == "75056"


def test_the_same_place_twice_is_kept_once_and_said(tmp_path):
    rows = ["1,Bon,23077,1.9,45.7,dla,,,", "1,Autre,23077,1.8,45.7,dla,,,", "2,BON,23077,1.9,45.7,dla,,,"]
    found = read_directory(written(tmp_path, *rows), GROUND)
    assert len(found.places) == 1
    assert [one.where for one in found.merged] == ["lieux.csv, ligne 3", "lieux.csv, ligne 4"]
    assert len(joined([found, found]).places) == 1


def test_the_same_places_in_csv_geojson_and_json_are_the_same(tmp_path):
    rows = [{"id": "1", "nom": "Bon", "code_insee": "23077", "reseau_porteur": "dla"}]
    feature = {
        "type": "Feature",
        "properties": rows[0],
        "geometry": {"type": "Point", "coordinates": [1.9, 45.7]},
    }
    geo, plain = tmp_path / "lieux.geojson", tmp_path / "lieux.json.gz"
    geo.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    plain.write_bytes(
        gzip.compress(json.dumps({"items": [rows[0] | {"longitude": 1.9, "latitude": 45.7}]}).encode())
    )
    csv = written(tmp_path, "1,Bon,23077,1.9,45.7,dla,,,")
    found = [read_directory(path, GROUND).places[0] for path in (csv, geo, plain)]
    assert {(one.id, one.kind, one.longitude, one.latitude, one.commune) for one in found} == {
        ("1", "dla", 1.9, 45.7, "23077")
    }


@pytest.mark.parametrize(
    "content",
    ["", "a,b\n1,2\n", "{", '{"features": []}', "[]", "id,nom,code_insee\n1,Perdu,99999\n"],
)
def test_a_file_without_any_usable_place_is_refused(tmp_path, content):
    path = tmp_path / "lieux.csv"
    path.write_text(content)
    with pytest.raises(SupportFileError):
        read_directory(path, GROUND)


def test_a_file_of_no_known_schema_is_refused_with_its_line(tmp_path):
    path = tmp_path / "lieux.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(SupportFileError, match=r"lieux\.csv, ligne 2, colonnes : a, b"):
        read_directory(path, GROUND)


def test_an_unknown_network_is_refused_and_a_file_may_be_given_one(tmp_path):
    path = written(tmp_path, "1,Bon,23077,1.9,45.7,,,,")
    assert read_directory(path, GROUND, kind="incubateur").places[0].kind == "incubateur"
    assert read_directory(path, GROUND).places[0].kind == "autre"
    with pytest.raises(SupportFileError):
        read_directory(path, GROUND, kind="inconnu")


def test_french_lands_overseas_are_in_france():
    for longitude, latitude in ((2.35, 48.86), (-61.5, 16.2), (55.5, -21.1), (-52.3, 4.9), (45.2, -12.8)):
        assert in_france(longitude, latitude)
    assert not in_france(-0.1, 51.5)


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("name", "kind", "places", "rejected", "merged"),
    [
        ("france-services-2022-12.csv.gz", "france_services", 2683, 27, 0),
        ("france-services-2024.geojson.gz", "france_services", 2519, 0, 0),
        ("fabriques-de-territoire-2024.geojson.gz", "fabrique_de_territoire", 342, 0, 0),
        ("manufactures-de-proximite-2024.geojson.gz", "manufacture_de_proximite", 98, 0, 0),
        ("mediation-numerique-creuse.json.gz", "mediation_numerique", 91, 0, 0),
    ],
)
def test_the_real_files_are_read_whole(mirror, real_ground, name, kind, places, rejected, merged):
    found = read_directory(mirror / "accompagnement" / name, real_ground)
    assert found.kinds == {kind}
    assert len(found.places) + len(found.rejected) + len(found.merged) == places
    assert (len(found.rejected), len(found.merged)) == (rejected, merged)
