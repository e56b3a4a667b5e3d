"""Search of aids: French words, typing mistakes, filters, order, and the index on disk."""

from datetime import date

import pytest

from ancrage.aids.catalogue import get_aid
from ancrage.aids.search.documents import AidDocument, Span, document_of
from ancrage.aids.search.gathering import gather
from ancrage.aids.search.index import open_index
from ancrage.aids.search.querying import search
from ancrage.aids.search.question import Question
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience
from ancrage.language.words import folded, mistakes_allowed, stemmed
from ancrage.reasoning import Verdict

FRANCE = frozenset({"fr"})
WEBINAR = date(2021, 3, 31)


def made(identifier, name="", summary="", **parts):
    """A document of a test: everything else unknown."""
    empty = dict.fromkeys(("natures", "audiences", "themes", "conditions", "excludes"), ())
    said = {"funder": "", "desk": "", "href": "", "coverage": ("fr",), "spans": (Span(None, None),)}
    told = {"provenance": "essai", "licence": "", **said, **empty, **parts}
    return AidDocument(id=identifier, name=name, summary=summary, **told)


def found(documents, text, **filters):
    return [hit.document.id for hit in search(open_index(documents), Question(text, **filters)).hits]


@pytest.fixture(scope="module")
def catalogue():
    return open_index(gather())


def asked(catalogue, text, **filters):
    return [hit.document.id for hit in search(catalogue, Question(text, limit=100, **filters)).hits]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("associations", "association"),
        ("ÉPICERIES", "épicerie"),
        ("tresorerie", "trésorerie"),
        ("rurales", "rural"),
        ("l'emploi", "emploi"),
        ("tiers-lieux", "tiers lieu"),
        ("réseau", "réseaux"),
        ("lieux", "lieu"),
        ("éclairage publique", "éclairage public"),
        ("marchés publics", "marché publique"),
        ("cœurs", "coeur"),
    ],
)
def test_plurals_accents_elisions_and_hyphens_do_not_part_words(typed, written):
    assert found([made("a", name=written), made("b", name="autre chose")], typed) == ["a"]


def test_an_accent_left_out_keeps_the_stem():
    assert stemmed().analyze("associés ingénierie") == stemmed().analyze("associes ingenierie")


def test_empty_words_are_not_searched():
    assert folded().analyze("à la où l'été de même") == []


@pytest.mark.parametrize(("word", "allowed"), [("pge", 0), ("prêt", 1), ("emplois", 1), ("garantie", 2)])
def test_mistakes_are_allowed_from_four_letters_and_two_from_eight(word, allowed):
    assert mistakes_allowed(word) == allowed


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("culutre", True),  # two letters swapped: one mistake
        ("cullture", True),
        ("cultre", True),
        ("clutrue", False),  # two mistakes in seven letters
        ("garrentie", True),  # two mistakes in nine letters
        ("zarrentiez", False),
        ("sco", False),  # three letters: none
    ],
)
def test_a_misspelt_word_is_read_as_the_nearest(typed, is_found):
    documents = [made("a", name="culture garantie"), made("b", name="scq")]
    assert bool(found(documents, f"{typed} ")) is is_found


def test_a_known_word_may_be_a_mistake_when_no_aid_has_every_word():
    documents = [made("a", name="forme urbaine"), made("b", name="ferme rurale")]
    answer = search(open_index(documents), Question("forme rurale"))
    assert ([hit.document.id for hit in answer.hits], answer.partial) == (["b"], False)


def test_only_the_nearest_words_are_read():
    documents = [made("a", name="mobilité"), made("b", name="mobilisé")]
    assert found(documents, "mobilitte") == ["a"]


def test_a_word_that_is_known_is_not_corrected():
    documents = [made("a", name="garantie"), made("b", name="garanti ferme")]
    answer = search(open_index([*documents, made("c", name="varappe")]), Question("varappe"))
    assert (answer.total, answer.read) == (1, {})


def test_what_was_read_is_told(catalogue):
    answer = search(catalogue, Question("trezorerie"))
    assert answer.read == {"trezorerie": ("trésorerie",)}


def test_the_last_word_may_be_a_beginning_and_the_others_not():
    documents = [made("a", name="coopération culture"), made("b", name="culture")]
    assert found(documents, "culture coop") == ["a"]
    assert search(open_index(documents), Question("coop culture")).partial


def test_every_word_is_wanted_and_it_is_told_when_none_has_them_all():
    documents = [made("a", name="épicerie rurale"), made("b", name="épicerie"), made("c", name="garage")]
    assert found(documents, "épicerie rurale") == ["a"]
    answer = search(open_index(documents), Question("garage rural"))
    assert answer.partial
    assert {hit.document.id for hit in answer.hits} == {"a", "c"}


def test_the_name_weighs_more_than_themes_then_summary_then_conditions():
    documents = [
        made("conditions", name="un", conditions=("mobilité",)),
        made("summary", name="deux", summary="mobilité"),
        made("themes", name="trois", themes=(Theme.MOBILITE,)),
        made("name", name="mobilité"),
    ]
    assert found(documents, "mobilité") == ["name", "themes", "summary", "conditions"]


