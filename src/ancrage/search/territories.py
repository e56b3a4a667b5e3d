"""Territories that answer, as the box shows them: what each is, where, and how many live there."""

from collections.abc import Iterator

from ancrage.errors import InvalidCodeError
from ancrage.language.numbers import count
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.atlas import Atlas
from ancrage.territories.finding import Match, find


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
            detail=_detail(match),
            score=match.score,
            fictitious=False,
        )


def _detail(match: Match) -> str:
    people = () if match.population is None else (count(match.population, "habitant"),)
    where = ", ".join((match.context, *people))
    return f"{where} ; {match.became}" if match.became else where
