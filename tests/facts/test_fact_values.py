"""What people write for facts: read strictly, shown in French."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import FactError
from ancrage.facts.declaration import FactType, load_facts
from ancrage.facts.values import read_facts, read_value, show_value
from ancrage.interval import Interval

FACTS = load_facts()


@pytest.mark.parametrize(
    ("fact", "written", "value"),
    [
        ("effectif", "4", Interval(4, 4)),
        ("effectif", " 1 200 ", Interval(1200, 1200)),
        ("effectif", "10..19", Interval(10, 19)),
        ("effectif", "250..", Interval(250, None)),
        ("effectif", "..9", Interval(None, 9)),
        ("effectif", "inconnu", None),
        ("effectif_etp", "3,5", Interval(3.5, 3.5)),
        ("est_ess", "Oui", True),
        ("est_ess", False, False),
        ("forme", "SCIC", "scic"),
        ("forme", "société-commerciale", "societe_commerciale"),
        ("date_creation", "31/03/2021", date(2021, 3, 31)),
        ("date_creation", date(2021, 3, 31), date(2021, 3, 31)),
        ("date_creation", "1er juillet 2021", date(2021, 7, 1)),
        ("commune", "2a004", "2A004"),
        ("chiffre_affaires", "12 k€", Interval(12_000, 12_000)),
        ("chiffre_affaires", "1\u202f234,56\u00a0€", Interval(1234.56, 1234.56)),
        ("chiffre_affaires", "10 000..1,5 M€", Interval(10_000, 1_500_000)),
        ("chiffre_affaires", "..50000", Interval(None, 50_000)),
        ("chiffre_affaires", 1.234, Interval(1.234, 1.234)),
    ],
)
def test_a_fact_is_read_as_people_write_it(fact, written, value):
    assert read_value(FACTS[fact], written) == value


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("effectif=quatre", "écrivez un nombre"),
        ("effectif=-1", "De 0 à"),
        ("effectif=3,5", "nombre entier"),
        ("effectif=19..10", "dépasse le second"),
        ("est_ess=peut-être", "oui, non ou inconnu"),
        ("forme=asociation", "vouliez-vous dire association"),
        ("date_creation=31 mars", "AAAA-MM-JJ"),
        ("commune=Guéret", "23"),
        ("chiffre_affaires=1.234", "deux façons"),
        ("chiffre_affaires=beaucoup", "1 234,56 €"),
        ("efectif=4", "effectif"),
        ("effectif", "effectif=4"),
    ],
)
def test_a_wrong_value_is_refused_saying_what_is_possible(pair, told):
    with pytest.raises(FactError) as refused:
        read_facts([pair])
    assert told.casefold() in f"{refused.value.message} {refused.value.hint}".casefold()


def test_the_last_value_given_for_a_fact_counts():
    assert read_facts(["effectif=4", "effectif=5"]) == {"effectif": Interval(5, 5)}


@given(st.sampled_from([fact for fact in FACTS.values() if fact.type is FactType.ENTIER]), st.data())
def test_what_is_shown_of_a_whole_number_reads_back(fact, data):
    low = data.draw(st.integers(int(fact.low), int(fact.high)))
    high = data.draw(st.integers(low, int(fact.high)))
    value = read_value(fact, f"{low}..{high}")
    assert value == Interval(low, high)
    shown = show_value(fact, value)
    unit = fact.unit if high > 1 else fact.unit.removesuffix("s")
    assert unit in shown
    assert read_value(fact, shown.split(" à ")[0].partition(f" {unit}")[0]) == Interval(low, low)


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_every_fact_has_a_question_and_reads_unknown(fact):
    assert fact.question.endswith("?")
    assert read_value(fact, "inconnu") is None
    assert show_value(fact, None) == "inconnu"
