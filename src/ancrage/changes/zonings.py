"""The zonings of a territory on a day, noted."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ancrage.changes.noting import Noted, Sort, Standing
from ancrage.changes.sides import Side
from ancrage.reasoning import Verdict
from ancrage.territories.zonings.answering import ZoningAnswer, answer_all

STANDING = {
    Verdict.OUI: Standing.OUI,
    Verdict.PARTIEL: Standing.OUI,
    Verdict.NON: Standing.NON,
    Verdict.A_VERIFIER: Standing.INCONNU,
}
MOST_NAMED = 12
RANKED = re.compile(r" \(\d+\)$")
"""The rank of a place in one edition of its list: the next one may rank it otherwise, or not at all."""


def noted(side: Side) -> Iterator[Noted]:
    """Every zoning that exists that day; one that does not is absent."""
    for answer in answer_all(side.atlas, side.territory):
        zoning = answer.zoning
        text = answer.edition.text if answer.edition else zoning.definition
        yield Noted(
            key=f"zonage:{side.territory.code}:{zoning.id}",
            sort=Sort.ZONAGE,
            label=zoning.label,
            standing=STANDING[answer.verdict],
            parts=tuple(_parts(answer)),
            since=answer.since or zoning.since,
            until=_first_day_out(answer.until or zoning.until),
            subject=zoning.id,
            title=text.title,
            href=text.href or "",
        )


def _first_day_out(last: date | None) -> date | None:
    return last + timedelta(days=1) if last else None


def _parts(answer: ZoningAnswer) -> Iterator[tuple[str, str]]:
    yield "Réponse", answer.verdict.label
    if answer.verdict is Verdict.PARTIEL:
        inside = answer.communes[Verdict.OUI] + answer.communes[Verdict.PARTIEL]
        yield "Communes concernées", f"{inside} sur {answer.communes.total()}"
    if answer.details:
        more = len(answer.details) - MOST_NAMED
        named = ", ".join(RANKED.sub("", name) for name in answer.details[:MOST_NAMED])
        yield "Nommés", f"{named} et {more} de plus" if more > 0 else named
