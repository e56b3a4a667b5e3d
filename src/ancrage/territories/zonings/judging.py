"""From the statuses a commune inherits to one verdict."""

from collections.abc import Iterable, Sequence
from datetime import date

from ancrage.language.phrases import listed
from ancrage.reasoning import Verdict, spread
from ancrage.territories.zonings.declaration import Edition


def judge(statuses: Sequence[str], *, certain: bool, edition: Edition, on: date) -> Verdict:
    """Verdict for a commune that inherits these raw statuses.

    ``certain`` is false when a commune of origin was shared between several. Then a *partial* status says
    nothing of the part that came here: it is to be checked. A wholly classified or wholly unclassified
    commune of origin stays so in each of its parts.
    """
    verdicts = [edition.status(raw).on(on) for raw in statuses]
    if not certain:
        verdicts = [Verdict.A_VERIFIER if verdict is Verdict.PARTIEL else verdict for verdict in verdicts]
    return spread(verdicts)


def label(statuses: Sequence[str], edition: Edition) -> str:
    """French words for the statuses, joined when a merger brought several."""
    return listed(list(dict.fromkeys(edition.status(raw).label for raw in statuses)))


def share_classified(parts: Iterable[tuple[Verdict, int | None]]) -> float | None:
    """Share of the population living in communes wholly classified, between 0 and 1.

    ``None`` as soon as one commune is to be checked or partial, or has no known population: the share
    would be a guess.
    """
    inside = total = 0
    for verdict, population in parts:
        if population is None or verdict in (Verdict.A_VERIFIER, Verdict.PARTIEL):
            return None
        total += population
        inside += population if verdict is Verdict.OUI else 0
    return inside / total if total else None
