"""Small long lists, and panels found by trying every choice."""

from itertools import combinations

from hypothesis import strategies as st

from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.quotas import EACH, Quota, Terms
from ancrage.panel.traits import Trait

TRAITS = {
    "categorie": Trait("categorie", "Catégorie", 1),
    "region": Trait("region", "Région", 1),
    "drom": Trait("drom", "DROM", 0, answers=True),
}
VALUES = {"categorie": ("a", "b", "c"), "region": ("n", "s", "e", "o"), "drom": ("oui", "non")}


def long_list(*values):
    """A list of structures s00, s01… with these values (a trait left out is unknown)."""
    candidates = tuple(
        Candidate(f"s{rank:02}", f"Structure {rank}", rank + 2, dict(one)) for rank, one in enumerate(values)
    )
    labels = {trait: {value: value.upper() for value in known} for trait, known in VALUES.items()}
    return LongList("essai.csv", candidates, TRAITS, labels, source="essai.csv, lu en utf-8")


@st.composite
def lists(draw, most=9):
    """Lists where values are shared, and some are unknown."""
    one = st.fixed_dictionaries(
        {}, optional={trait: st.sampled_from(known) for trait, known in VALUES.items()}
    )
    return long_list(*draw(st.lists(one, min_size=2, max_size=most)))


@st.composite
def quotas(draw, size):
    """Up to three quotas of every kind."""
    found = []
    for rank in range(draw(st.integers(0, 3))):
        trait = draw(st.sampled_from(tuple(VALUES)))
        values = draw(st.sampled_from([*((value,) for value in VALUES[trait]), VALUES[trait][:2], (EACH,)]))
        least = draw(st.none() | st.integers(0, size))
        most = draw(st.integers(least or 0, size) if least is None else st.none() | st.integers(least, size))
        found.append(Quota(f"q{rank}", f"quota {rank}", trait, values, least, most))
    return tuple(found)


@st.composite
def questions(draw):
    """A list and terms on it; weights are halves, so that ties are common."""
    listed = draw(lists())
    size = draw(st.integers(1, min(4, len(listed))))
    weights = {trait: draw(st.sampled_from((0.5, 1.0, 2.0))) for trait in ("categorie", "region")}
    return listed, Terms(size, draw(quotas(size)), weights)


def every_choice(listed, size):
    return combinations(range(len(listed)), size)


def plain_diversity(listed, weights, choice):
    """Diversity written without any of the code tested."""
    total = 0.0
    for trait, weight in weights.items():
        seen = {}
        for rank in choice:
            value = listed.candidates[rank].values.get(trait)
            if value is not None:
                seen[value] = seen.get(value, 0) + 1
                total += weight / seen[value]
    return total


def plain_missed(listed, quota, choice, size):
    """Structures missing or in excess, written without any of the code tested."""
    told = [one.values.get(quota.trait) for one in listed.candidates]
    groups = sorted(set(filter(None, told))) if quota.values == (EACH,) else [quota.values]
    missed = 0
    for group in groups:
        wanted = (group,) if isinstance(group, str) else group
        sure = sum(told[rank] in wanted for rank in choice)
        unknown = sum(told[rank] is None for rank in choice)
        missed += max(0, (quota.least or 0) - sure)
        missed += max(0, sure + unknown - (size if quota.most is None else quota.most))
    return missed


def holds(listed, terms, choice, but=()):
    return not any(
        plain_missed(listed, quota, choice, terms.size) for quota in terms.quotas if quota.id not in but
    )
