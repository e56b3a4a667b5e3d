"""Sets of communes that a person makes: joined by + or written in a file."""

from datetime import date

import pytest

from ancrage.errors import (
    AmbiguousTerritoryError,
    CeasedTerritoryError,
    SetDefinitionError,
    UnknownTerritoryError,
)
from ancrage.territories import members
from ancrage.territories.codes import Kind
from ancrage.territories.joining import designated_in_a_set
from ancrage.territories.resolving import resolve
from workbooks import ods, xlsx

TODAY = date(2026, 11, 23)


def test_a_set_is_the_union_of_its_members_each_commune_once(embedded_atlas):
    both = resolve(embedded_atlas, "23077+23096", on=TODAY)
    assert (both.kind, both.communes) == (Kind.ENSEMBLE, ("23077", "23096"))
    twice = resolve(embedded_atlas, "23077 + 23096+Guéret+23077", on=TODAY)
    assert (twice.communes, twice.population) == (both.communes, both.population)
    alone = [resolve(embedded_atlas, code, on=TODAY).population for code in both.communes]
    assert both.population == sum(alone)


def test_a_set_of_overlapping_territories_counts_a_commune_once(embedded_atlas):
    creuse = resolve(embedded_atlas, "dep:23", on=TODAY)
    assert resolve(embedded_atlas, "dep:23+200044014+23077", on=TODAY).communes == tuple(
        sorted({*creuse.communes, *resolve(embedded_atlas, "200044014", on=TODAY).communes})
    )


@pytest.mark.parametrize("typed", ["+", " + ", "++"])
def test_an_empty_set_is_refused(embedded_atlas, typed):
    with pytest.raises(SetDefinitionError, match="vide"):
        resolve(embedded_atlas, typed, on=TODAY)


@pytest.mark.parametrize("part", ["75101", "qpv:QN02301M"])
def test_a_set_is_made_of_whole_communes(embedded_atlas, part):
    with pytest.raises(SetDefinitionError, match="communes entières"):
        resolve(embedded_atlas, f"23077+{part}", on=TODAY)


