"""« Mes aides » of a situation, noted: those it may have, what is answered for it, those that close soon."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ancrage.aids.answering import AidAnswer
from ancrage.aids.standing import Class
from ancrage.changes.aids import AHEAD, SOON
from ancrage.changes.noting import Noted, Reading, Sort, Standing
from ancrage.edition.opened import Opened
from ancrage.facts.declaration import load_facts
from ancrage.facts.values import read_value, show_value
from ancrage.language.days import day as day_words
from ancrage.questions.question import Asking
from ancrage.reports.aids.wording import amount_words
from ancrage.territories.resolving import resolve

STANDING = {
    Class.DROIT: Standing.OUI,
    Class.A_DEMANDER: Standing.OUI,
    Class.A_CONFIRMER: Standing.OUI,
    Class.REPONSE_MANQUANTE: Standing.OUI,
    Class.DECRITE: Standing.INCONNU,
    Class.FERMEE: Standing.FINI,
}
"""What is refused is left out: it is not there for this situation. What waits for an answer may be had."""


def noted(question: Any, opened: Opened, on: date, _gone_since: date) -> Reading:
    """Each aid as it stands for the situation. Raises what answering raises."""
    return {one.key: one for one in _read(question, opened, on, SOON)}


def agenda(question: Any, opened: Opened, on: date) -> Iterator[Noted]:
    """The last days of the aids that it may have."""
    return (one for one in _read(question, opened, on, AHEAD) if one.sort is Sort.ECHEANCE)


def _read(question: Any, opened: Opened, on: date, within: timedelta) -> Iterator[Noted]:
    asked = question.model_copy(update={"on": on})
    report = asked.answer(Asking(opened, on, paged=True)).facts.report
    mark = question.model_copy(update={"on": None}).fingerprint[:16]
    return (one for answer in report.answers for one in _of(answer, mark, on, within))


def _of(answer: AidAnswer, mark: str, on: date, within: timedelta) -> Iterator[Noted]:
    """An aid for the situation. ``mark`` tells it from any other: what is told of one is of no other."""
    standing = STANDING.get(answer.standing)
    if standing is None:
        return
    entry = answer.entry
    told = (
        ("Réponse", answer.standing.label),
        ("Montant", amount_words(answer)),
        ("Financeur", entry.funder),
    )
    yield Noted(
        key=f"pour-moi:{mark}:{entry.id}",
        sort=Sort.POUR_MOI,
        label=entry.name,
        standing=standing,
        parts=tuple((name, words) for name, words in told if words),
        subject=entry.id,
        title=entry.text["title"],
        href=entry.text["href"] or "",
    )
    for one in entry.deadlines if standing is Standing.OUI else ():
        day = date.fromisoformat(one["day"])
        if on <= day <= on + within:
            yield _closing(answer, day, one)


def _closing(answer: AidAnswer, day: date, told: Any) -> Noted:
    """The same as for whoever follows the aid: nothing of the situation is in it."""
    text = told["text"] or answer.entry.text
    return Noted(
        key=f"echeance:{answer.entry.id}:{day.isoformat()}:{told['label']}",
        sort=Sort.ECHEANCE,
        label=f"{answer.entry.name} : {told['label']}",
        parts=(("Dernier jour", day_words(day)),),
        subject=answer.entry.id,
        title=text["title"],
        href=text["href"] or "",
    )


def label(_question: Any, place: str) -> str:
    """« Mes aides, Faux-la-Montagne »: nothing else of the situation is written in a subject."""
    return f"Mes aides, {place}" if place else "Mes aides"


def kept_of(question: Any, opened: Opened) -> list[str]:
    """What is kept of a situation, a French line each, as one is told before asking."""
    told = [f"SIRET : {question.siret}"] if question.siret else []
    if question.territory:
        told.append(f"territoire : {resolve(opened.atlas, question.territory, on=opened.today).name}")
    known = load_facts()
    for pair in question.facts:
        name, _, written = pair.partition("=")
        fact = known[name.strip()]
        told.append(f"{fact.label} : {show_value(fact, read_value(fact, written))}")
    return told
