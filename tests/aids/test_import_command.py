"""Imports as people make them: files of any shape, what is kept, what is said twice, and mistakes."""

import csv
import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ancrage.aids.imports import texts
from ancrage.aids.imports.duplicates import Card, duplicates, same_address
from ancrage.aids.imports.importing import import_readings
from ancrage.aids.imports.reading import read_file
from ancrage.aids.imports.storing import keep, load, store_folder
from ancrage.dating import Period
from ancrage.errors import ImportFileError, StorageError

TODAY = date(2026, 11, 24)
FILES = (
    "mission-transition-ecologique-2026-06.json.gz",
    "format-dge-2026-06.csv.gz",
    "aides-territoires-periurbain-2023.csv",
)


@pytest.fixture(scope="module")
def imported(ancrage, mirror, tmp_path_factory):
    """A data folder where the three real files were imported by the command, and what it answered."""
    data = tmp_path_factory.mktemp("importees")
    files = [mirror / "aides" / name for name in FILES]
    done = ancrage("aides", "importer", *files, "--format", "json", data=data)
    assert done.returncode == 0, done.stderr
    return data, json.loads(done.stdout)


@pytest.mark.mirror
def test_the_three_real_files_are_recognised_and_imported_whole(imported):
    _, told = imported
    assert [(each["source"], each["imported"], each["rejected"]) for each in told["files"]] == [
        ("aides-transition-ecologique", 260, []),
        ("aides-dge", 190, []),
        ("aides-territoires", 274, []),
    ]


@pytest.mark.mirror
def test_what_is_kept_is_read_back_as_it_was(imported, mirror):
    data, _ = imported
    kept = {aid.id: aid for aid in load(data)}
    assert len(kept) == 724
    for name in FILES:
        for aid in read_file(mirror / "aides" / name, on=TODAY).aids:
            again = kept[aid.id]
            assert (again.name, again.conditions, again.raw) == (aid.name, aid.conditions, aid.raw)
            assert again.provenance.file == name


@pytest.mark.mirror
def test_each_aid_of_the_exchange_file_is_seen_as_a_programme_of_the_same_site(imported):
    data, told = imported
    pairs = {(one["first"].split(":")[0], one["second"].split(":")[0]) for one in told["duplicates"]}
    assert {("mte", "dge"), ("at", "at")} <= pairs
    with_programmes = {one["second"] for one in told["duplicates"] if one["first"].startswith("mte:")}
    of_the_exchange = {aid.id: aid for aid in load(data) if aid.source == "aides-dge"}
    (alone,) = set(of_the_exchange) - with_programmes
    assert "cheque-vert-grand-est" in of_the_exchange[alone].desk, "its programme has left the site"
    with Path(told["duplicates_file"]).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file, delimiter=";"))) == len(told["duplicates"])
    assert len(load(data)) == 724, "nothing is merged"


@pytest.mark.mirror
def test_days_that_the_exchange_file_turned_round_are_said(imported):
    _, told = imported
    (pair,) = [one for one in told["duplicates"] if one["first"] == "mte:accelerateur-decarbonation"]
    assert (
        "ouverture au 06/02/2023 ou au 02/06/2023 : jour et mois intervertis dans l'une des deux"
        in pair["reasons"]
    )


@pytest.mark.mirror
def test_an_aid_of_the_catalogue_is_compared_too(imported):
    _, told = imported
    pairs = {(one["first"], one["second"]) for one in told["duplicates"]}
    assert ("mte:fonds-tourisme-durable", "france_relance_tourisme_durable") in pairs


@pytest.mark.mirror
def test_the_terminal_tells_counts_rejects_and_where_the_lists_are(ancrage, mirror, tmp_path):
    feed = mirror / "aides" / "flux-aides-territoires" / "departement_manche_data.json"
    done = ancrage("aides", "importer", feed, data=tmp_path)
    assert done.returncode == 0
    assert "9\u00a0aides importées, 1\u00a0rejetée" in done.stdout
    assert "✗ 6 : test 2023 1 : date_updated" in done.stdout
    assert "0\u00a0doublon probable" in done.stdout
    with (tmp_path / "aides" / "rejets.csv").open(encoding="utf-8-sig", newline="") as file:
        (reject,) = csv.DictReader(file, delimiter=";")
    assert (reject["fichier"], reject["ligne"]) == (feed.name, "6")


