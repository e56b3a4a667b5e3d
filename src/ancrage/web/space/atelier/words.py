"""How acts, amounts and changes are said on the pages of an atelier."""

from datetime import date
from decimal import Decimal
from typing import Any

from ancrage.journal.models import Line
from ancrage.journal.registry import model_of
from ancrage.language.days import day
from ancrage.workspace.states import State

NO_BREAK = "\u202f"
VERBS = {
    "action.proposee": "proposée",
    "action.changee": "modifiée",
    "action.retire": "retirée du plan",
    **{
        f"action.{state.value}": f"devenue « {state.label} »"
        for state in State
        if state is not State.PROPOSED
    },
}
HIDDEN = {"retired_at", "retired_reason", "created_at", "state_reason"}


def amount(value: Decimal) -> str:
    """« 12 345,50 », without cents when there are none."""
    told = f"{value:,.2f}".replace(",", NO_BREAK).replace(".", ",")
    return told.removesuffix(",00")


def verbs(verb: str) -> str:
    """What was done, as a past participle."""
    return VERBS.get(verb, verb.replace(".", " : "))


def changes(line: Line) -> str:
    """What changed, field by field: from what to what, when it is short."""
    fields = {one.attname: one for one in model_of(line.object_kind)._meta.concrete_fields}
    told = []
    for name, value in line.after.items():
        if name in HIDDEN or name not in fields:
            continue
        label, before = str(fields[name].verbose_name), line.before.get(name)
        short = all(_short(one) for one in (before, value))
        told.append(f"{label} : {_word(before)} → {_word(value)}" if short else label)
    return " ; ".join(told)


def _short(value: Any) -> bool:
    return not isinstance(value, list | dict) and len(str(value)) <= 40 and "-" not in str(value)[8:9]


def _word(value: Any) -> str:
    return "(vide)" if value in (None, "") else str(value)


def told_day(written: str) -> str:
    """A day written in a value of JSON."""
    return day(date.fromisoformat(written))


def told_number(value: Decimal | str) -> str:
    """« 12,5 », without zeros that say nothing."""
    return format(Decimal(value).normalize(), "f").replace(".", ",")
