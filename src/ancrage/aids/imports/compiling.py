"""From the aids that others publish to the entries of a day: their rules, their window, their desk."""

from collections.abc import Iterator, Mapping
from typing import Any

from ancrage.aids.entries import AidEntry, AmountEntry, ConditionEntry
from ancrage.aids.imports.imported import ImportedAid, ImportedCondition
from ancrage.aids.imports.published import Published
from ancrage.aids.standing import GONE, State
from ancrage.aids.vocabulary import Grant, Nature
from ancrage.declarations.texts import Basis, Status
from ancrage.facts.legislation import Matter
from ancrage.rules.parsing import Rule, parse_rule
from ancrage.rules.vocabulary import Kind, Vocabulary
from ancrage.sources.catalogue import get_source

UNTOLD_PLACE = ImportedCondition(
    "territoire", "Être dans le territoire qu'elle couvre, que la liste ne dit pas", "TRUE", certain=False
)
LAW_HOLDS = ImportedCondition("droit", "Être là où son texte s'applique", Matter.GENERAL.fact)
RECURRENCE = "Récurrence : "
"""How a list says that an aid comes back: no condition."""
LONGEST = 400
"""Letters of a condition in words, beyond which its own page tells it better."""


def imported_entry(told: Published, vocabulary: Vocabulary) -> tuple[AidEntry, Mapping[str, Rule]]:
    """The entry of an aid, and the rules of its conditions by key. Raises :class:`RuleError`."""
    aid, text = told.aid, _text(told.aid)
    rules: dict[str, Rule] = {}
    conditions = []
    for each in _conditions(told):
        key = f"{aid.id}.{each.id}"
        rules[key] = parse_rule(each.rule, vocabulary, expects=Kind.BOOLEAN)
        conditions.append(ConditionEntry(each.id, each.label, key, rules[key].facts, each.certain, text))
    gone = told.existence.state in GONE
    doubts = tuple(_doubts(told))
    return AidEntry(
        id=aid.id,
        name=aid.name,
        summary=aid.summary,
        funder=aid.funder_told,
        family="",
        reach=0,
        desk=_desk(aid),
        nature=aid.natures[0] if aid.natures else "",
        audience=aid.audiences,
        themes=aid.themes,
        levers=(),
        coverage=aid.coverage,
        in_force=not gone,
        status=_status(told, doubts).value,
        since=aid.opens.isoformat() if aid.opens else None,
        until=aid.closes.isoformat() if aid.closes else None,
        text=text,
        note=" ".join(note for note in aid.notes if note.startswith(RECURRENCE)),
        deadlines=tuple(_deadlines(aid, text)),
        cumulation=None,
        grant=Grant.APPEL if Nature.APPEL_A_PROJETS in aid.natures else Grant.DISCRETION,
        existence=told.existence,
        key=aid.id,
        conditions=tuple(conditions),
        amount=AmountEntry("", "", aid.amount, False, "une_fois", False, text) if aid.amount else None,
        doubts=doubts,
        source=aid.source,
        also=tuple(_also(twin) for twin in told.twins),
    ), rules


def _status(told: Published, doubts: tuple[str, ...]) -> Status:
    """Only described, when the list tells neither where it may be had nor whether it still may."""
    if not told.aid.coverage and told.existence.state is State.A_CONFIRMER:
        return Status.DESCRIPTIF
    return Status.A_VERIFIER if doubts else Status.ETABLI


def _conditions(told: Published) -> Iterator[ImportedCondition]:
    closed = told.existence.state in GONE
    yield ImportedCondition("periode", "Être ouverte ce jour-là", "FALSE" if closed else "TRUE")
    if closed:
        return
    yield from told.aid.conditions
    if "fr" in told.aid.coverage:
        yield LAW_HOLDS
    if not told.aid.coverage:
        yield UNTOLD_PLACE


def _doubts(told: Published) -> Iterator[str]:
    """What its conditions in words say, which no rule reads, and why it may be closed."""
    if told.doubt:
        yield told.doubt
    elif told.existence.state is State.A_CONFIRMER:
        yield "la liste ne dit pas jusqu'à quand elle est ouverte"
    for note in told.aid.notes:
        if not note.startswith(RECURRENCE):
            yield note if len(note) <= LONGEST else f"{note[:LONGEST].rsplit(maxsplit=1)[0]}…"


def _desk(aid: ImportedAid) -> dict[str, Any]:
    name = aid.funder_told or get_source(aid.source).producer
    href = aid.desk or next(iter(aid.links), None)
    # Its name is that of one funder, who may be of elsewhere: nobody else is told in its place.
    return {"name": name, "kind": None, "href": href, "phone": None, "note": ""}


def _text(aid: ImportedAid) -> dict[str, Any]:
    """The list that tells it, where it stands there, and when it was read."""
    origin, source = aid.provenance, get_source(aid.source)
    return {
        "title": f"{source.title}, {origin.place}",
        "href": next(iter(aid.links), None) or source.home,
        "published_on": None,
        "checked_on": origin.listed_on or origin.imported_on,
        "basis": Basis.PAGE_LUE.value,
        "note": origin.licence,
    }


def _deadlines(aid: ImportedAid, text: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if aid.closes is not None:
        yield {"label": "Clôture", "day": aid.closes.isoformat(), "at": None, "kind": "cloture", "text": text}


def _also(twin: ImportedAid) -> dict[str, Any]:
    return {
        "id": twin.id,
        "source": twin.source,
        "publisher": get_source(twin.source).producer,
        "href": next(iter(twin.links), None),
    }