@pytest.mark.parametrize(
    ("part", "failure"),
    [("75", AmbiguousTerritoryError), ("08227", CeasedTerritoryError), ("xqzxqz", UnknownTerritoryError)],
)
def test_one_wrong_member_stops_the_whole_set(embedded_atlas, part, failure):
    with pytest.raises(failure):
        resolve(embedded_atlas, f"23077+{part}", on=TODAY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_set_is_read_from_a_file_with_accents_comments_and_blank_lines(embedded_atlas, tmp_path, encoding):
    path = tmp_path / "vallée de la Creuse (2).txt"
    path.write_text("# mes communes\nGuéret\n\n23077  # Faux\nFaux-la-Montagne\n", encoding=encoding)
    territory = resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert territory.communes == ("23077", "23096")
    assert territory.name == "vallée de la Creuse (2)"
    assert str(territory.code) == "ens:vallée-de-la-Creuse-2"


def test_a_file_named_with_punctuation_alone_still_makes_a_set(embedded_atlas, tmp_path):
    path = tmp_path / "(!).txt"
    path.write_text("23077\r\n23096\r\n", encoding="utf-8")
    assert str(resolve(embedded_atlas, f"@{path}", on=TODAY).code) == "ens:ensemble"


@pytest.mark.parametrize(
    "written",
    [
        "Guéret\n23077\n".encode("cp1252"),
        "Guéret\n23077\n".encode("utf-16"),
        b'"23096"\n"23077"\n',
        "Nom;Code INSEE\nGuéret;23096\nFaux-la-Montagne;23077\n".encode(),
        b"Commune\tPopulation\n23096\t12000\n23077\t400\n",
    ],
)
def test_a_set_is_read_in_any_encoding_between_quotes_or_in_the_column_that_designates(
    embedded_atlas, tmp_path, written
):
    path = tmp_path / "mes.txt"
    path.write_bytes(written)
    assert resolve(embedded_atlas, f"@{path}", on=TODAY).communes == ("23077", "23096")


@pytest.mark.parametrize("write", [xlsx, ods])
@pytest.mark.parametrize("rows", [(("Guéret",), (23077,)), (("Pop.", "INSEE"), (9, 23096), (9, "23077"))])
def test_a_set_is_read_from_a_workbook(embedded_atlas, tmp_path, write, rows):
    path = write(tmp_path / "mes.xlsx", {"Feuille": rows})
    assert resolve(embedded_atlas, f"@{path}", on=TODAY).communes == ("23077", "23096")


def test_every_line_refused_is_named(embedded_atlas, tmp_path):
    path = tmp_path / "mes.txt"
    path.write_text("23077\nxqzxqz\nGuéret\n08227\n\nxqz\n", encoding="utf-8")
    with pytest.raises(UnknownTerritoryError) as refusal:
        resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert refusal.value.message.startswith("« mes.txt », ligne 2 : aucun territoire")
    assert refusal.value.message.endswith("Refusées aussi : lignes 4 et 6.")


def test_a_long_list_is_read_at_once_and_a_long_list_of_faults_stops_being_read(
    embedded_atlas, tmp_path, monkeypatch
):
    path, designated = tmp_path / "mes.txt", list[str]()
    monkeypatch.setattr(members, "designated_in_a_set", _noting(designated))
    path.write_text("23077\nGuéret\n" * 500 + "xqz\n" * 41, encoding="utf-8")
    with pytest.raises(UnknownTerritoryError) as refusal:
        resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert refusal.value.message.endswith(", 1020, 1021 et 20 autres au moins.")
    assert designated == ["Guéret", "xqz"]
    path.write_text("".join(f"xqz{number}\n" for number in range(300)), encoding="utf-8")
    with pytest.raises(UnknownTerritoryError) as refusal:
        resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert refusal.value.message.endswith(", 20, 21 et 20 autres au moins.")
    assert len(designated) == 2 + 41


def _noting(designated):
    def noted(atlas, part, on, **how):
        designated.append(part)
        return designated_in_a_set(atlas, part, on, **how)

    return noted


def test_a_set_file_that_is_absent_or_a_folder_is_refused(embedded_atlas, tmp_path):
    for path, said in ((tmp_path / "absent.txt", "introuvable"), (tmp_path, "")):
        with pytest.raises(SetDefinitionError) as refusal:
            resolve(embedded_atlas, f"@{path}", on=TODAY)
        assert path.name in refusal.value.message
        assert said in f"{refusal.value.message} {refusal.value.hint}"


def test_a_set_file_without_a_territory_is_refused(embedded_atlas, tmp_path):
    path = tmp_path / "vide.txt"
    path.write_text("# rien\n\n", encoding="utf-8")
    with pytest.raises(SetDefinitionError, match="vide"):
        resolve(embedded_atlas, f"@{path}", on=TODAY)


def test_a_line_of_a_set_file_that_no_name_could_be_is_refused_with_its_number(embedded_atlas, tmp_path):
    file = tmp_path / "mes.txt"
    file.write_text("23077\n" + "[" * 100_000 + "\n", encoding="utf-8")
    with pytest.raises(SetDefinitionError, match=r"« mes\.txt », ligne 2 : cette ligne est trop longue"):
        resolve(embedded_atlas, f"@{file}", on=TODAY)


def test_communes_of_old_in_a_set_are_carried_through_the_events_and_told(embedded_atlas, tmp_path):
    path = tmp_path / "mes.csv"
    path.write_text("Code INSEE;Nom\n23077;Faux\n74093;Cran-Gevrier\n14313;Grandchamp\n", encoding="utf-8")
    found = resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert found.communes == ("14431", "23077", "74010")
    assert found.note == (
        "Communes disparues, portées à ce jour : ligne 3, Annecy (74010), ancien nom : Cran-Gevrier (74093), "
        "devenue Annecy le 01/01/2017 ; ligne 4, Mézidon Vallée d'Auge (14431), ancien nom : Grandchamp "
        "(14313), devenue Mézidon Vallée d'Auge le 01/01/2017."
    )


@pytest.mark.parametrize("typed", ["23077+74093", "23077+Cran-Gevrier"])
def test_a_commune_of_old_joined_by_plus_is_carried_by_code_and_by_name(embedded_atlas, typed):
    found = resolve(embedded_atlas, typed, on=TODAY)
    assert found.communes == ("23077", "74010")
    assert "Cran-Gevrier (74093), devenue Annecy le 01/01/2017" in found.note


def test_a_commune_of_old_that_became_several_stops_the_set_with_its_line(embedded_atlas, tmp_path):
    path = tmp_path / "mes.txt"
    path.write_text("23077\n08227\n", encoding="utf-8")
    with pytest.raises(CeasedTerritoryError) as caught:
        resolve(embedded_atlas, f"@{path}", on=TODAY)
    assert "« mes.txt », ligne 2" in caught.value.message


def test_the_carried_communes_of_a_long_list_are_counted_past_twenty(embedded_atlas, tmp_path):
    gone = embedded_atlas.warehouse.rows(
        "SELECT DISTINCT code_before AS code FROM commune_event WHERE code_before[:2] = '49' "
        "AND kind_before = 'COM' AND kind_after = 'COM' AND code_before <> code_after "
        "AND effective_on BETWEEN '2015-12-01' AND '2016-02-01' ORDER BY 1 LIMIT 25"
    )
    path = tmp_path / "mes.txt"
    path.write_text("\n".join(row["code"] for row in gone), encoding="utf-8")
    note = resolve(embedded_atlas, f"@{path}", on=TODAY).note
    assert (note.count("ligne "), note.endswith(" ; 5\u00a0autres communes disparues.")) == (20, True)


def test_a_commune_of_old_alone_is_still_refused(embedded_atlas):
    with pytest.raises(CeasedTerritoryError, match="Cran-Gevrier"):
        resolve(embedded_atlas, "74093", on=TODAY)
