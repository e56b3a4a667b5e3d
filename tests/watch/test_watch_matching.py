"""Which spellings are one term, and where one is found."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import CorpusError
from ancrage.language.folding import count_words, fold
from ancrage.watch.declaration import Term, ancrage_terms, choose_terms, read_terms, spelling
from ancrage.watch.patterns import Matcher


def term(*variants: str, hors: tuple[str, ...] = ()) -> Term:
    return Term(id=variants[0], libelle=variants[0], variantes=variants, hors=hors)


def found(text: str, *terms: Term) -> list[tuple[str, str]]:
    """Terms found, each with the passage as received."""
    plain = fold(text)
    return [
        (terms[one.term].id, text[plain.origin(one.start) : plain.origin(one.end)])
        for one in Matcher(terms).find(plain)
    ]


def count(text: str, *variants: str) -> int:
    return len(found(text, term(*variants)))


@pytest.mark.parametrize(
    "written",
    [
        "co-construction",
        "Co-constructions",
        "CO-CONSTRUCTION",
        "coconstruction",
        "co construction",
        "co\u00a0construction",
        "co\u2011construction",
        "co\u2013construction",
        "co- construction",
        "co -construction",
        "co-\nconstruction",
        "co-  \n  construction",
        "co\nconstruction",
        "co-construc-\ntion",
        "co\u00adconstruction",
        "co-con\u00adstruction",
        "co-construction12",
        "_co-construction_",
        "« co-construction »,",
        "l'co-construction",
    ],
)
def test_each_way_to_write_a_term_counts_once(written):
    assert count(f"la {written} des politiques", "co-construction") == 1


@pytest.mark.parametrize(
    "written",
    [
        "éco-construction",
        "écoconstruction",
        "co-constructions­nelle",
        "co-constructionniste",
        "reconstruction",
        "co, construction",
        "co\n\nconstruction",
        "co \u2063 construction",
        "co / construction",
        "https://exemple.fr/co-construction",
    ],
)
def test_what_only_looks_like_a_term_does_not_count(written):
    assert count(f"une {written} ici", "co-construction") == 0


@pytest.mark.parametrize(
    ("variant", "text", "times"),
    [
        ("commande publique", "les commandes\npubliques et la COMMANDE PUBLIQUE", 2),
        ("réseau local", "réseaux locaux, reseau local, réseau loc", 2),
        ("appel à projet", "appels à projets ; appel a projet ; appels à manifestation", 2),
        ("intérêt général", "l’inte\u0301re\u0302t ge\u0301ne\u0301ral et l'interet general", 2),
        ("mise en œuvre", "mise en oeuvre, mises en œuvre, mise en ŒUVRE", 3),
        ("chef d'œuvre", "chef d’œuvre, chefs d'oeuvre, chef d 'oeuvre", 3),
        ("fiche d'impact", "ﬁche d’impact et ﬁches d'impacts", 2),
        ("tiers-lieu", "tiers-lieux, tiers lieu, tierslieux", 3),
    ],
)
def test_plurals_accents_ligatures_and_apostrophes_are_put_aside(variant, text, times):
    assert count(text, variant) == times


def test_a_place_is_given_to_the_longest_spelling_and_counted_once():
    terms = (term("commande"), term("commande publique"), term("commande publique durable"))
    text = "commandes publiques durables, commande publique, commande, commande publique durablement"
    assert [name for name, _ in found(text, *terms)] == [
        "commande publique durable",
        "commande publique",
        "commande",
        "commande publique",
    ]


def test_a_long_blank_is_crossed_once():
    blank = " " * 300_000
    assert count(f"co{blank}-{blank}\n{blank}construction, commande{blank}", "co-construction") == 1
    assert count(f"commande{blank}et commande\n{blank}publique", "commande publique") == 1


def test_an_expression_put_aside_is_passed_over():
    one = term("participation", hors=("éco-participation", "taux de participation"))
    text = "éco-participation, taux de participation, participation, une participation"
    assert [passage for _, passage in found(text, one)] == ["participation", "participation"]


def test_the_passage_found_is_the_one_received_whatever_was_put_aside_before_it():
    text = "L’œuvre ﬁnanciè\u00adre et la de\u0301mo-\ncratie : co-construc-\ntion puis cœur, coconstruction."
    passages = [passage for _, passage in found(text, term("co-construction"))]
    assert passages == ["co-construc-\ntion", "coconstruction"]


def test_co_construction_and_co_production_are_two_terms():
    terms = choose_terms(["co-construction", "co-production"], ancrage_terms())
    text = "la co-construction et la co-production, la coproduction, co-constructions"
    assert [name for name, _ in found(text, *terms)] == [
        "co-construction",
        "co-production",
        "co-production",
        "co-construction",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("— … !", 0),
        ("l'État", 2),
        ("co-construction", 1),
        ("co-\nconstruction", 1),
        ("parte-\nnariat local", 2),
        ("de 2014 à 2021", 4),
        ("_gras_ et https://exemple.fr/une-page puis", 3),
    ],
)
def test_words_are_runs_of_letters_or_digits_joined_by_hyphens(text, words):
    assert count_words(fold(text)) == words


FILLING = st.sampled_from(
    ["la", "politique", "œuvre", "état", "éco", "12", "l'usage", "co", "publique,", "-"]
)
SPELLINGS = st.sampled_from(["co-construction", "Coconstructions", "co-\nconstruction", "CO‑CONSTRUCTION"])


@given(st.lists(FILLING, max_size=25), st.lists(st.tuples(st.integers(0, 25), SPELLINGS), max_size=8))
def test_as_many_terms_are_found_as_were_planted(filling, planted):
    words = list(filling)
    for place, one in planted:
        words[place:place] = [one, "puis"]
    assert count(" ".join(words), "co-construction") == len(planted)


@given(st.text(alphabet="aéœﬁ-\n\u00adE\u0301 '1x", max_size=60))
def test_every_place_of_the_plain_text_leads_into_the_text_received(text):
    plain = fold(text)
    origins = [plain.origin(place) for place in range(len(plain.text) + 1)]
    assert origins == sorted(origins)
    assert all(0 <= origin <= len(text) for origin in origins)


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_texts_in_two_paragraphs_have_the_words_and_terms_of_both(one, other):
    both, wanted = f"{one}\n\n{other}", term("co", "texte")
    parts = [fold(each) for each in (one, other)]
    assert count_words(fold(both)) == sum(map(count_words, parts))
    assert len(found(both, wanted)) == sum(len(found(each, wanted)) for each in (one, other))


@given(st.text(alphabet="abcoé -'ns\n", max_size=60))
def test_a_word_is_found_where_a_plain_search_finds_it(text):
    """Against a search written otherwise: split on what is no letter, accents dropped."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    joined = re.sub(r"(?<=[a-z])-\s*?\n\s*?(?=[a-z])", "", bare)
    expected = sum(word in ("bon", "bons") for word in re.split(r"[^a-z]+", joined))
    assert count(text, "bon") == expected


