"""A reason sets a tool first when it is not that of most of the territories alike, and says its figure."""

from datetime import date

import pytest

from ancrage.diagnosis.assemble import diagnose
from ancrage.facts.situation import declared
from ancrage.facts.values import read_facts
from ancrage.levers.authorities import Authority
from ancrage.levers.figures import REFERENCE
from ancrage.levers.peers import FEWEST, Peers
from ancrage.levers.recommending import Status, recommend
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)
LENDING, CROWD, BUYING = 7, 16, 11


def advised(facts, alike, tool, **more):
    """The advice on a tool; ``alike``: facts of each territory alike."""
    peers = Peers("communes", tuple(declared(read_facts([fact])) for fact in alike))
    found = recommend(declared(read_facts(facts)), Authority.COMMUNE, on=TODAY, peers=peers, **more)
    return next(advice for advice in found.advices if advice.tool.number == tool)


@pytest.mark.parametrize(
    ("with_it", "status"), [(0, "prioritaire"), (5, "prioritaire"), (6, "possible"), (10, "possible")]
)
def test_a_reason_of_half_of_the_territories_alike_still_sets_first_and_of_one_more_does_not(with_it, status):
    alike = ["en_qpv=oui"] * with_it + ["en_qpv=non"] * (10 - with_it)
    assert advised(["en_qpv=oui"], alike, CROWD).status == status


def test_a_reason_that_most_others_have_is_still_told_and_says_so():
    told = advised(["en_qpv=oui"], ["en_qpv=oui"] * 9 + ["en_qpv=non"], CROWD)
    assert told.figures == ()
    assert told.reasons[0].endswith("(comme 9 des 10 territoires semblables)")


@pytest.mark.parametrize(("known", "status"), [(FEWEST - 1, "prioritaire"), (FEWEST, "possible")])
def test_under_five_territories_known_nothing_is_compared(known, status):
    alike = ["en_qpv=oui"] * known + ["en_qpv=inconnu"] * (10 - known)
    assert advised(["en_qpv=oui"], alike, CROWD).status == status


def test_the_figure_says_the_number_the_median_and_how_many_have_the_reason_too():
    facts = ["siae_presentes=4", "siae_pour_10000=3.1", f"siae_pour_10000{REFERENCE}=1.2"]
    alike = [f"siae_pour_10000={rate}" for rate in (0, 0, 1, 1.2, 1.2, 1.2, 1.5, 2, 2, 0)]
    peers = Peers(
        "communes",
        tuple(declared(read_facts([one, f"siae_pour_10000{REFERENCE}=1.2"])) for one in alike),
    )
    found = recommend(declared(read_facts(facts)), Authority.COMMUNE, on=TODAY, peers=peers)
    told = next(advice for advice in found.advices if advice.tool.number == BUYING).figures[0]
    assert (told.value, told.reference, told.sharing.true, told.sharing.known) == (3.1, 1.2, 3, 10)
    assert told.sentence == (
        "Structures d'insertion pour 10 000 habitants : 3,1 structures (médiane : 1,2 structure) ; "
        "vrai aussi de 3 des 10 communes les plus semblables"
    )


@pytest.mark.parametrize(("rate", "status"), [("1.19", "possible"), ("1.2", "prioritaire")])
def test_a_fifth_above_the_median_counts_and_a_little_less_does_not(rate, status):
    facts = [f"siae_pour_10000={rate}", f"siae_pour_10000{REFERENCE}=1"]
    assert advised(facts, [], BUYING).status == status


@pytest.mark.parametrize(("km", "status"), [("30", "possible"), ("30.1", "prioritaire")])
def test_a_manufacture_beyond_thirty_kilometres_is_far(km, status):
    assert advised([f"manufacture_km={km}"], [], LENDING).status == status


def first_of(atlas, code):
    return diagnose(atlas, resolve(atlas, code, on=TODAY)).levers


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("23096", "59295"),  # Guéret, Hazebrouck
        ("200034825", "200040947"),  # their intercommunalités
        ("dep:23", "dep:59"),
        ("23077", "97410"),  # Faux-la-Montagne, Saint-Benoît (La Réunion)
    ],
)
def test_two_places_that_differ_are_not_told_to_begin_with_the_same(real_atlas, one, other):
    here, there = first_of(real_atlas, one), first_of(real_atlas, other)
    assert [tool.number for tool in here.first] != [tool.number for tool in there.first]
    for levers in (here, there):
        assert levers.first
        for tool in levers.first:
            assert tool.figure.shown in tool.sentence or tool.figure.value is None
            assert tool.sentence.endswith(".")


@pytest.mark.mirror
def test_every_tool_set_first_says_a_figure_that_is_not_that_of_most(real_atlas):
    for code in ("23096", "59295", "200044014", "dep:15", "reg:93", "97411"):
        for tool in first_of(real_atlas, code).tools:
            assert (tool.status == Status.PRIORITAIRE) == bool(tool.figures)
            for figure in tool.figures:
                assert figure.similar_with is None or figure.similar_with * 2 <= figure.similar_known
