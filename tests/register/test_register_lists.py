"""The list of ESS France, and the inclusion enterprises placed in their commune and their QPV."""

import json

import numpy as np
import pyarrow as pa
import pytest
from shapely import box

from ancrage.errors import SourceContentError
from ancrage.register.list_layouts import OTHER_LISTS
from ancrage.register.lists import LISTED_SCHEMA, ListFile, read_ess_list, read_lists, read_structures
from ancrage.register.localities import TownLookup
from ancrage.register.placement import QpvList, without_list
from ancrage.register.siae import Whereabouts, place_structures
from ancrage.register.stock import connect
from ancrage.register.tables import SIAE
from ancrage.territories.geometry.assignment import ZoneIndex


@pytest.fixture(scope="module")
def real(mirror, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("siae")
    return read_structures(connect(scratch), mirror / "siae" / "siae-2020-12.csv.gz", scratch)


@pytest.mark.mirror
def test_every_real_inclusion_enterprise_is_kept_or_rejected_with_its_reason(real):
    assert real.read == 3853 == real.rows.num_rows + real.rejects.num_rows
    assert set(real.rejects["reason"].to_pylist()) == {"clé du SIRET fausse"}
    assert "12345678901234" in real.rejects["key"].to_pylist()
    assert real.rejects.num_rows == 13


@pytest.mark.mirror
def test_a_siret_may_be_listed_under_two_kinds(real):
    keys = list(zip(real.rows["siret"].to_pylist(), real.rows["kind"].to_pylist(), strict=True))
    assert len(keys) == len(set(keys))
    assert len(keys) - len({siret for siret, _ in keys}) == 12
    assert {kind for siret, kind in keys if siret == "38899178800042"} == {"ACI", "AI"}


@pytest.mark.mirror
def test_structures_without_coordinates_are_kept(real):
    # 33 in the file, of which one has a made-up SIRET (12345678901234) and is rejected.
    assert real.rows["longitude"].null_count == 32


@pytest.mark.mirror
def test_the_activity_of_every_enterprise_that_publishes_one_is_read(real):
    """3,782 of 3,853 in the file, of which some on the thirteen rows set aside."""
    rows = real.rows.to_pylist()
    assert sum(row["naf"] is not None for row in rows) == 3776
    assert all(len(row["naf"]) == 6 and row["naf"][2] == "." for row in rows if row["naf"])
    assert all(row["departement"] for row in rows)
    (baluchon,) = [row for row in rows if row["siret"] == "80746931700018"]
    assert (baluchon["naf"], baluchon["departement"]) == ("56.21Z", "93")
    assert baluchon["name"] == "BALUCHON A TABLE CITOYENS"
    assert baluchon["brand"] == "Baluchon-À table citoyens"
    assert baluchon["website"] == "http://www.baluchon.fr"
    assert (baluchon["address"], baluchon["city"]) == ("Rue Madeleine Odru", "Romainville")


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("source", "file", "read", "usable"),
    [("esat", "esat-liste-officielle", 1504, 1398), ("geiq", "geiq-labellises", 260, 241)],
)
def test_other_lists_of_structures_are_read_every_row_kept_or_told(
    mirror, tmp_path, source, file, read, usable
):
    (layout,) = [one for one in OTHER_LISTS if one.source == source]
    found = read_structures(connect(tmp_path), mirror / f"accompagnement/{file}.csv.gz", tmp_path, layout)
    assert (found.read, found.rows.num_rows) == (read, usable)
    assert found.rejects.num_rows == read - usable
    assert set(found.rows["kind"].to_pylist()) == {source.upper()}


@pytest.mark.mirror
def test_the_zeros_that_a_spreadsheet_took_from_the_list_of_esat_are_given_back(mirror, tmp_path):
    path = mirror / "accompagnement/esat-liste-officielle.csv.gz"
    rows = read_structures(connect(tmp_path), path, tmp_path, OTHER_LISTS[0]).rows.to_pylist()
    (one,) = [row for row in rows if row["siret"] == "77554456201361"]
    assert (one["commune"], one["postcode"], one["departement"]) == ("01047", "01150", "01")
    assert (one["capacity"], one["holder"], one["legal_form"]) == (9, "ORSAC", "Ass.L.1901 R.U.P.")


@pytest.mark.mirror
def test_the_recorded_answer_of_the_ess_list_is_read(mirror, tmp_path):
    answer = mirror / "api" / "autres" / "api-data-gouv-ess.json"
    assert read_ess_list(connect(tmp_path), answer, tmp_path).rows["siren"].to_pylist() == ["800329849"]


