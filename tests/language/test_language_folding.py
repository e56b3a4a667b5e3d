"""One fold: the same words, however they are accented, cased, joined or cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.language.folding import address, bare, fold, folded, plain_words, spaced, sql_words
from asking import asked

FRENCH = st.text("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæÉÈÀÇŒ '’-–.,;:!?()«»0123456789\n", max_size=60)


def test_the_bare_text_keeps_its_signs():
    assert bare("L'Œuvre d'Étienne, n° 12") == "l'oeuvre d'etienne, n° 12"


def test_plain_words_lose_every_sign():
    assert plain_words("L’Haÿ-les-Roses (Val-de-Marne)") == ["l", "hay", "les", "roses", "val", "de", "marne"]


def test_a_spaced_text_holds_on_one_line_with_straight_apostrophes():
    assert spaced("  Val-d’Oise\n et  Île-de-France ") == "val d'oise et ile de france"


@pytest.mark.parametrize(
    ("title", "written"),
    [("Demande trop grande", "demande-trop-grande"), ("Où ouvrir à l’Œuvre ?", "ou-ouvrir-a-l-oeuvre")],
)
def test_an_address_is_made_of_the_words(title, written):
    assert address(title) == written


@given(FRENCH)
def test_folding_twice_changes_nothing_more(text):
    for fold_once in (bare, spaced, address):
        assert fold_once(fold_once(text)) == fold_once(text)


@given(FRENCH)
def test_a_decomposed_text_folds_as_the_composed_one(text):
    assert plain_words(unicodedata.normalize("NFD", text)) == plain_words(text)


@given(st.text("abcéèàçœæÀÉŒ '’.,0123456789", max_size=40))
def test_the_fold_that_keeps_places_is_the_same_where_no_word_is_cut(text):
    assert folded(text) == bare(text)
    assert len(fold(text).text) >= len(text)


@given(FRENCH)
def test_the_directory_folds_in_sql_as_python_does(text):
    found = asked(f"SELECT {sql_words('?')}", [text])[0]
    assert found == (" ".join(plain_words(text)),)