@pytest.mark.mirror
def test_an_import_takes_the_place_of_what_came_from_the_same_source_only(mirror, tmp_path):
    files = [read_file(mirror / "aides" / name, on=TODAY) for name in FILES[1:]]
    import_readings(tmp_path, files)
    feed = mirror / "aides" / "flux-aides-territoires" / "departement_drome_data.json"
    import_readings(tmp_path, [read_file(feed, on=TODAY)])
    counts = dict.fromkeys(("aides-dge", "aides-territoires"), 0)
    for aid in load(tmp_path):
        counts[aid.source] += 1
    assert counts == {"aides-dge": 190, "aides-territoires": 3}


@pytest.mark.mirror
def test_the_same_aid_in_two_files_of_one_import_is_told_once(mirror, tmp_path):
    path = mirror / "aides" / FILES[2]
    outcome = import_readings(tmp_path, [read_file(path, on=TODAY), read_file(path, on=TODAY)])
    assert [len(reading.aids) for reading in outcome.readings] == [274, 0]
    assert len(outcome.readings[1].rejects) == 274
    assert "est déjà dans" in outcome.readings[1].rejects[0].reason
    assert len(load(tmp_path)) == 274


def programme(identifier="essai", **changes):
    return {
        "id": identifier,
        "titre": "Un essai",
        "eligibilityData": {"company": {"allowedNafSections": ["A"]}},
        **changes,
    }


def bad_encoding(folder):
    file = folder / "latin.json"
    file.write_bytes('[\n{"titre":\n"été"}]'.encode("latin-1"))
    return file, "ligne 3 : ce n'est pas de l'UTF-8"


def not_json(folder):
    file = folder / "faute.json"
    file.write_text('[\n{"titre" "x"}]', encoding="utf-8")
    return file, "ligne 2 : ce n'est pas du JSON lisible"


def truncated_archive(folder):
    file = folder / "coupe.json.gz"
    file.write_bytes(gzip.compress(json.dumps([programme()] * 50).encode())[:-20])
    return file, "la compression gzip est coupée ou abîmée"


def truncated_text(folder):
    file = folder / "coupe.json"
    file.write_text('[\n{"eligibilityData": {', encoding="utf-8")
    return file, "ligne 2 : le fichier s'arrête avant la fin"


def empty(folder):
    file = folder / "vide.csv"
    file.write_bytes(b" \n")
    return file, "est vide"


def web_page(folder):
    file = folder / "page.csv"
    file.write_text("<!DOCTYPE html>\n<html></html>", encoding="utf-8")
    return file, "c'est une page web"


def missing_column(folder):
    file = folder / "colonnes.csv"
    file.write_text("Nom,Lien,Financeur,Descriptif\na,b,c,d\n", encoding="utf-8")
    return file, "il manque la colonne « Financeurs »"


def other_shape(folder):
    file = folder / "autre.json"
    file.write_text('{"aid": 1}', encoding="utf-8")
    return file, "le format n'est pas reconnu"


def nested(folder):
    file = folder / "emboite.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    return file, "emboite.json"


def absent(folder):
    return folder / "absent.json", "introuvable"


@pytest.mark.parametrize(
    "faulty",
    [
        *(bad_encoding, not_json, truncated_archive, truncated_text, empty, web_page),
        *(missing_column, other_shape, nested, absent),
    ],
)
def test_a_file_that_cannot_be_read_is_one_message_and_nothing_is_imported(faulty, tmp_path):
    sound = tmp_path / "bon.json"
    sound.write_text(json.dumps([programme()]), encoding="utf-8")
    file, told = faulty(tmp_path)
    with pytest.raises(ImportFileError) as caught:
        import_readings(tmp_path, [read_file(each, on=TODAY) for each in (sound, file)])
    assert told in caught.value.message
    assert file.name in caught.value.message
    assert caught.value.hint
    assert not store_folder(tmp_path).exists()


