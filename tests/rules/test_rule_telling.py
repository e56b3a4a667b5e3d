"""A rule in sentences: one telling, made from its tree, on each side of what French and Kleene want."""

import pytest

from ancrage.language.genders import of_the, the
from ancrage.language.statements import affirmed, denied
from ancrage.rules.parsing import parse_rule
from ancrage.rules.telling import Told, told_condition, told_number
from ancrage.rules.vocabulary import Kind, Row, Symbol, Table, Vocabulary
from ancrage.rules.wording import FactWords, ParameterWords, Words, measured

FACTS = {
    "ess": (Kind.BOOLEAN, FactWords("ESS", holds="elle est de l’ESS", fails="elle n’est pas de l’ESS")),
    "forme": (Kind.TEXT, FactWords("forme juridique", names={"a": "association", "s": "SCIC"})),
    "effectif": (Kind.NUMBER, FactWords("effectif salarié", "salariés")),
    "perte": (Kind.NUMBER, FactWords("perte", "part de 0 à 1")),
    "revenu": (Kind.NUMBER, FactWords("chiffre d'affaires", "EUR")),
    "ne_le": (Kind.DAY, FactWords("date de création")),
}
PARAMETERS = {
    "seuil": ParameterWords("Effectif le plus grand", "salariés", 10.0),
    "taux": ParameterWords("Taux", "part", Table((Row((("forme", "a"),), 0.3),))),
    "perdu": ParameterWords("Ancien seuil", "salariés", None),
}
VOCABULARY = Vocabulary(
    {name: Symbol(name, kind) for name, (kind, _) in FACTS.items()},
    {name: told.value for name, told in PARAMETERS.items()},
)
WORDS = Words({name: told for name, (_, told) in FACTS.items()}, PARAMETERS)


def told(rule: str, expects: Kind = Kind.BOOLEAN) -> Told:
    """A rule told with the few facts above."""
    tree = parse_rule(rule, VOCABULARY, expects=expects).tree
    return told_condition(tree, WORDS) if expects is Kind.BOOLEAN else told_number(tree, WORDS, "EUR")


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("ess", "Elle est de l’ESS."),
        ("NOT ess", "Elle n’est pas de l’ESS."),
        ("forme = 'a'", "La forme juridique est « association »."),
        ("forme <> 'a'", "La forme juridique n’est pas « association »."),
        ("forme IN ('a', 's')", "La forme juridique est « association » ou « SCIC »."),
        ("forme NOT IN ('a', 's')", "La forme juridique n’est ni « association », ni « SCIC »."),
        ("effectif >= 1", "L’effectif salarié est d’au moins 1\u00a0salarié."),
        ("10 > effectif", "L’effectif salarié est de moins de 10\u00a0salariés."),
        ("NOT effectif > 10", "L’effectif salarié est d’au plus 10\u00a0salariés."),
        (
            "effectif BETWEEN 1 AND 10",
            "L’effectif salarié est d’au moins 1\u00a0salarié et d’au plus 10\u00a0salariés.",
        ),
        (
            'effectif <= "seuil"',
            "L’effectif salarié est d’au plus 10\u00a0salariés (« Effectif le plus grand »).",
        ),
        (
            'effectif < "perdu"',
            "L’effectif salarié est de moins de « Ancien seuil », valeur inconnue ce jour-là.",
        ),
        ("perte >= 0.5", "La perte est d’au moins 50\u00a0%."),
        ("ne_le < DATE '2020-02-01'", "La date de création tombe avant le 1er\u00a0février\u00a02020."),
        ("TRUE", "Rien de plus n’est demandé."),
        ("FALSE", "Elle n’est jamais remplie."),
    ],
)
def test_a_simple_condition_is_one_sentence(rule: str, sentence: str) -> None:
    assert told(rule).lines() == ((0, sentence),)


