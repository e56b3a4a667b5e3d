"""The sentences every rendering of aids shares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ancrage.aids.answering import AidAnswer
from ancrage.aids.entries import AidEntry, AmountEntry
from ancrage.aids.reasons import ConditionAnswer
from ancrage.aids.standing import STANDING
from ancrage.aids.vocabulary import WORDS, Nature, Theme, Unit
from ancrage.facts.declaration import Origin, load_facts
from ancrage.facts.situation import Audience, Known
from ancrage.facts.values import show_value
from ancrage.interval import Interval
from ancrage.language.days import day, short_day
from ancrage.language.numbers import percent, plain_number
from ancrage.language.typography import NO_BREAK_SPACE, capitalised
from ancrage.reasoning import Verdict
from ancrage.sources.catalogue import get_source

UNITS = {
    Unit.EUR: "€",
    Unit.EUR_PER_HOUR: "€ par heure",
    Unit.EUR_PER_DAY: "€ par jour",
    Unit.EUR_PER_MONTH: "€ par mois",
    Unit.EUR_PER_YEAR: "€ par an",
    Unit.EUR_PER_YEAR_PER_FTE: "€ par an et par équivalent temps plein",
    Unit.MONTHS: "mois",
}
BASES = {
    "texte_lu": "texte lu",
    "page_lue": "page lue",
    "compte_rendu": "compte rendu de 2021",
    "a_verifier": "à vérifier",
}
STANDINGS = {True: "en vigueur", False: "pas en vigueur", None: "à vérifier"}
ORIGINS = {
    Origin.REGISTRE: "registre",
    Origin.TERRITOIRE: "territoire",
    Origin.DECLARE: "déclaré",
    Origin.CALCULE: "calculé",
    Origin.DIAGNOSTIC: "diagnostic",
    Origin.ACHAT: "achat",
}


UNKNOWN_AMOUNT = "montant inconnu"


def amount_words(answer: AidAnswer) -> str:
    """« 8 000 € », « 5 000 à 8 000 € », « au plus 100 000 € », or that it is not known."""
    told = answer.entry.amount
    if told is None:
        return ""
    if not told.certain:
        return "montant à vérifier" if told.unit else "montant selon qui la publie"
    found = answer.amount
    if found is None or (found.low is None and found.high is None):
        return UNKNOWN_AMOUNT
    return interval_words(found, told)


def interval_words(found: Interval, told: AmountEntry) -> str:
    """An interval in the unit of an amount."""
    write = _share if told.unit == Unit.SHARE else plain_number
    low, high = (None if bound is None else write(bound) for bound in (found.low, found.high))
    unit = "" if told.unit == Unit.SHARE else f"{NO_BREAK_SPACE}{UNITS[Unit(told.unit)]}"
    if low == high:
        return f"{'au plus ' if told.ceiling else ''}{low}{unit}"
    if high is None:
        return f"{low}{unit} ou plus"
    return f"au plus {high}{unit}" if low is None else f"{low} à {high}{unit}"


def _share(value: float) -> str:
    return percent(value, 0 if round(value * 100, 6).is_integer() else 1)


def standing_words(answer: AidAnswer) -> str:
    """« Sur demande ; vue pour la dernière fois le 2 mars 2025. »: how it is granted, and an old proof."""
    found = answer.entry.existence
    proof = ""
    if found.last_proof is not None and found.state not in STANDING:
        proof = f" ; vue pour la dernière fois le {day(date.fromisoformat(found.last_proof))}"
    return f"{capitalised(WORDS[answer.entry.grant])}{proof}."


def missing_words(answer: AidAnswer) -> str:
    """Labels of the facts still to be known."""
    facts = load_facts()
    return ", ".join(facts[fact].label for fact in answer.missing)


def fact_words(identifier: str, known: Known | None) -> str:
    """« effectif salarié : 10 à 19 salariés (registre, tranches publiées…) »."""
    fact = load_facts()[identifier]
    if known is None:
        return f"{fact.label} : inconnu"
    return f"{fact.label} : {show_value(fact, known.value)} ({origin_words(known)})"


def origin_words(known: Known) -> str:
    """Where a value comes from."""
    origin = ORIGINS[known.origin]
    return origin if known.note in ("", origin) else f"{origin}, {known.note}"


def publisher_words(entry: AidEntry) -> str:
    """« Publiée par Mission Transition Écologique, et par… » of an aid whose rules others tell."""
    names = dict.fromkeys((get_source(entry.source).producer, *(each["publisher"] for each in entry.also)))
    return f"Publiée par {' et '.join(names)}."


def text_words(text: Mapping[str, Any]) -> str:
    """Title of a text and how far it was checked."""
    return f"{text['title']} ({BASES[text['basis']]} le {short_day(date.fromisoformat(text['checked_on']))})"


def cited_words(text: Mapping[str, Any]) -> str:
    """The same, then its address."""
    return " ".join(part for part in (text_words(text), text["href"]) if part)


def condition_sign(condition: ConditionAnswer) -> str:
    """Word shown before a condition: its verdict, or what its rule suggests when it is not established."""
    if condition.entry.certain or condition.indication is Verdict.A_VERIFIER:
        return condition.verdict.label
    return f"à vérifier (plutôt {condition.indication.label})"


def nature_words(nature: str) -> str:
    """French words of a nature."""
    return WORDS[Nature(nature)] if nature else "nature non dite"


def audience_words(audience: tuple[str, ...]) -> str:
    """French words of the audiences."""
    return ", ".join(WORDS[Audience(each)] for each in audience)


def theme_words(themes: tuple[str, ...]) -> str:
    """French words of the themes."""
    return ", ".join(WORDS[Theme(each)] for each in themes)
