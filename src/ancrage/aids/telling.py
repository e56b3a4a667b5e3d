"""The exact rule of an aid in French sentences: each condition of a version, and how its amount is made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ancrage.aids.compiling import day_vocabulary
from ancrage.aids.declaration import Amount, Condition, Version
from ancrage.aids.imports.places import place_names
from ancrage.declarations.dated_parameters import Parameter, load_parameters
from ancrage.facts.wording import fact_words
from ancrage.rules.parsing import parse_rule
from ancrage.rules.telling import Told, told_condition, told_number
from ancrage.rules.vocabulary import Kind, Vocabulary
from ancrage.rules.wording import ParameterWords, Words

KEPT = 256
"""Rules told, and days whose numbers are at hand, that a process keeps."""
PLACES = {"region": "reg", "departement": "dep"}
"""Facts that hold the code of a place, and the sort of places it is."""


@dataclass(frozen=True, slots=True)
class ExactRule:
    """A version's conditions in sentences, by identifier, and its amount; ``day`` is that of the numbers."""

    day: date
    conditions: Mapping[str, Told]
    amount: Told | None


@lru_cache(maxsize=KEPT)
def exact_rule(version: Version, on: date) -> ExactRule:
    """What a version asks, with the numbers of the day, or of its last day when it is over by then."""
    day = numbers_day(version, on)
    teller = _teller(day)
    conditions = {one.id: teller.condition(one) for one in version.conditions}
    return ExactRule(day, conditions, teller.amount(version.amount) if version.amount else None)


def numbers_day(version: Version, on: date) -> date:
    """The day whose numbers a version is told with: the day asked, or the nearest it was in force on."""
    if on < version.since:
        return version.since
    return min(on, version.until) if version.until else on


@dataclass(frozen=True, slots=True)
class _Teller:
    vocabulary: Vocabulary
    words: Words

    def condition(self, condition: Condition) -> Told:
        return told_condition(parse_rule(condition.rule, self.vocabulary).tree, self.words)

    def amount(self, amount: Amount) -> Told:
        rule = parse_rule(amount.rule, self.vocabulary, expects=Kind.NUMBER)
        return told_number(rule.tree, self.words, amount.unit.value)


@lru_cache(maxsize=KEPT)
def _teller(day: date) -> _Teller:
    known = load_parameters()
    vocabulary, _ = day_vocabulary(day, {}, known)
    return _Teller(vocabulary, _words(vocabulary, known))


def place_named(fact: str, code: str) -> str:
    """The name of a place that a fact holds by its code; the code where it has none."""
    return place_names(PLACES[fact]).get(code, code) if fact in PLACES else code


def _words(vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> Words:
    facts = dict(fact_words())
    for fact, sort in PLACES.items():
        facts[fact] = replace(facts[fact], names=place_names(sort))
    return Words(
        facts,
        {
            name: ParameterWords(parameters[name].label, parameters[name].unit, value)
            for name, value in vocabulary.parameters.items()
        },
    )
