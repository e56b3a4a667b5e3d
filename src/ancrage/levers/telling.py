"""The rule of a need in French sentences: nothing of its text is shown."""

from functools import cache

from ancrage.facts.values import symbols
from ancrage.facts.wording import fact_words
from ancrage.rules.parsing import parse_rule
from ancrage.rules.telling import told_condition
from ancrage.rules.vocabulary import Vocabulary
from ancrage.rules.wording import Words


@cache
def told_rule(rule: str) -> str:
    """« La commune est classée en zone de montagne. » ; several conditions are told under their heading."""
    tree = parse_rule(rule, Vocabulary(symbols(), {})).tree
    told = told_condition(tree, Words(fact_words(), {})).lines()
    return "\n".join(f"· {sentence}" if depth else sentence for depth, sentence in told)
