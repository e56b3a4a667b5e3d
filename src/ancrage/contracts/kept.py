"""What is kept of money beside a plan: a contract paid on results or a capital table, told by its schema."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import yaml

from ancrage.contracts.capital import Capital, read_capital_text
from ancrage.contracts.checking import read_contract_text
from ancrage.contracts.impact import ImpactContract
from ancrage.errors import FinancingFileError

_SCHEMA = re.compile(r"^\s*[\"']?schema[\"']?\s*:\s*[\"']?ancrage-([a-z-]+)/", re.MULTILINE)
_HEAD = re.compile(r"\A(?:#[^\n]*\n|\s*\n)*")


class Sort(StrEnum):
    """What a text is, as its schema says."""

    PLAN = "financement"
    CONTRACT = "contrat-impact"
    CAPITAL = "capital"

    @property
    def label(self) -> str:
        """French words."""
        return {"financement": "plan de financement", "contrat-impact": "contrat à impact"}.get(
            self, "capital d’une SCIC"
        )


@dataclass(frozen=True, slots=True)
class KeptText:
    """A contract or a table as its author wrote it: read, so that it can be simulated again."""

    name: str
    text: str


def sort_of(text: str) -> Sort:
    """What a text is; a plan when it says nothing."""
    found = _SCHEMA.search(text)
    return Sort(found[1]) if found and found[1] in set(Sort) else Sort.PLAN


def read_kept(text: str) -> KeptText:
    """A contract or a table, checked. Raises :class:`FinancingFileError` with every fault."""
    made: ImpactContract | Capital
    made = read_capital_text(text) if sort_of(text) is Sort.CAPITAL else read_contract_text(text)
    return KeptText(made.name, text)


def with_finding(text: str, on: date, result: Decimal, document: str) -> KeptText:
    """The same contract and one more finding of its evaluator. Raises :class:`FinancingFileError`.

    Its first comments stay; those inside are left in the version before.
    """
    head = _HEAD.match(text)
    told = yaml.safe_load(text)
    made = {"le": on.isoformat(), "resultat": f"{result:f}", **({"piece": document} if document else {})}
    told["constats"] = [*(told.get("constats") or ()), made]
    written = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)
    return read_kept((head[0] if head else "") + written)


def without_findings(text: str) -> str:
    """The same contract before anything was found; the text itself when nothing was, or when it is none."""
    try:
        found = read_contract_text(text).findings
    except FinancingFileError:
        return text
    if not found:
        return text
    told = yaml.safe_load(text)
    del told["constats"]
    head = _HEAD.match(text)
    return (head[0] if head else "") + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=100)


def leaves(text: str) -> dict[str, str]:
    """Every value of a text under its path, to compare two of them."""
    return dict(_leaves(yaml.safe_load(text), ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for rank, inner in enumerate(value, 1):
            yield from _leaves(inner, f"{path}[{rank}]")
    else:
        yield path, str(value)
