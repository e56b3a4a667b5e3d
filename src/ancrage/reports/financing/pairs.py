"""Whether aids add up, told two by two."""

from collections import Counter
from typing import Any

from pydantic import Field

from ancrage.aids.catalogue import load_aids
from ancrage.financing.cumulation import PairAnswer
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports.cells import aid_cell
from ancrage.reports.documents import Common, Document, heading
from ancrage.reports.financing.wording import TextDocument, cited, text_as_json
from ancrage.reports.sheet import Grid, KeyFigure, Section, Sheet

Pairs = tuple[PairAnswer, ...]
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
    """The pairs, those that are settled first."""
    aids = load_aids()
    ordered = sorted(answer.facts, key=lambda one: ORDER.index(one.verdict))
    rows = tuple(
        (
            one.verdict,
            aid_cell(aids[one.first].name, one.first),
            aid_cell(aids[one.second].name, one.second),
            one.reason,
            cited(one.text),
        )
        for one in ordered
    )
    counted = Counter(one.verdict for one in answer.facts)
    grid = Grid(
        "Paires", ("Verdict", "Une aide", "L'autre", "Pourquoi", "Texte"), rows, brief=30, carded=True
    )
    return Sheet(
        kicker="Cumul d'aides",
        title="Ces aides s'ajoutent-elles ?",
        lead="Sans texte qui tranche, la réponse est « à vérifier », jamais oui.",
        sections=(Section("paires", "Deux par deux", (grid,)),),
        figures=tuple(KeyFigure(one.label, f"{counted[one]}", "paires") for one in ORDER),
        method="financement",
    )


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
