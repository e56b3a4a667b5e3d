"""Declared facts as the sentences of a rule say them."""

from functools import cache

from ancrage.facts.declaration import Fact, FactType, load_facts
from ancrage.language.statements import affirmed, denied
from ancrage.rules.wording import FactWords


@cache
def fact_words() -> dict[str, FactWords]:
    """Every declared fact in words."""
    return {fact.id: _words(fact) for fact in load_facts().values()}


def _words(fact: Fact) -> FactWords:
    if fact.type is not FactType.BOOLEEN:
        return FactWords(fact.label, fact.unit, names=fact.choices)
    asked = f"à la question « {fact.question} », la réponse est"
    holds = affirmed(fact.question) or f"{asked} oui"
    return FactWords(fact.label, holds=holds, fails=denied(fact.question) or f"{asked} non")
