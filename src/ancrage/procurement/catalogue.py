"""The rules of purchases, read from the YAML files beside this one, and those of a day in one program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from ancrage.aids.compiling import day_vocabulary
from ancrage.declarations.catalogues import Place, parsed, read_document, register, yaml_files
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.declarations.keeping import compiled
from ancrage.declarations.texts import Status
from ancrage.errors import CatalogueError, DayOutOfRangeError, RuleError
from ancrage.facts.values import labels_of
from ancrage.procurement.declaration import Case, PurchaseRule
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import Rule, parse_rule
from ancrage.rules.program import Program
from ancrage.rules.vocabulary import Kind, Vocabulary

FIRST_DAY = date(2020, 1, 1)
"""The code holds since 1 April 2019; its European thresholds are read here from 2020 on."""
LAST_DAY = date(2027, 12, 31)
"""The last day of the European thresholds that are known."""
AMOUNT = "#montant"
DAYS = 64


@dataclass(frozen=True, slots=True)
class DayRules:
    """The rules of a day: their program, the facts each reads, those whose wording is to be checked."""

    on: date
    program: Program
    facts: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    doubtful: frozenset[str]


@compiled("achats", "declarations", "procurement")
def read_rules() -> Mapping[str, PurchaseRule]:
    """Every rule by its identifier. Raises :class:`CatalogueError` with the file, the line, the repair."""
    places: dict[str, Place] = {}
    return {rule.id: rule for rule in _rules(places)}


def _rules(places: dict[str, Place]) -> Iterator[PurchaseRule]:
    for file in yaml_files(files(__package__) / "catalogue"):
        for index, row in enumerate(read_document(file)["rules"]):
            place = Place(file, ("rules", index))
            rule = parsed(PurchaseRule, row, place)
            register(rule.id, place, places)
            yield rule


@cache
def read_cases() -> tuple[Case, ...]:
    """The cases that the rules must answer, in reading order. Raises :class:`CatalogueError`."""
    file = files(__package__) / "cases.yaml"
    rows = read_document(file)["cases"]
    return tuple(parsed(Case, row, Place(file, ("cases", index))) for index, row in enumerate(rows))


@lru_cache(maxsize=DAYS)
def rules_on(day: date) -> DayRules:
    """The rules of a day, compiled. Raises :class:`DayOutOfRangeError` before the first known text."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayOutOfRangeError(day, FIRST_DAY, LAST_DAY)
    told, doubtful = day_vocabulary(day, {}, load_parameters())
    # A number still to be checked is unknown: it leaves open the rules that hang on it, and no other.
    vocabulary = Vocabulary(told.symbols, {**told.parameters, **dict.fromkeys(doubtful)})
    parsed_rules = dict(_parsed(day, vocabulary))
    program = lower(parsed_rules, vocabulary)
    return DayRules(
        day,
        program,
        {key: rule.facts for key, rule in parsed_rules.items()},
        labels_of(program),
        frozenset(_doubtful(day)),
    )


def _parsed(day: date, vocabulary: Vocabulary) -> Iterator[tuple[str, Rule]]:
    for rule in read_rules().values():
        wording = rule.on(day)
        if wording is None:
            continue
        yield rule.id, _rule(rule, wording.rule, vocabulary, Kind.BOOLEAN)
        if wording.amount:
            yield f"{rule.id}{AMOUNT}", _rule(rule, wording.amount.rule, vocabulary, Kind.NUMBER)


def _rule(rule: PurchaseRule, written: str, vocabulary: Vocabulary, kind: Kind) -> Rule:
    try:
        return parse_rule(written, vocabulary, expects=kind)
    except RuleError as error:
        raise CatalogueError(
            f"Règle d'achat « {rule.id} » refusée. {error.message}", error.hint, *error.repairs
        ) from error


def _doubtful(day: date) -> Iterator[str]:
    """Rules that never lead to a yes on this day: their wording is still to be checked."""
    for rule in read_rules().values():
        wording = rule.on(day)
        if wording is not None and wording.status is Status.A_VERIFIER:
            yield rule.id
