"""Values of facts as people write them: read strictly, shown in plain French."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ancrage.cells.amounts import read_amount
from ancrage.cells.days import read_day
from ancrage.errors import FactError
from ancrage.facts.declaration import Fact, FactType, load_facts
from ancrage.interval import Interval
from ancrage.language.days import short_day
from ancrage.language.folding import bare
from ancrage.language.numbers import plain_number, typed
from ancrage.language.typography import capitalised
from ancrage.repairs import ChooseAmong, See
from ancrage.rules.program import Program
from ancrage.rules.values import Value
from ancrage.rules.vocabulary import Kind, Symbol

KINDS = {
    FactType.BOOLEEN: Kind.BOOLEAN,
    FactType.ENTIER: Kind.NUMBER,
    FactType.DECIMAL: Kind.NUMBER,
    FactType.CHOIX: Kind.TEXT,
    FactType.TEXTE: Kind.TEXT,
    FactType.JOUR: Kind.DAY,
}
UNKNOWN_WORDS = {"inconnu", "inconnue", "?", ""}
TRUTHS = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}
EUROS = "EUR"
NUMBER = r"-?\d+(?:\.\d+)?"
BAND = re.compile(rf"({NUMBER})?\s*\.\.\s*({NUMBER})?")


def symbols(facts: Mapping[str, Fact] | None = None) -> dict[str, Symbol]:
    """Facts as the language of rules sees them."""
    declared = load_facts() if facts is None else facts
    return {
        fact.id: Symbol(fact.id, KINDS[fact.type], tuple(fact.choices) if fact.choices else None)
        for fact in declared.values()
    }


def labels_of(program: Program) -> dict[str, str]:
    """French words of the facts a program reads."""
    facts = load_facts()
    return {fact: facts[fact].label for fact in program.facts}


def get_fact(identifier: str) -> Fact:
    """A declared fact. Raises :class:`FactError` with the nearest names."""
    known = load_facts()
    if identifier in known:
        return known[identifier]
    near = _nearest(identifier, known, limit=3, score=60)
    hint = f"Vouliez-vous dire : {', '.join(near)} ?" if near else ""
    raise FactError(f"Le fait « {identifier} » n'existe pas.", hint, ChooseAmong(tuple(near)), See("fact"))


def read_facts(pairs: Iterable[str]) -> dict[str, Value]:
    """Facts written ``identifiant=valeur``, the last one counting. Raises :class:`FactError`."""
    found: dict[str, Value] = {}
    for pair in pairs:
        identifier, sign, written = pair.partition("=")
        if not sign:
            raise FactError(
                f"« {pair} » n'est pas un fait suivi de sa valeur.", "Écrivez par exemple : effectif=4."
            )
        fact = get_fact(identifier.strip())
        found[fact.id] = read_value(fact, written)
    return found


def read_value(fact: Fact, written: object) -> Value:
    """What a person wrote for a fact: ``4``, ``10..19``, ``oui``, ``2021-03-31``, ``scic``, ``inconnu``.

    A number is an :class:`Interval`, of no width when it is exact. Raises :class:`FactError` telling what
    was received and what is possible.
    """
    if written is None:
        return None
    if isinstance(written, bool):
        text = "oui" if written else "non"
    else:
        text = written.isoformat() if isinstance(written, date) else str(written).strip()
    if isinstance(written, float) and fact.unit == EUROS and "e" not in text:
        text += "0"  # a program's 1.234 is no thousand
    if _folded(text) in UNKNOWN_WORDS:
        return None
    return READERS[fact.type](fact, text)


def _truth(fact: Fact, text: str) -> bool:
    if _folded(text) not in TRUTHS:
        raise _refused(fact, text, "répondez oui, non ou inconnu")
    return TRUTHS[_folded(text)]


def _choice(fact: Fact, text: str) -> str:
    known = {_folded(code): code for code in fact.choices}
    known |= {_folded(label): code for code, label in fact.choices.items()}
    if _folded(text) in known:
        return known[_folded(text)]
    near = _nearest(_folded(text), known, limit=1, score=70)
    hint = f"vouliez-vous dire {known[near[0]]} ? " if near else ""
    raise _refused(fact, text, f"{hint}valeurs possibles : {', '.join(fact.choices)}")


def _text(fact: Fact, text: str) -> str:
    code = text.upper()
    if fact.pattern and not re.fullmatch(fact.pattern, code):
        raise _refused(fact, text, f"écrivez par exemple {fact.example}" if fact.example else fact.help)
    return code


def _day(fact: Fact, text: str) -> date:
    found = read_day(text).value
    if found is None:
        raise _refused(fact, text, "écrivez le jour AAAA-MM-JJ ou JJ/MM/AAAA")
    return found


def _number(fact: Fact, text: str) -> Interval:
    compact = _plain_euros(fact, text) if fact.unit == EUROS else typed(text)
    band = BAND.fullmatch(compact)
    if band and (band[1] or band[2]):
        low, high = (None if part is None else _exact(fact, text, part) for part in band.groups())
    elif re.fullmatch(NUMBER, compact):
        low = high = _exact(fact, text, compact)
    else:
        raise _refused(fact, text, "écrivez un nombre (4), un intervalle (10..19 ou 250..) ou inconnu")
    if low is not None and high is not None and low > high:
        raise _refused(fact, text, "le premier nombre de l'intervalle dépasse le second")
    return Interval(low, high)


def _plain_euros(fact: Fact, text: str) -> str:
    """Figures of an amount, « 12 k€ » included, or of both ends of an interval."""
    ends = {end: read_amount(end) for end in text.split("..")}
    if wrong := next((told for told in ends.values() if told.misread), None):
        raise _refused(
            fact, text, f"{wrong.remark}. {wrong.repair.rstrip('.')}, un intervalle (10000..20000) ou inconnu"
        )
    return "..".join("" if told.value is None else f"{told.value:f}" for told in ends.values())


def _exact(fact: Fact, text: str, part: str) -> float:
    number = float(part)
    if fact.type is FactType.ENTIER and not number.is_integer():
        raise _refused(fact, text, f"c'est un nombre entier ({fact.unit})")
    if (fact.low is not None and number < fact.low) or (fact.high is not None and number > fact.high):
        raise _refused(fact, text, f"de {shown_number(fact.low)} à {shown_number(fact.high)} ({fact.unit})")
    return number


READERS: dict[FactType, Callable[[Fact, str], Value]] = {
    FactType.BOOLEEN: _truth,
    FactType.CHOIX: _choice,
    FactType.TEXTE: _text,
    FactType.JOUR: _day,
    FactType.ENTIER: _number,
    FactType.DECIMAL: _number,
}


def show_value(fact: Fact, value: Value) -> str:
    """French words for a value: « 10 à 19 salariés », « oui », « inconnu »."""
    match value:
        case None:
            return "inconnu"
        case bool():
            return "oui" if value else "non"
        case Interval(low, high):
            return _shown_interval(low, high, fact.unit)
        case date():
            return short_day(value)
    return fact.choices.get(value, value)


def plain(value: Value) -> object:
    """The value as JSON holds it: an exact number is a number, an interval has its two bounds."""
    match value:
        case Interval(low, high):
            return low if low == high else {"low": low, "high": high}
        case date():
            return value.isoformat()
    return value


def _shown_interval(low: float | None, high: float | None, unit: str) -> str:
    unit = "€" if unit == EUROS else unit
    if low is None and high is None:
        return "inconnu"
    if low == high:
        return f"{shown_number(low)} {_of(unit, low)}"
    if high is None:
        return f"{shown_number(low)} {_of(unit, low)} ou plus"
    if low is None:
        return f"{shown_number(high)} {_of(unit, high)} au plus"
    return f"{shown_number(low)} à {shown_number(high)} {_of(unit, high)}"


PLURAL = 2
COUNTED = ("structures", "établissements", "activités", "salariés", "personnes", "habitants", "heures", "ans")


def _of(unit: str, number: float | None) -> str:
    """The unit of a number: what is counted is plural from two on, in French."""
    return unit.removesuffix("s") if unit in COUNTED and number is not None and abs(number) < PLURAL else unit


def shown_number(number: float | None) -> str:
    """A number in French figures, thousands parted by a narrow space; nothing when there is none."""
    if number is None or not math.isfinite(number):
        return "…"
    return plain_number(number)


def _nearest(written: str, known: Iterable[str], *, limit: int, score: int) -> list[str]:
    from rapidfuzz import process  # only mistakes pay for it

    return [name for name, *_ in process.extract(written, list(known), limit=limit, score_cutoff=score)]


def _folded(text: str) -> str:
    return bare(text).replace("-", "_").strip()


def _refused(fact: Fact, text: str, hint: str) -> FactError:
    return FactError(f"« {text} » ne convient pas à {fact.id} ({fact.label}).", capitalised(hint) + ".")
