"""The decision tree on land: every way is reached, each has its texts, odd answers are told."""

import pytest

from ancrage.conventions.catalogue import read_deeds
from ancrage.errors import InvalidQuestionError
from ancrage.land.tree import paths, read_tree, walk


def test_every_way_is_reached_and_says_its_steps_its_tools_and_texts_that_exist() -> None:
    tree = read_tree()
    assert set(paths()) == set(tree.ways)
    for name, answers in paths().items():
        found = walk(answers)
        assert (found.way_id, found.question) == (name, None)
        assert all(tree.text(one).title for one in tree.ways[name].texts)
        assert tree.ways[name].convention in ("", *read_deeds().sorts)


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        (["local", "collectivite", "public", "non"], "occupation_gratuite"),
        (["local", "prive", "vend", "oui"], "preempter"),
        (["terres", "incultes"], "terres_incultes"),
        (["terrain", "prive", "oui"], "preempter"),
        (["terrain", "inscrire"], "inscrire_au_plu"),
        (["local", "collectivite", "prive", "attente"], "transitoire"),
        (["terrain", "collectivite", "construire"], "bail_a_construction"),
        (["commerce", "oui"], "preempter_le_commerce"),
    ],
)
def test_each_of_the_ways_the_report_names_has_its_answers(answers: list[str], way: str) -> None:
    assert walk(answers).way_id == way


@pytest.mark.parametrize("answers", [["jardin"], ["local", "oui"], ["terres", "incultes", "oui"], ["x" * 40]])
def test_an_answer_that_is_none_is_told_with_those_there_are(answers: list[str]) -> None:
    with pytest.raises(InvalidQuestionError, match="reponse"):
        walk(answers)
