"""The JSON document of the needs as they are lived: its schema, key for key."""

from typing import Any

from pydantic import Field

from ancrage.contacts.unmet import STEP, Lived, LivedNeeds
from ancrage.questions.question import Answer
from ancrage.reports.documents import Document, Heading, heading

CAVEAT = (
    f"Les nombres vont de {STEP} en {STEP}, par défaut, et rien n'est dit sous {STEP} (aucune "
    "demande comprise) : personne ne doit être reconnu. "
    "Ce sont les demandes passées par ce site, non tous les besoins."
)


class LivedLine(Document, title="Besoins comptés", description="Des demandes, comptées de cinq en cinq."):
    """Counts by fives."""

    code: str = Field(description="Sorte de besoin, ou code du territoire ; vide pour le tout.")
    label: str = Field(description="Libellé.")
    told: int | None = Field(description="Demandes, au moins ; null : moins de cinq, aucune comprise.")
    unmet: int | None = Field(description="Sans réponse, au moins ; null : moins de cinq, aucune comprise.")


class LivedDocument(
    Heading, title="Besoins vécus", description="Les besoins demandés, et ceux sans réponse."
):
    """Needs told and unmet."""

    step: int = Field(description="De combien en combien vont les nombres.")
    note: str = Field(description="Ce que les nombres disent, et ne disent pas.")
    whole: LivedLine = Field(description="En tout.")
    kinds: list[LivedLine] = Field(description="Par sorte de besoin.")
    parts: list[LivedLine] = Field(
        description="Par territoire du niveau au-dessous ; cinq demandes au moins."
    )


def document(answer: Answer[LivedNeeds]) -> dict[str, Any]:
    """Plain values; ``null`` is fewer than five, none included."""
    found = answer.facts
    return {
        **heading(answer),
        "step": STEP,
        "note": CAVEAT,
        "whole": _plain(found.whole),
        "kinds": [_plain(one) for one in found.kinds],
        "parts": [_plain(one) for one in found.parts],
    }


def _plain(one: Lived) -> dict[str, Any]:
    return {"code": one.code, "label": one.label, "told": one.told, "unmet": one.unmet}