def test_conditions_joined_stand_under_how_they_are_joined() -> None:
    assert told("ess OR (forme = 'a' AND effectif > 3)").lines() == (
        (0, "L’une au moins de ces conditions est remplie :"),
        (1, "Elle est de l’ESS."),
        (1, "Toutes ces conditions sont remplies :"),
        (2, "La forme juridique est « association »."),
        (2, "L’effectif salarié est de plus de 3\u00a0salariés."),
    )


def test_the_contrary_of_a_choice_denies_each_part() -> None:
    assert told("NOT (ess AND effectif > 3)").lines() == (
        (0, "L’une au moins de ces conditions est remplie :"),
        (1, "Elle n’est pas de l’ESS."),
        (1, "L’effectif salarié est d’au plus 3\u00a0salariés."),
    )


def test_a_case_without_else_says_that_nothing_read_tells() -> None:
    lines = told("CASE WHEN ess THEN TRUE END").lines()
    assert lines[1][1] == "Si elle est de l’ESS : la condition est remplie."
    assert lines[-1][1] == "Dans les autres cas, aucun texte lu ne le dit : à demander au guichet."


def test_an_amount_says_its_smallest_its_products_and_its_table() -> None:
    assert told("LEAST(1500, perte * revenu)", Kind.NUMBER).lines() == (
        (0, "Le plus petit de ces montants :"),
        (1, "1\u202f500\u00a0€."),
        (1, "Le produit de la perte et du chiffre d’affaires."),
    )
    assert told('"taux"', Kind.NUMBER).lines()[1] == (1, "Association : 30\u00a0%.")
    assert told("revenu * 2 / 3", Kind.NUMBER).written == (
        "2 fois le chiffre d’affaires, le tout divisé par 3."
    )


def test_what_is_under_a_case_keeps_how_it_is_chosen() -> None:
    lines = told("CASE WHEN ess THEN LEAST(1, revenu) ELSE 0 END", Kind.NUMBER).lines()
    assert lines[1] == (1, "Si elle est de l’ESS, le plus petit de ces montants :")


def test_a_question_becomes_what_yes_and_no_say() -> None:
    assert affirmed("Le code du travail s'applique-t-il ici ?") == "le code du travail s'applique ici"
    assert denied("Le code du travail s'applique-t-il ici ?") == "le code du travail ne s'applique pas ici"
    assert denied("L'embauche se fait-elle en CDI ?") == "l'embauche ne se fait pas en CDI"
    assert affirmed("Recrutez-vous un jeune ?") == "vous recrutez un jeune"
    assert denied("La structure a-t-elle l'agrément ?") == "la structure n’a pas l'agrément"


def test_what_no_simple_denial_would_deny_is_left_to_the_question() -> None:
    assert denied("L'association tient-elle et fait-elle approuver des comptes ?") == ""
    assert denied("Un organisme est-il mandaté ?") == ""
    assert affirmed("Combien de salariés la structure emploie-t-elle ?") != ""
    assert affirmed("Quelle est la forme juridique ?") == ""


def test_a_noun_takes_its_article() -> None:
    assert the("effectif salarié") == "l’effectif salarié"
    assert the("part des charges") == "la part des charges"
    assert of_the("chiffre d'affaires") == "du chiffre d'affaires"
    assert of_the("achats annuels") == "des achats annuels"


def test_a_number_is_written_in_its_unit() -> None:
    assert measured(0.66, "part de 0 à 1") == "66\u00a0%"
    assert measured(0.5, "part du SMIC horaire brut") == "50\u00a0% du SMIC horaire brut"
    assert measured(1, "salariés") == "1\u00a0salarié"
    assert measured(1, "mois") == "1\u00a0mois"
    assert measured(4299, "EUR/an/ETP") == "4\u202f299\u00a0€ par an et par équivalent temps plein"


def test_a_day_between_two_is_said_with_both() -> None:
    sentence = told("ne_le BETWEEN DATE '2011-01-01' AND DATE '2024-06-30'").written
    assert sentence.endswith(
        "tombe entre le 1er\u00a0janvier\u00a02011 et le 30\u00a0juin\u00a02024, inclus."
    )