def test_an_archive_that_swells_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(texts, "READER", replace(texts.READER, largest=1 << 20))
    file = tmp_path / "enfle.json.gz"
    file.write_bytes(gzip.compress(b"[" + b" " * (2 << 20) + b"]"))
    with pytest.raises(ImportFileError, match="dépasse 1 Mo une fois décompressé"):
        read_file(file, on=TODAY)


def test_the_command_ends_with_its_own_code_and_without_a_traceback(ancrage, tmp_path):
    file, told = not_json(tmp_path)
    done = ancrage("aides", "importer", file, data=tmp_path)
    assert done.returncode == 43
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert ancrage("aides", "importer", data=tmp_path).returncode == 43


def test_the_source_said_is_the_one_read(ancrage, tmp_path):
    file = tmp_path / "essai.json"
    file.write_text(json.dumps([programme()]), encoding="utf-8")
    done = ancrage("aides", "importer", file, "--source", "dge", data=tmp_path)
    assert done.returncode == 43
    assert "il manque la colonne" in " ".join(done.stderr.split())


def test_a_folder_that_cannot_be_written_keeps_what_was_there(mirror, tmp_path):
    (tmp_path / "aides").write_text("un fichier", encoding="utf-8")
    with pytest.raises(StorageError):
        keep(tmp_path, "aides-dge", ())
    assert (tmp_path / "aides").read_text(encoding="utf-8") == "un fichier"


def test_nothing_imported_is_nothing(tmp_path):
    assert load(tmp_path) == ()


def card(identifier, **changes):
    said = {
        "source": identifier.split(":")[0],
        "name": "fonds de soutien aux epiceries rurales",
        "funder": "region bretagne",
        "links": frozenset(),
        "coverage": frozenset(),
        "period": None,
        **changes,
    }
    return Card(identifier, **said)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # one source tells a name twice: only the same funder makes it one aid
        ({"source": "at"}, {"source": "at"}, True),
        ({"source": "at"}, {"source": "at", "funder": "departement du tarn"}, False),
        # two sources: one name is enough, a near one needs the funder
        ({}, {"funder": "autre"}, True),
        ({}, {"name": "fonds de soutien aux epiceries rurales bio"}, True),
        ({}, {"name": "fonds de soutien aux epiceries rurales bio", "funder": "ademe"}, False),
        # regional variants are not one aid, unless they share a page
        ({"coverage": frozenset({"reg:53"})}, {"coverage": frozenset({"reg:75"})}, False),
        ({"coverage": frozenset({"reg:53"})}, {"coverage": frozenset({"fr"})}, True),
        ({"links": frozenset({"a.fr/x"})}, {"links": frozenset({"a.fr/x"}), "name": "tout autre"}, True),
        # two pages of one site are two aids when names differ
        (
            {"links": frozenset({"a.fr/x"})},
            {"links": frozenset({"a.fr/y"}), "name": "fonds de soutien aux epiceries rurales bio"},
            False,
        ),
        ({}, {"name": "pret d'honneur"}, False),
    ],
)
def test_two_aids_are_probably_one_when_enough_agrees(one, other, expected):
    pairs = duplicates([card("mte:a", **one)], [card("dge:b", **other)])
    assert bool(pairs) is expected


def test_a_pair_says_all_its_reasons():
    ours = card("mte:a", period=Period(date(2023, 2, 6), None), links=frozenset({"a.fr/x"}))
    theirs = card("dge:b", period=Period(date(2023, 6, 2), None), links=frozenset({"a.fr/x"}))
    (pair,) = duplicates([ours], [theirs])
    assert pair.reasons == (
        "même nom",
        "même financeur",
        "même adresse (a.fr/x)",
        "ouverture au 06/02/2023 ou au 02/06/2023 : jour et mois intervertis dans l'une des deux",
    )


def test_addresses_are_compared_without_what_changes_nothing():
    assert same_address("https://www.A.fr/x/?utm_campaign=openData") == same_address("http://a.fr/x")
