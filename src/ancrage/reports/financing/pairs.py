"""Whether aids add up, told two by two."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field

from ancrage.aids.catalogue import load_aids
from ancrage.financing.cumulation import PairAnswer
from ancrage.language.numbers import number
from ancrage.questions.financing import PairsQuestion
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports.cells import aid_cell
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.wording import TextDocument, cited, text_as_json
from ancrage.reports.sheet import Grid, KeyFigure, Section, Sheet, Where

Pairs = tuple[PairAnswer, ...]
COLUMNS = ("Réponse", "Une aide", "L'autre", "Pourquoi", "Texte")
CHOOSE = "Choisissez des aides pour lire leurs paires ; toutes sont dans le tableur et le tableau."
ORDER = (Verdict.NON, Verdict.OUI, Verdict.A_VERIFIER)


class AidPair(Document, title="Paire d'aides"):
    """A pair."""

    first: str = Field(description="Une aide.")
    second: str = Field(description="L'autre.")
    verdict: Verdict = Field(description="S'ajoutent-elles : oui, non, a_verifier.")
    reason: str = Field(description="Pourquoi.")
    limit: str | None = Field(description="Dans quelle limite ; null si aucune n'est dite.")
    text: TextDocument = Field(description="Le texte.")


class PairsDocument(
    Common, title="Cumul d'aides", json_schema_extra={"description": "Chaque paire d'aides."}
):
    """The pairs."""

    items: list[AidPair] = Field(description="Les paires.")


def describe(answer: Answer[Pairs]) -> Sheet:
    """The pairs asked, those that are settled first; of the whole catalogue, what a reader can read."""
    ordered = sorted(answer.facts, key=lambda one: ORDER.index(one.verdict))
    counted = Counter(one.verdict for one in answer.facts)
    every = _told(answer)
    tables = (
        (_grid("Paires", ordered),)
        if every
        else (
            _grid("Paires qu'un texte refuse", _refused(ordered, answer.on), where=Where.READ, note=CHOOSE),
            _grid("Paires", ordered, where=Where.KEPT),
        )
    )
    return Sheet(
        kicker="Cumul d'aides",
        title="Ces aides s'ajoutent-elles ?",
        lead="Sans texte qui tranche, la réponse est « à vérifier », jamais oui.",
        sections=(Section("paires", "Deux par deux", tables),),
        figures=tuple(KeyFigure(one.label, number(counted[one]), "paires") for one in ORDER),
        method="financement",
    )


def _told(answer: Answer[Pairs]) -> bool:
    return isinstance(answer.question, PairsQuestion) and bool(answer.question.aids)


def _refused(pairs: Sequence[PairAnswer], on: date) -> list[PairAnswer]:
    """Those of aids in force that a text refuses: of a closed one there is nothing to read."""
    aids = load_aids()
    return [
        one
        for one in pairs
        if one.verdict is Verdict.NON
        and all(aids[name].in_force_on(on) is not False for name in (one.first, one.second))
    ]


def _grid(name: str, pairs: Sequence[PairAnswer], *, where: Where = Where.EVERYWHERE, note: str = "") -> Grid:
    aids = load_aids()
    rows = tuple(
        (
            one.verdict,
            aid_cell(aids[one.first].name, one.first),
            aid_cell(aids[one.second].name, one.second),
            one.reason,
            cited(one.text),
        )
        for one in pairs
    )
    return Grid(name, COLUMNS, rows, where=where, note=note, brief=30, carded=True)


def document(answer: Answer[Pairs]) -> dict[str, Any]:
    """Plain values: :class:`PairsDocument` is their schema."""
    return {
        **heading(answer),
        "items": [
            {
                "first": one.first,
                "second": one.second,
                "verdict": one.verdict.value,
                "reason": one.reason,
                "limit": one.limit or None,
                "text": text_as_json(one.text),
            }
            for one in answer.facts
        ],
    }
