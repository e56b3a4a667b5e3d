"""The search box finds what is typed, begun or mistyped, and never names what is hidden."""

import json
import multiprocessing
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.aids.imports.importing import import_readings
from ancrage.aids.imports.reading import read_file
from ancrage.register.directory.table import open_directory
from ancrage.search import index
from ancrage.search.index import open_index
from ancrage.search.suggestion import Found
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Warehouse


@pytest.fixture(scope="module")
def real_box(real_atlas, real_data):
    return open_index(real_atlas, real_data / "cache", data=real_data)


@pytest.fixture(scope="module")
def box(embedded_atlas, nothing, kept):
    return open_index(embedded_atlas, kept, data=nothing)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Faux-la-Montagne", "23077"),
        ("faux la mont", "23077"),
        ("fau la montagne", "23077"),
        ("FAUX LA MONTAGNE", "23077"),
        ("Guéret", "23096"),
        ("gueret", "23096"),
        ("guerte", "23096"),
        ("Creuse", "dep:23"),
        ("Nouvelle-Aquitaine", "reg:75"),
        ("23077", "23077"),
        ("200044014", "200044014"),
        ("st étienne", "42218"),
        ("la reunion", "dep:974"),
        ("marseille 3e", "13203"),
    ],
)
def test_a_territory_is_found_however_it_is_typed(box, typed, code):
    assert code in [one.code for one in box.suggest(typed, kinds=[Found.TERRITORY])][:3]


def test_homonyms_are_told_apart_by_their_departement(box):
    found = [one for one in box.suggest("Saint-Denis", limit=8) if one.kind is Found.TERRITORY]
    assert len({one.detail for one in found}) == len(found) > 1


def test_a_postcode_gives_its_communes(box):
    assert "23077" in {one.code for one in box.suggest("23340", limit=20, kinds=[Found.TERRITORY])}


@pytest.mark.parametrize(
    "typed", ["ASSOC CAC BANQUE DE MEUBLES", "banque meub", "banqe meubles", "30542045700031"]
)
def test_a_real_structure_is_found_by_its_words_begun_or_mistyped_and_by_its_siret(real_box, typed):
    assert "30542045700031" in {one.code for one in real_box.suggest(typed, kinds=[Found.STRUCTURE])}


def test_a_siren_gives_every_establishment_of_the_unit(real_box, real_atlas):
    open_directory(real_atlas.warehouse)
    row = real_atlas.warehouse.row(
        "SELECT siren, list(siret) AS sirets FROM structure_directory GROUP BY siren "
        "HAVING count(*) BETWEEN 2 AND 8 ORDER BY siren"
    )
    assert {one.code for one in real_box.suggest(row["siren"], limit=20)} == set(row["sirets"])


@pytest.mark.parametrize("typed", ["PTCE", "entreprise adaptée", "dispositif local d'accompagnement"])
def test_an_aid_is_found_by_its_words(box, typed):
    found = box.suggest(typed, kinds=[Found.AID])
    assert found
    assert all(one.kind is Found.AID for one in found)


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("qpv gueret", Found.TERRITORY, "qpv:QN02301M"),
        ("recyclerie limoges", Found.TERRITORY, "87085"),
        ("Saint-Denis (93)", Found.TERRITORY, "93066"),
        ("PACA", Found.TERRITORY, "reg:93"),
        ("cran gevrier", Found.TERRITORY, "74010"),
        ("qpv", Found.TERM, "les-territoires:qpv"),
        ("ambiance bois", Found.MONOGRAPH, "ambiance_bois"),
        ("marchés réservés", Found.TOOL, None),
        ("commande publique", Found.LEVER, "3"),
        ("aide embauche", Found.AID, None),
    ],
)
def test_any_kind_of_thing_is_found_by_some_of_its_words(box, typed, kind, code):
    found = [one for one in box.suggest(typed, limit=30) if one.kind is kind]
    assert found
    assert code is None or code in {one.code for one in found[:3]}


def test_only_the_kinds_asked_answer(box):
    found = box.suggest("commande publique", limit=30, kinds=[Found.LEVER, Found.TOOL])
    assert {one.kind for one in found} == {Found.LEVER, Found.TOOL}


def test_a_word_that_names_a_kind_puts_it_first(box):
    assert box.suggest("aide embauche")[0].kind is Found.AID
    assert box.suggest("outil commande publique")[0].kind is Found.TOOL


def test_a_territory_is_shown_with_its_departement_and_its_inhabitants_once(box):
    (gueret,) = [one for one in box.suggest("Guéret", limit=30) if one.code == "23096"]
    assert gueret.detail.startswith("commune, Creuse (23), 12")
    assert gueret.detail.endswith("habitants")
    assert [one.code for one in box.suggest("75116", limit=30)].count("75116") == 1


