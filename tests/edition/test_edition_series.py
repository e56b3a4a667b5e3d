"""A series of monthly stocks, made by the real command, shared out, restarted, read together."""

import csv
import io
import json
import os
import shutil
import signal
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ancrage.edition.series.marks import MARK, partition, read_mark
from ancrage.edition.series.stocks import Stock, following, share
from ancrage.sources.depot import Depot
from ancrage.spreadsheets import as_received
from ancrage.warehouse.writing import quoted
from asking import asked
from national.files import FILES, Size, made_files
from national.next_month import made_next

MONTHS = ("2026-10", "2026-11")


@pytest.fixture(scope="module")
def stocks(tmp_path_factory):
    """Two months of the same made-up units, and what is known of the first."""
    folder = tmp_path_factory.mktemp("stocks")
    files = made_files(folder / MONTHS[0], Size(1_500))
    made_next(files, folder / MONTHS[1], share=0.05)
    return folder


@pytest.fixture(scope="module")
def series(stocks, tmp_path_factory, ancrage):
    """The place where one process made both."""
    place = tmp_path_factory.mktemp("lieu")
    made = build(ancrage, stocks, place, tmp_path_factory.mktemp("donnees"))
    assert made.stdout.splitlines() == ["2026-10  fait", "2026-11  fait, depuis 2026-10"]
    return place


def build(ancrage, stocks, place, data, *options):
    return ancrage("entrepot", "mois", stocks, "--vers", place, "--fictif", *options, data=data)


def copied(place, tmp_path):
    return shutil.copytree(place, tmp_path / "lieu")


def rows(place, month):
    """Fingerprint of the rows of each table of a month, in their order."""
    mark = read_mark(Depot.at(str(place)), month)
    said = (
        "SELECT count(*) || md5(string_agg(t::VARCHAR, '|')) FROM read_parquet('{}', hive_partitioning=0) t"
    )
    found = {name: asked(said.format(quoted(place / mark.path(name))))[0][0] for name in mark.tables}
    assert len(found) == 11
    return found


def told(ancrage, place, data, *options, territory="fr"):
    return ancrage("entrepot", "serie", territory, "--dans", place, *options, data=data)


def test_two_processes_that_share_the_months_write_together_what_one_writes(
    stocks, series, started, tmp_path
):
    place = tmp_path / "lieu"
    shared = ("entrepot", "mois", stocks, "--vers", place, "--fictif", "--part")
    running = [started(*shared, f"{rank}/2", data=tmp_path / str(rank)) for rank in (1, 2)]
    assert [process.communicate()[0] for process in running] == ["2026-10  fait\n", "2026-11  fait\n"]
    # One made the second month from the first, the other made it whole.
    for month in MONTHS:
        assert rows(place, month) == rows(series, month)
    assert not [*(tmp_path / "1" / "entrepot" / "serie").iterdir()]


def test_the_months_of_a_territory_are_counted_as_they_are_known_apart(stocks, series, ancrage, tmp_path):
    known = Counter()
    for row in json.loads((stocks / MONTHS[0] / "answers.json").read_text()):
        if row["day"] == "2026-10-31" and row["departement"]:
            known[row["ess"]] += row["establishments"]
    answer = json.loads(told(ancrage, series, tmp_path, "--format", "json").stdout)
    october, november = answer["months"]
    assert (october["month"], october["counted_on"], october["reach"]) == ("2026-10", "2026-10-31", "complet")
    # Those whose commune is unknown are in no territory.
    placed = {"establishments": known["oui"], "to_check": known["a_verifier"], "everything": known.total()}
    assert {name: october[name] for name in placed} == placed
    assert november["counted_on"] == "2026-11-30"
    assert any("FICTIF" in note for note in answer["notes"])
    lines = told(ancrage, series, tmp_path, "--format", "csv").stdout.lstrip("\ufeff")
    table = list(csv.DictReader(io.StringIO(lines), delimiter=";"))
    assert [as_received(line["mois"]) for line in table] == list(MONTHS)
    assert int(table[0]["etablissements_ess"]) == october["establishments"]
    quarter = told(ancrage, series, tmp_path, territory="qpv:QN09301M")
    assert (quarter.returncode, "Traceback" in quarter.stderr) != (0, True)


def test_a_month_there_is_kept_one_whose_file_changed_is_made_again_one_that_fails_leaves_the_others(
    stocks, series, ancrage, tmp_path
):
    place, given = copied(series, tmp_path), tmp_path / "stocks"
    shutil.copytree(stocks, given)
    os.utime(given / MONTHS[0] / f"{FILES['unites']}.parquet")  # another day, the same bytes
    damaged = given / MONTHS[1] / f"{FILES['unites']}.parquet"
    damaged.write_bytes(damaged.read_bytes()[:5000])
    before = rows(place, MONTHS[1])
    again = build(ancrage, given, place, tmp_path)
    assert again.returncode == 30
    kept, failed = again.stdout.splitlines()
    assert kept == "2026-10  gardé"
    assert failed.startswith("2026-11  échec : ")
    assert "2026-11" in again.stderr
    assert rows(place, MONTHS[1]) == before
    (given / MONTHS[1] / f"{FILES['periodes-unites']}.parquet").unlink()
    shutil.copy(stocks / MONTHS[1] / damaged.name, damaged)
    assert build(ancrage, given, place, tmp_path).stdout.splitlines()[1].startswith("2026-11  fait")
    assert rows(place, MONTHS[1]) != before
    assert len([*(place / partition(MONTHS[1])).iterdir()]) == 2  # what it replaced is gone


