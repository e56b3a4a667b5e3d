"""The date of a text: declared, in its name, given, or unknown."""

import pytest

from ancrage.errors import CorpusError
from ancrage.watch.given_dates import date_given, read_dates
from ancrage.watch.moments import Moment, moment_of_name, read_moment


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-03-31", "2021-03-31"),
        ("31/03/2021", "2021-03-31"),
        ("31-03-2021 10:00", "2021-03-31"),
        ("20210331", "2021-03-31"),
        ("20210331150000000", "2021-03-31"),
        ("2020-12-31T23:00:00Z", "2021-01-01"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ('"2021"', "2021"),
        ("31 mars 2021", "2021-03-31"),
        ("1er Août 2014", "2014-08-01"),
        ("le 5 février 2014", "2014-02-05"),
    ],
)
def test_a_declared_date_is_read_as_precisely_as_it_is_written(written, read):
    assert str(read_moment(written)) == read


@pytest.mark.parametrize(
    "written",
    ["", None, "hier", "2021-02-30", "2021-13", "2999-01-01", "0000", "32 mars 2021", "20211331", "1 x 2021"],
)
def test_what_is_no_date_gives_none(written):
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("stem", "read"),
    [
        ("compte-rendu-webinaire-2021-03-31", "2021-03-31"),
        ("2021_03_31 séance", "2021-03-31"),
        ("séance du 31-03-2021", "2021-03-31"),
        ("CR20210331", "2021-03-31"),
        ("bulletin-2021-03", "2021-03"),
        ("rapport2021", "2021"),
        ("2021-03-31_copie-2021-03-31", "2021-03-31"),
        ("rapport-2021-99-99", "2021"),
        ("numéro-12345678", "None"),
        ("rapport-2020-2021", "None"),
        ("2021-03-31-et-2021-04-01", "None"),
        ("texte-1234", "None"),
        ("article-120214", "None"),
        ("notes", "None"),
    ],
)
def test_the_name_of_a_file_gives_a_date_only_when_it_holds_one(stem, read):
    assert str(moment_of_name(stem)) == read


def test_dates_given_are_read_with_or_without_a_header(tmp_path):
    path = tmp_path / "dates.csv"
    for header in ("", "nom;date\n"):
        path.write_text(header + "notes.txt;2019\nsous/carnet.md;31/03/2021\n", encoding="cp1252")
        assert read_dates(path) == {"notes.txt": Moment(2019), "sous/carnet.md": Moment(2021, 3, 31)}


def test_a_path_is_preferred_to_a_name():
    dates = {"a/n.txt": Moment(2001), "n.txt": Moment(2002)}
    assert date_given("a/n.txt", dates) == Moment(2001)
    assert date_given("b/n.txt", dates) == Moment(2002)
    assert date_given("b/m.txt", dates) is None


@pytest.mark.parametrize(
    "content", ["nom;date\na.txt;hier", "nom;date\na.txt", "nom;date\n;2021", 'a;"2021\nb;2022']
)
def test_a_faulty_file_of_dates_is_told(tmp_path, content):
    path = tmp_path / "dates.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"dates\.csv"):
        read_dates(path)


def test_an_absent_file_of_dates_is_told(tmp_path):
    with pytest.raises(CorpusError, match="introuvable"):
        read_dates(tmp_path / "absent.csv")
