"""Imported aids as entries of a day, so that the same engine answers them beside those of the catalogue."""

from collections.abc import Iterable, Iterator
from datetime import date

from ancrage.aids.compiling import REACH
from ancrage.aids.entries import AidEntry, ConditionEntry, DayEntries, Plain
from ancrage.aids.imports.imported import ImportedAid, ImportedCondition
from ancrage.declarations.texts import Basis, Status
from ancrage.facts.values import labels_of, symbols
from ancrage.rules.lowering import lower
from ancrage.rules.parsing import Rule, parse_rule
from ancrage.rules.vocabulary import Vocabulary


def compile_imported(aids: Iterable[ImportedAid], on: date) -> DayEntries:
    """Every imported aid on a day, ready to answer.

    What a source keeps in words, or does not tell, leaves a yes to be checked.
    """
    vocabulary = Vocabulary(symbols())
    rules: dict[str, Rule] = {}
    entries = tuple(_entry(aid, on, rules, vocabulary) for aid in aids)
    certain = {
        entry.key: [condition.key for condition in entry.conditions if condition.certain] for entry in entries
    }
    program = lower(rules, vocabulary, also_all_of=certain)
    return DayEntries(on.isoformat(), entries, program, labels_of(program))


def _entry(aid: ImportedAid, on: date, rules: dict[str, Rule], vocabulary: Vocabulary) -> AidEntry:
    text = _text(aid)
    told = aid.conditions_on(on)
    for condition in told:
        rules[f"{aid.id}.{condition.id}"] = parse_rule(condition.rule, vocabulary)
    conditions = tuple(_condition(aid, one, rules[f"{aid.id}.{one.id}"], text) for one in told)
    return AidEntry(
        id=aid.id,
        name=aid.name,
        summary=aid.summary,
        funder=aid.funder,
        family="",
        reach=min((REACH.get(code.split(":")[0], max(REACH.values())) for code in aid.coverage), default=0),
        desk={"name": aid.funder, "href": aid.desk or None, "note": ""},
        nature=next(iter(aid.natures), ""),
        audience=aid.audiences,
        themes=aid.themes,
        levers=(),
        coverage=aid.coverage,
        in_force=told[0].rule == "TRUE",
        status=Status.A_VERIFIER.value if aid.notes else Status.ETABLI.value,
        since=aid.opens.isoformat() if aid.opens else "",
        until=aid.closes.isoformat() if aid.closes else None,
        text=text,
        note="",
        deadlines=(),
        cumulation=None,
        key=aid.id,
        conditions=conditions,
        amount=None,
        doubts=tuple(_doubts(aid)),
    )


def _condition(aid: ImportedAid, one: ImportedCondition, rule: Rule, text: Plain) -> ConditionEntry:
    note = _days(aid) if one.id == "periode" else ""
    return ConditionEntry(one.id, one.label, f"{aid.id}.{one.id}", rule.facts, one.certain, text, note)


def _days(aid: ImportedAid) -> str:
    opens = f"à partir du {aid.opens:%d/%m/%Y}" if aid.opens else ""
    closes = f"jusqu'au {aid.closes:%d/%m/%Y}" if aid.closes else ""
    said = " ".join(filter(None, (opens, closes)))
    return f"la source la dit ouverte {said}" if said else "la source ne dit pas ses jours"


def _doubts(aid: ImportedAid) -> Iterator[str]:
    if not aid.coverage:
        yield "la source ne dit pas quel territoire elle couvre"
    yield from aid.notes


def _text(aid: ImportedAid) -> Plain:
    origin = aid.provenance
    return {
        "title": f"{origin.source}, {origin.file}, {origin.place} ({origin.licence})",
        "href": aid.desk or None,
        "published_on": origin.updated_on or None,
        "checked_on": origin.imported_on,
        "basis": Basis.A_VERIFIER.value,
        "note": "",
    }