def test_killed_before_its_last_file_a_month_is_not_there_and_is_made_by_the_next_call(
    stocks, series, started, ancrage, tmp_path
):
    place, data = copied(series, tmp_path), tmp_path / "donnees"
    (place / partition(MONTHS[1]) / MARK).unlink()
    process = started("entrepot", "mois", stocks, "--vers", place, "--fictif", data=data)
    for line in process.stderr:
        if "2026-11 : registre" in line:
            break
    process.kill()
    assert process.wait() == -signal.SIGKILL
    missing = told(ancrage, place, data, "--depuis", "2026-11")
    assert (missing.returncode, "Aucun mois complet" in missing.stderr) == (31, True)
    build(ancrage, stocks, place, data)
    assert rows(place, MONTHS[1]) == rows(series, MONTHS[1])
    assert not [*(data / "entrepot" / "serie").iterdir()]


def test_a_month_that_lacks_between_two_others_is_unknown_never_zero(series, ancrage, tmp_path):
    place = copied(series, tmp_path)
    later = json.loads((place / partition(MONTHS[1]) / MARK).read_text()) | {"month": "2027-01"}
    (place / partition("2027-01")).mkdir()
    (place / partition("2027-01") / MARK).write_text(json.dumps(later))
    (place / partition(MONTHS[1]) / MARK).write_text("{")  # unreadable: as if it were not there
    months = json.loads(told(ancrage, place, tmp_path, "--format", "json").stdout)["months"]
    assert [one["month"] for one in months] == ["2026-10", "2026-11", "2026-12", "2027-01"]
    assert [one["establishments"] for one in months[1:3]] == [None, None]
    shown = told(ancrage, place, tmp_path).stdout
    assert "inconnu" in shown
    assert "2026-11, 2026-12" in shown


@pytest.mark.parametrize("count", [1, 3, 7, 10])
def test_every_month_is_in_one_part_and_each_part_is_of_months_that_follow(count):
    months, month = [], date(2016, 11, 1)
    for _ in range(7):
        months.append(Stock(month, {}))
        month = following(month)
    parts = [share(months, rank, count) for rank in range(1, count + 1)]
    assert [one for part in parts for one in part] == months


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--part", "4/3"], 2, "n'est pas une part"),
        (["--vers", "s3://"], 24, "ne nomme aucun seau"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_starts(
    options, code, said, stocks, ancrage, tmp_path
):
    refused = build(ancrage, stocks, tmp_path / "lieu", tmp_path, *options)
    assert (refused.returncode, said in refused.stderr) == (code, True)
    empty = build(ancrage, tmp_path / "vide", tmp_path / "lieu", tmp_path)
    assert (empty.returncode, "AAAA-MM" in empty.stderr) == (21, True)


def test_an_object_store_holds_the_same_months_and_tells_the_same(stocks, series, ancrage, tmp_path, store):
    nowhere = build(ancrage, stocks, "s3://absent/serie", tmp_path)
    assert (nowhere.returncode, "ce seau n'existe pas" in nowhere.stderr) == (24, True)
    for path in stocks.rglob("*.parquet"):
        Depot.at(f"{store}/stocks").send(path, path.relative_to(stocks).as_posix())
    one = f"{store}/stocks/{MONTHS[0]}/{FILES['unites']}.parquet"
    given = ("sources", "sync", "sirene-unites-legales", "--fictif", "--fichier")
    assert ancrage(*given, one, data=tmp_path).stdout.startswith("nouveau")
    absent = ancrage(*given, f"{one}.zip", data=tmp_path)
    assert (absent.returncode, "n'existe pas" in absent.stderr) == (21, True)
    made = build(ancrage, f"{store}/stocks", f"{store}/serie", tmp_path)
    assert made.stdout.splitlines() == ["2026-10  fait", "2026-11  fait, depuis 2026-10"]
    kept = build(ancrage, f"{store}/stocks", f"{store}/serie", tmp_path)
    assert kept.stdout.splitlines() == ["2026-10  gardé", "2026-11  gardé"]
    there = told(ancrage, f"{store}/serie", tmp_path, "--format", "csv").stdout
    assert there == told(ancrage, series, tmp_path, "--format", "csv").stdout
    depot = Depot.at(f"{store}/serie")
    for one in depot.files():
        depot.fetch(one.name, tmp_path / "copie" / one.name)
    for month in MONTHS:
        assert rows(Path(tmp_path / "copie"), month) == rows(series, month)