def test_a_word_of_a_group_asks_for_the_group_and_another_stands_alone():
    chosen = choose_terms(["marché public", "bénévolat", "Commande publique"], ancrage_terms())
    assert [one.id for one in chosen] == ["commande publique", "bénévolat"]
    assert chosen[1].variantes == ("bénévolat",)


def test_no_spelling_of_the_list_of_ancrage_belongs_to_two_terms():
    chosen = choose_terms((), ancrage_terms())
    spelt = [spelling(one) for each in chosen for one in each.variantes]
    assert len(spelt) == len(set(spelt))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("termes: [", "ligne"),
        ("bonjour", "terms.yaml"),
        ("origine: moi\ntermes: []", "termes"),
        ("origine: moi\ntermes: [{id: a, libelle: A, variantes: ['1']}]", "lettre"),
        ("origine: moi\ntermes: [{id: a, libelle: A, variantes: [aa], autre: 1}]", "autre"),
        (
            "origine: moi\ntermes: [{id: a, libelle: A, variantes: [aa]},\n "
            "{id: a, libelle: B, variantes: [bb]}]",
            "deux fois",
        ),
    ],
)
def test_a_faulty_list_of_terms_is_told(tmp_path, content, told):
    path = tmp_path / "terms.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        read_terms(path)


def test_an_absent_list_of_terms_is_told(tmp_path):
    with pytest.raises(CorpusError, match="introuvable"):
        read_terms(tmp_path / "absent.yaml")


@pytest.mark.parametrize("asked", ["", "  ", "12", "-", "a", "(co"])
def test_what_cannot_be_searched_is_refused(asked):
    with pytest.raises(CorpusError, match="ne peut pas être cherché"):
        choose_terms([asked], ancrage_terms())


def test_a_spelling_in_two_terms_is_refused(tmp_path):
    path = tmp_path / "terms.yaml"
    path.write_text(
        "origine: moi\ntermes:\n- {id: a, libelle: A, variantes: [co-action]}\n"
        "- {id: b, libelle: B, variantes: [coaction]}\n",
        encoding="utf-8",
    )
    with pytest.raises(CorpusError, match="dans deux termes : a et b"):
        choose_terms((), read_terms(path))
