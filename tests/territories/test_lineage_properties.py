"""What must hold of any history of mergers, splits, renamings and same-day chains."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from ancrage.territories.lineage import start

KINDS = ("merge", "merge into new", "split", "rename", "rename then merge")


@st.composite
def histories(draw):
    """Start codes, then for each day its edges and what each start code has become by then."""
    alive = {f"c{rank}" for rank in range(draw(st.integers(1, 8)))}
    first = frozenset(alive)
    became = {code: {code} for code in first}
    days, fresh = [], 0
    for _ in range(draw(st.integers(0, 5))):
        untouched, moves = sorted(alive), {}
        for kind in draw(st.lists(st.sampled_from(KINDS), max_size=3)):
            size = 2 if "merge" in kind else 1
            if len(untouched) < size:
                break
            chosen = draw(st.permutations(untouched))[: size + (kind == "merge into new")]
            untouched = [code for code in untouched if code not in chosen]
            names = [f"n{fresh}", f"n{fresh + 1}"]
            fresh += 2
            moves |= moves_of(kind, chosen, names)
        days.append(edges_of(moves))
        final = {code: arrival(code, moves, alive) for code in alive}
        became = {code: set().union(*(final[after] for after in afters)) for code, afters in became.items()}
        alive = set().union(*final.values())
    return first, days, became, alive


def moves_of(kind, chosen, names):
    match kind:
        case "merge":
            return {code: {chosen[0]} for code in chosen}
        case "merge into new":
            return {code: {names[0]} for code in chosen}
        case "split":
            return {chosen[0]: {chosen[0], *names}}
        case "rename":
            return {chosen[0]: {names[0]}}
    return {chosen[0]: {names[0]}, names[0]: {chosen[1]}, chosen[1]: {chosen[1]}}


def edges_of(moves):
    return frozenset((before, after) for before, afters in moves.items() for after in afters)


def arrival(code, moves, alive):
    """Where a commune is at the end of the day; a name born and merged on the same day is passed."""
    reached = set()
    for after in moves.get(code, {code}):
        reached |= arrival(after, moves, alive) if after in moves and after not in alive else {after}
    return reached


def lineage_of(first, days):
    lineage = start(first)
    for edges in days:
        lineage = lineage.then(edges)
    return lineage


@given(histories())
def test_every_commune_becomes_what_its_history_says(history):
    first, days, became, _ = history
    assert lineage_of(first, days).successors == became


@given(histories())
def test_the_image_of_the_start_is_exactly_the_later_set(history):
    first, days, _, alive = history
    lineage = lineage_of(first, days)
    assert set().union(*lineage.successors.values()) == set(lineage.ancestors) == alive


@given(histories())
def test_reading_backwards_is_the_inverse_of_reading_forwards(history):
    first, days, _, _ = history
    lineage = lineage_of(first, days)
    inverse = defaultdict(set)
    for before, afters in lineage.successors.items():
        for after in afters:
            inverse[after].add(before)
    assert lineage.ancestors == inverse


@given(histories())
def test_what_is_kept_of_a_lineage_rebuilds_it_whole(history):
    first, days, became, _ = history
    lineage = lineage_of(first, days)
    touched = {code for edge in lineage.changes() for code in edge}
    rebuilt = start(first).then(frozenset(lineage.changes()))
    assert {code: rebuilt.heirs(code) for code in first} == became
    assert all(lineage.heirs(code) == {code} for code in first - touched)


@given(histories(), st.data())
def test_two_lineages_end_to_end_are_the_lineage_of_the_whole_history(history, data):
    first, days, became, _ = history
    cut = data.draw(st.integers(0, len(days)))
    early = lineage_of(first, days[:cut])
    late = lineage_of(frozenset(early.ancestors), days[cut:])
    joined = {
        code: frozenset().union(*(late.heirs(after) for after in afters))
        for code, afters in early.successors.items()
    }
    assert joined == became
