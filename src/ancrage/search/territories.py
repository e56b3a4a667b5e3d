"""Territories that answer, as the box shows them: what each is, where, and how many live there."""

from collections.abc import Iterator

from ancrage.errors import InvalidCodeError
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.atlas import Atlas
from ancrage.territories.finding import find


def suggested_territories(atlas: Atlas, text: str, limit: int) -> Iterator[Suggestion]:
    """Territories of the latest vintage that the gazetteer finds; each is listed once."""
    try:
        found = find(atlas, text, on=atlas.today, limit=limit)
    except InvalidCodeError:
        return  # A prefix begun: « dep: ».
    for match in found:
        yield Suggestion(
            kind=Found.TERRITORY,
            code=str(match.named.code),
            title=match.named.name,
            detail=match.detail,
            score=match.score,
            fictitious=False,
        )
