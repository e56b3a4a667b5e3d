"""What a catalogue can answer at best: a situation looked for, aid by aid, and answered by the engine."""

from datetime import date

import pytest

from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.prospects import prospects
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Theme

DAY = date(2026, 11, 29)
HEAD = """\
id: essai
name: Aide d'essai
summary: Une aide pour les tests.
funder: Personne
desk: {name: Aucun}
nature: subvention
grant: demande
audience: [structure]
themes: [emploi]
versions:
  - from: 2021-01-01
    text: {title: "Un texte", checked_on: 2026-11-23, basis: texte_lu}
"""


@pytest.fixture
def at_best(tmp_path):
    def search(rest, on=DAY):
        folder = tmp_path / "catalogue" / "personne"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "essai.yaml").write_text(HEAD + rest)
        load_catalogue.cache_clear()
        (found,) = prospects(on, load_catalogue(tmp_path)).aids
        return found

    yield search
    load_catalogue.cache_clear()


def condition(rule, more=""):
    return f'    conditions:\n      - {{id: seule, label: "La seule", rule: "{rule}"{more}}}\n'


def test_a_threshold_a_choice_and_a_refusal_are_all_met_by_the_situation_found(at_best):
    found = at_best(condition("effectif BETWEEN 8 AND 9 AND forme = 'scic' AND NOT en_difficulte"))
    assert found.best is Class.A_DEMANDER
    assert found.yes
    assert found.facts["forme"] == "scic"
    assert found.facts["effectif"].low in (8, 9)


def test_what_no_situation_can_meet_is_never_a_yes(at_best):
    found = at_best(condition("effectif > 9 AND effectif < 9"))
    assert not found.yes
    assert found.best is not Class.A_DEMANDER


def test_a_condition_still_to_be_checked_leaves_the_aid_to_be_confirmed_at_its_desk(at_best):
    found = at_best(condition("effectif > 9", ", status: a_verifier"))
    assert not found.yes
    assert found.best is Class.A_CONFIRMER


def test_the_situation_found_is_one_that_has_an_amount_when_there_is_one(at_best):
    amount = "    amount: {rule: \"CASE WHEN region = '44' THEN 0.5 END\", unit: part}\n"
    found = at_best(condition("effectif > 9") + amount)
    assert (found.yes, found.amount) == (True, True)
    assert found.facts["region"] == "44"


def test_an_aid_not_yet_born_is_closed_whatever_one_is(at_best):
    found = at_best(condition("effectif > 9"), on=date(2020, 12, 31))
    assert found.best is Class.FERMEE


def test_each_situation_found_is_told_yes_by_the_whole_catalogue():
    found = prospects(DAY)
    assert sum(found.classes.values()) == len(found.aids) == len(load_catalogue().aids)
    assert found.situations == len(found.yes)
    useful = found.answers[Class.DROIT] + found.answers[Class.A_DEMANDER]
    assert useful >= found.situations


def test_the_command_tells_the_share_of_yes_and_every_class(ancrage, tmp_path):
    told = ancrage("aides", "verifier", "--on", "2026-11-29", data=tmp_path).stdout
    assert "répondent oui" in told
    for one in Class:
        assert f"{one.label} : " in told


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [("part_subventions < 0.5", 0, 0.5), ("effectif > 9 AND effectif < 11", 10, 10)],
)
def test_a_value_between_two_edges_is_tried_and_a_count_is_whole(at_best, rule, low, high):
    found = at_best(condition(rule))
    assert found.yes
    (value,) = [value for fact, value in found.facts.items() if fact != "demandeur"]
    assert low <= value.low <= high
    assert rule.startswith("part") or value.low == int(value.low)


def test_at_least_twenty_five_aids_to_hiring_and_insertion_say_yes_to_somebody_twenty_with_an_amount():
    """The figure the catalogue is held to in this family; those that cannot are listed in the docs."""
    themes = {Theme.EMPLOI, Theme.INSERTION}
    family = {one.id for one in load_catalogue().aids.values() if themes & set(one.themes)}
    yes = [one for one in prospects(DAY).yes if one.id in family]
    assert len(yes) >= 25
    assert sum(one.amount for one in yes) >= 20