def test_a_siren_that_lost_its_zeros_is_found_again_and_a_repeated_one_counts_once(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Nom;SIREN\nA;5880034\nB;130025265\nC;130025265\nD;130025266\nE;\n", encoding="utf-8")
    con = connect(tmp_path)
    lists = read_lists(con, ListFile(path), (), tmp_path)
    assert con.to_pyarrow(lists.ess_rows.rows.count()).as_py() == 2
    assert lists.rejects["reason"].to_pylist() == ["clé du SIREN fausse", "SIREN absent ou illisible"]
    assert lists.accounts[0].balanced


def test_an_answer_that_is_not_the_list_is_refused(tmp_path):
    path = tmp_path / "liste.json"
    path.write_text(json.dumps({"erreur": "429"}), encoding="utf-8")
    with pytest.raises(SourceContentError, match="tabulaire"):
        read_ess_list(connect(tmp_path), path, tmp_path)


def test_the_same_siret_and_kind_twice_is_rejected(tmp_path):
    path = tmp_path / "siae.csv"
    path.write_text(
        "siret,kind\n13002526500013,EI\n13002526500013,EI\n13002526500013,ACI\n", encoding="utf-8"
    )
    found = read_structures(connect(tmp_path), path, tmp_path)
    assert found.rows["kind"].to_pylist() == ["EI", "ACI"]
    assert found.rejects["reason"].to_pylist() == ["même SIRET et même type qu'une ligne précédente"]


TOWNS = TownLookup.of([("23096", "Guéret", "23000"), ("23176", "La Souterraine", "23300")])


def listed(**cells):
    row = (
        dict.fromkeys(LISTED_SCHEMA.names)
        | {
            "list": "siae",
            "siret": "13002526500013",
            "kind": "ACI",
            "name": "ESSAI",
            "postcode": "23000",
            "city": "GUERET",
            "longitude": 1.87,
            "latitude": 46.17,
            "fictitious": False,
        }
        | cells
    )
    return pa.Table.from_pylist([row], LISTED_SCHEMA)


def outlines(code):
    return lambda longitude, _: [code if np.isfinite(x) else None for x in longitude]


def placed(table, code=None, place=without_list):
    where = Whereabouts(TOWNS, outlines(code), {"23096": "200034825"}, {"23096": ["crte-75-23-1"]})
    return place_structures(table, where, place).siae.to_pylist()[0]


def test_the_town_decides_and_brings_its_epci_and_its_contracts():
    row = placed(listed(), "23096")
    assert (row["commune"], row["epci"], row["crte"]) == ("23096", "200034825", ["crte-75-23-1"])
    assert row["commune_reason"] == "Adresse « 23000 GUERET », confirmée par les coordonnées."


def test_coordinates_next_door_do_not_move_it_but_are_told():
    row = placed(listed(), "23176")
    assert row["commune"] == "23096"
    assert "contour simplifié de 23176" in row["commune_reason"]


def test_coordinates_decide_where_the_town_says_nothing():
    row = placed(listed(city="ANCIENNE COMMUNE"), "23176")
    assert (row["commune"], row["epci"], row["crte"]) == ("23176", None, None)
    assert row["commune_reason"].startswith("Coordonnées")


def test_a_structure_that_cannot_be_placed_says_why():
    row = placed(listed(city=None, postcode=None, longitude=None, latitude=None))
    assert (row["commune"], row["qpv"]) == (None, "a_verifier")
    assert "introuvable" in row["commune_reason"]
    assert "coordonnées manquent" in row["commune_reason"]


def test_the_commune_that_a_list_gives_by_its_code_comes_before_its_name():
    row = placed(listed(commune="23096", city="La Souterraine", postcode="23300"))
    assert (row["commune"], row["commune_reason"]) == ("23096", "Code de la commune donné par la liste.")
    assert placed(listed(commune="99999"))["commune"] == "23096"


def test_only_the_list_of_siae_makes_the_table_of_siae():
    where = Whereabouts(TOWNS, outlines(None))
    both = pa.concat_tables([listed(brand="Enseigne"), listed(list="esat", kind="ESAT", naf="88.10C")])
    found = place_structures(both, where, without_list)
    assert [(row["kind"], row["name"]) for row in found.siae.to_pylist()] == [("ACI", "Enseigne")]
    kept = {row["list"]: row for row in found.structures.to_pylist()}
    assert (kept["siae"]["name"], kept["siae"]["brand"]) == ("ESSAI", "Enseigne")
    assert (kept["esat"]["naf"], kept["esat"]["section"]) == ("88.10C", "Q")


def test_an_arrondissement_is_asked_as_its_commune():
    index = ZoneIndex.build([box(2.0, 48.0, 3.0, 49.0)], ["QN07501M"])
    place = QpvList(index, {"75056": (("QN07501M", "Quartier"),)}, (), {"75118": "75056"})
    found = place(np.array([2.5]), np.array([48.5]), ["75118"], [None], np.array([np.nan]))
    assert (str(found.verdicts[0]), found.codes[0]) == ("oui", ("QN07501M",))


def test_an_empty_list_gives_an_empty_table():
    nothing = place_structures(listed().slice(0, 0), Whereabouts(TOWNS, outlines(None)), without_list)
    assert nothing.siae.num_rows == nothing.structures.num_rows == 0
    assert SIAE.key == ("siret", "kind")