def test_a_hit_tells_where_the_words_are_with_the_sentence():
    document = made("a", name="Fonds", summary="Une aide. Pour la culture !", conditions=("Être en ville",))
    (hit,) = search(open_index([document]), Question("cultures ville")).hits
    assert [(one.field, one.excerpt) for one in hit.found] == [
        ("summary", "Pour la culture !"),
        ("conditions", "Être en ville"),
    ]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"audience": Audience.COLLECTIVITE}, ["a", "c"]),
        ({"nature": Nature.PRET}, ["b", "c"]),
        ({"theme": Theme.SPORT}, ["a", "c"]),
        ({"audience": Audience.COLLECTIVITE, "nature": Nature.PRET}, ["c"]),
    ],
)
def test_filters_keep_what_fits_and_what_says_nothing(filters, left):
    documents = [
        made("a", name="fonds", audiences=(Audience.COLLECTIVITE,), natures=(Nature.SUBVENTION,),
             themes=(Theme.SPORT, Theme.SANTE)),
        made("b", name="fonds", audiences=(Audience.STRUCTURE,), natures=(Nature.PRET,),
             themes=(Theme.SANTE,)),
        made("c", name="fonds"),
    ]  # fmt: skip
    assert sorted(found(documents, "fonds", **filters)) == left


def test_a_territory_keeps_aids_that_cover_it_or_a_parent_and_leaves_out_exclusions():
    documents = [
        made("nation", name="fonds"),
        made("region", name="fonds", coverage=("reg:75",)),
        made("elsewhere", name="fonds", coverage=("reg:52", "dep:2A")),
        made("excluded", name="fonds", excludes=("com:23077",)),
        made("unknown", name="fonds", coverage=()),
    ]
    codes = frozenset({"fr", "com:23077", "dep:23", "reg:75"})
    assert sorted(found(documents, "fonds", territory=codes)) == ["nation", "region", "unknown"]
    assert "elsewhere" in found(documents, "fonds", territory=frozenset({"fr", "dep:2A"}))


def test_a_day_is_looked_for_in_each_span_and_its_ends_are_included():
    spans = (Span(date(2020, 1, 1), date(2020, 6, 30)), Span(date(2021, 1, 1), None))
    documents = [made("a", name="fonds", spans=spans)]
    days = ["2019-12-31", "2020-01-01", "2020-06-30", "2020-07-01", "2021-01-01", "2026-11-24"]
    kept = [bool(found(documents, "fonds", on=date.fromisoformat(day))) for day in days]
    assert kept == [False, True, True, False, True, True]
    assert found(documents, "fonds") == ["a"]


def test_the_spans_of_an_aid_agree_with_the_answers_of_the_catalogue():
    from ancrage.aids.opening import open_day

    for day in (date(2014, 1, 1), WEBINAR, date(2024, 7, 1), date(2026, 11, 24)):
        for entry in open_day(day).entries:
            standing = document_of(get_aid(entry.id)).standing(day)
            period = next((one for one in entry.conditions if one.id == "periode"), None)
            known = period is None or period.certain
            assert (standing is Verdict.NON) is (known and not entry.in_force), (entry.id, day)
            assert standing is not Verdict.OUI or (known and entry.in_force), (entry.id, day)


def test_real_questions_find_the_aids_they_are_about(catalogue):
    assert asked(catalogue, "urgencess")[0] == "urgencess"
    assert asked(catalogue, "dla")[0] == "dla"
    assert asked(catalogue, "parcours emploi competences")[0] == "pec"
    assert "oser_entreprendre" in asked(catalogue, "oser", territory=FRANCE | {"reg:52"})
    assert "oser_entreprendre" not in asked(catalogue, "oser", territory=FRANCE | {"reg:75"})


def test_nothing_found_gives_near_words_and_the_count_without_filters(catalogue):
    answer = search(catalogue, Question("kooperrattivves"))
    assert answer.total == 0
    assert any(word.startswith("coop") for word in answer.suggestions)
    answer = search(catalogue, Question("oser", territory=FRANCE))
    assert (answer.total, answer.unfiltered) == (0, 1)


@pytest.mark.parametrize("text", ["", "   ", "de la", "!!!", "\x00", "🦊", '"', "name:urgencess OR (", "*"])
def test_a_text_without_words_or_with_signs_is_never_an_error(catalogue, text):
    answer = search(catalogue, Question(text, limit=3))
    assert len(answer.hits) == (3 if not text.strip() else min(answer.total, 3))


def test_a_blank_text_lists_what_filters_keep(catalogue):
    kept = asked(catalogue, "", nature=Nature.AGREMENT)
    assert set(kept) == {document.id for document in gather() if Nature.AGREMENT in document.natures}


@pytest.mark.parametrize("text", ["de la", "!!!", "🦊", "a" * 61])
def test_a_text_of_which_no_word_can_be_searched_finds_nothing(catalogue, text):
    assert search(catalogue, Question(text)).total == 0


def test_a_very_long_text_answers(catalogue):
    assert search(catalogue, Question("association " * 100_000)).total > 0
    assert search(catalogue, Question("a" * 1_000_000)).total == 0
