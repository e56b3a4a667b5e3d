"""The real command that searches aids."""

import json

import pytest

from ancrage.aids.search.territories import coverage_codes
from ancrage.errors import InvalidDayError, UnknownTerritoryError
from ancrage.territories.resolving import resolve


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("recherche")


@pytest.fixture(scope="module")
def asked(ancrage, folder):
    def ask(*arguments):
        done = ancrage("aides", "chercher", *arguments, "--format", "json", data=folder)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def identifiers(answer):
    return [aid["id"] for aid in answer["aids"]]


def test_a_misspelt_word_finds_its_aid_and_says_how_it_was_read(asked):
    answer = asked("urgensess")
    assert identifiers(answer) == ["urgencess"]
    assert answer["read"] == {"urgensess": ["urgencess"]}
    (aid,) = answer["aids"]
    assert aid["in_force"] == "non"
    assert aid["found"][0]["field"] == "name"
    assert (aid["provenance"], aid["licence"]) == ("Catalogue d'Ancrage", "AGPL-3.0-or-later")


def test_a_commune_sees_the_aids_of_its_region_and_not_of_another(asked):
    assert "oser_entreprendre" in identifiers(asked("oser", "--territoire", "44109"))
    assert identifiers(asked("oser", "--territoire", "23077")) == []


def test_filters_meet(asked):
    answer = asked("", "--public", "collectivite", "--on", "2021-03-31", "--limite", "1000")
    assert answer["total"] == len(answer["aids"]) > 5
    assert all("collectivite" in aid["audience"] for aid in answer["aids"])
    assert {aid["in_force"] for aid in answer["aids"]} <= {"oui", "a_verifier"}
    fewer = asked("", "--public", "collectivite", "--on", "2021-03-31", "--nature", "contrat")
    assert 0 < fewer["total"] < answer["total"]


def test_the_limit_cuts_and_the_total_stays(asked):
    answer = asked("association", "--limite", "2")
    assert len(answer["aids"]) == 2
    assert answer["total"] > 2


def test_the_terminal_tells_where_words_were_found_and_whether_the_aid_is_in_force(ancrage, folder):
    shown = ancrage("aides", "chercher", "trezorerie", "--on", "2021-03-31", data=folder).stdout
    plain = " ".join(shown.replace("\u00a0", " ").split())
    assert "« trezorerie » : lu « trésorerie »" in plain
    assert "Trouvé dans : nom" in plain
    assert "En vigueur au 31 mars 2021" in plain
    assert "ancrage aides montrer" in plain


def test_nothing_found_is_an_answer_with_near_words(ancrage, folder):
    done = ancrage("aides", "chercher", "kooperrattivves", data=folder)
    assert done.returncode == 0
    assert "Aucune aide trouvée." in done.stdout
    assert "Mots proches : « coop" in done.stdout.replace("\u00a0", " ")


def test_the_index_is_kept_in_the_cache_of_the_data_folder(asked, folder):
    asked("association")
    (kept,) = (folder / "cache").glob("recherche-*")
    assert (kept / "meta.json").is_file()


def test_a_cache_that_cannot_be_written_is_not_needed(ancrage, tmp_path):
    (tmp_path / "cache").write_text("un fichier à la place du dossier")
    done = ancrage("aides", "chercher", "urgencess", "--format", "json", data=tmp_path)
    assert identifiers(json.loads(done.stdout)) == ["urgencess"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("a", "--territoire", "99999"), UnknownTerritoryError.exit_code, "99999"),
        (("a", "--on", "2021-02-30"), InvalidDayError.exit_code, "2021-02-30"),
        (("a", "--theme", "poney"), 2, "poney"),
        (("a", "--limite", "0"), 2, "--limite"),
    ],
)
def test_a_mistake_is_told_without_a_traceback(ancrage, folder, arguments, code, told):
    done = ancrage("aides", "chercher", *arguments, data=folder)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("23077", {"fr", "com:23077", "epci:200044014", "dep:23", "reg:75"}),
        ("dep:2A", {"fr", "dep:2A", "reg:94"}),
        ("reg:75", {"fr", "reg:75"}),
        ("fr", {"fr"}),
        ("75101", {"fr", "com:75056", "dep:75", "reg:11"}),
    ],
)
def test_a_territory_is_covered_by_its_own_code_and_those_of_its_parents(embedded_atlas, typed, codes):
    from datetime import date

    territory = resolve(embedded_atlas, typed, on=date(2026, 11, 23))
    assert coverage_codes(territory) >= codes
    assert {code.split(":")[0] for code in coverage_codes(territory) - codes} <= {"epci"}
