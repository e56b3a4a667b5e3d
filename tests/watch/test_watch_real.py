"""Real texts: each count made again in another way."""

import csv
import re
import unicodedata

import pytest

from ancrage.watch.corpus import Wishes, survey
from ancrage.watch.counting import watch
from ancrage.watch.declaration import ancrage_terms, choose_terms

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def report(mirror):
    return mirror.parent / "reference" / "compte-rendu-webinaire-2021-03-31.txt"


def told(path, *asked):
    terms = choose_terms(asked, ancrage_terms())
    return watch(survey([path], terms, Wishes()), terms)


def plain(text):
    """Lower case, no accent, no web address, one line: by ways of its own."""
    kept = " ".join(word for word in text.replace("-\n", "-").split() if "://" not in word)
    bare = unicodedata.normalize("NFD", kept.lower())
    return "".join(character for character in bare if not unicodedata.combining(character))


COUNTS = {
    "co-construction": (r"\bco-constructions?\b", 10),
    "co-production": (r"\bco-productions?\b", 1),
    "co-construire": (r"\bco-constru(ire|it|ite|its|ites|isent|isant|isons|ira|iront)\b", None),
    "partenariat": (r"\bpartenaria(ts?|ls?|ux|les?)\b", 11),
    "subvention": (r"\bsubventions?\b", None),
}


@pytest.mark.parametrize("asked", COUNTS)
def test_the_report_holds_as_many_terms_as_a_plain_search_finds(report, asked):
    pattern, published = COUNTS[asked]
    (series,) = told(report, asked).series
    assert series.total.count == len(re.findall(pattern, plain(report.read_text(encoding="utf-8"))))
    assert published is None or series.total.count == published


def test_the_report_is_of_its_day(report):
    (text,) = told(report, "co-construction").corpus.texts
    assert str(text.moment) == "2021-03-31"
    lines = report.read_text(encoding="utf-8").split("\n")
    for mention in text.mentions:
        assert mention.words.split("-")[0] in lines[mention.line - 1]


def test_the_words_of_the_report_are_those_of_a_plain_split(report):
    (text,) = told(report, "co-construction").corpus.texts
    bare = plain(report.read_text(encoding="utf-8"))
    words = [word for word in re.split(r"[^a-z0-9-]+", bare) if re.search("[a-z0-9]", word)]
    assert text.words == pytest.approx(len(words), rel=0.01)


def test_the_aids_of_the_territory_are_dated_by_their_closing_day(mirror):
    path = mirror / "aides" / "aides-territoires-periurbain-2023.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    answer = told(path, "subvention", "partenariat", "co-construction")
    once = {row["Descriptif"].strip(): row for row in rows if row["Descriptif"].strip()}
    assert len(answer.corpus.texts) == len(once)
    assert len(once) + len(answer.corpus.duplicates) + len(answer.corpus.refused) == len(rows)
    for series in answer.series:
        pattern = COUNTS[series.term.id][0]
        expected = sum(len(re.findall(pattern, plain(text))) for text in once)
        assert series.total.count == expected
    dated = {row["Descriptif"].strip(): row["Date Clôture"] for row in rows if row["Date Clôture"]}
    assert len(answer.corpus.undated) == len(once) - len(dated)
    assert set(answer.periods) >= {day[-4:] for day in dated.values()}


def test_the_dge_file_is_compressed_and_dated(mirror):
    answer = told(mirror / "aides" / "format-dge-2026-06.csv.gz", "subvention")
    assert answer.periods == ("2025",)
    assert answer.corpus.undated == ()


def test_a_folder_of_anything_is_read_and_what_is_no_text_is_listed(mirror):
    corpus = told(mirror, "co-construction").corpus
    assert len(corpus.texts) > 400
    assert {one.reason for one in corpus.refused} >= {"type de fichier non lu (.geojson)"}