def test_a_former_commune_is_told_with_what_it_became(box):
    (found,) = [one for one in box.suggest("Cran-Gevrier", limit=30) if one.code == "74010"]
    assert "ancien nom : Cran-Gevrier (74093)" in found.detail


def test_a_hidden_structure_is_found_by_its_code_without_its_name(box, embedded_atlas):
    open_directory(embedded_atlas.warehouse)
    hidden = embedded_atlas.warehouse.rows(
        "SELECT d.siret, e.name FROM structure_directory d LEFT JOIN ess_establishment e USING (siret) "
        "WHERE NOT d.diffusible"
    )
    assert hidden
    for row in hidden:
        (found,) = box.suggest(row["siret"], kinds=[Found.STRUCTURE])
        assert found.title == "Structure au nom non diffusible"
        if row["name"]:
            assert row["siret"] not in {one.code for one in box.suggest(row["name"], limit=50)}


def test_what_is_fictitious_is_marked(box):
    found = box.suggest("association", limit=50, kinds=[Found.STRUCTURE])
    assert found
    assert all(one.fictitious for one in found)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_has_an_answer_and_the_best_comes_first(box, typed):
    found = box.suggest(typed, limit=8)
    assert len(found) <= 8
    assert len({(one.kind, one.code) for one in found}) == len(found)
    assert all(55 <= one.score <= 100 for one in found)


@pytest.mark.parametrize("typed", ["", "   ", "!?…", "zzzzqqqqxxxx"])
def test_what_means_nothing_finds_nothing(box, typed):
    assert box.suggest(typed) == ()


def test_the_index_is_built_once_then_read_back(embedded_atlas, tmp_path):
    first = open_index(embedded_atlas, tmp_path)
    (folder,) = tmp_path.glob("annuaire-*/")
    built = {each.name: each.stat().st_mtime_ns for each in folder.iterdir()}
    again = open_index(embedded_atlas, tmp_path)
    assert {each.name: each.stat().st_mtime_ns for each in folder.iterdir()} == built
    assert len(again) == len(first)
    assert again.suggest("gueret") == first.suggest("gueret")


def test_an_aid_that_is_imported_is_found_as_if_all_had_been_indexed_again(
    embedded_atlas, tmp_path, monkeypatch
):
    data, cache = tmp_path / "data", tmp_path / "cache"
    before = open_index(embedded_atlas, cache, data=data)
    file = tmp_path / "aides.json"
    aid = {
        "id": "zebre",
        "titre": "Aide zébrée des associations de Guéret",
        "eligibilityData": {"company": {"allowedNafSections": ["A"]}},
    }
    file.write_text(json.dumps([aid]), encoding="utf-8")
    import_readings(data, [read_file(file, on=date(2026, 11, 24))])
    whole = open_index(embedded_atlas, tmp_path / "autre", data=data)
    monkeypatch.setattr(index, "structure_entries", pytest.fail)
    added = open_index(embedded_atlas, cache, data=data)
    assert len(added) == len(whole) == len(before) + 1
    assert before.suggest("zebree", kinds=(Found.AID,)) == ()
    assert [one.code for one in added.suggest("zebree", kinds=(Found.AID,))] == ["mte:zebre"]
    for typed in ("zebree", "associations", "aide embauche", "fonds gueret associations", "creuse"):
        assert added.suggest(typed, 40) == whole.suggest(typed, 40) != ()


def test_a_damaged_index_is_built_again(embedded_atlas, tmp_path):
    whole = len(open_index(embedded_atlas, tmp_path))
    (folder,) = tmp_path.glob("annuaire-*/")
    (folder / "meta.json").write_text("{", encoding="utf-8")
    assert len(open_index(embedded_atlas, tmp_path)) == whole


def test_without_a_folder_to_write_in_the_index_is_in_memory(embedded_atlas, tmp_path):
    shut = tmp_path / "fichier"
    shut.write_text("", encoding="utf-8")
    assert open_index(embedded_atlas, shut / "cache").suggest("gueret")


def _size(embedded, cache, told):
    with Warehouse(embedded) as warehouse:
        told.put(len(open_index(Atlas(warehouse, today=date(2026, 11, 23)), cache)))


def test_two_processes_that_ask_together_have_the_same_index(embedded, tmp_path):
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    both = [context.Process(target=_size, args=(embedded, tmp_path, told)) for _ in range(2)]
    for one in both:
        one.start()
    sizes = {told.get(timeout=120) for _ in both}
    for one in both:
        one.join(60)
    assert len(sizes) == 1
    assert len([*tmp_path.glob("annuaire-*/"), *tmp_path.glob("structures-*/")]) == 2
