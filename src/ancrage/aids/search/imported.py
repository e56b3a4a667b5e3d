"""The document of an imported aid."""

from collections.abc import Iterator
from datetime import date

from ancrage.aids.imports.imported import ImportedAid, Provenance
from ancrage.aids.search.amounts import most_euros
from ancrage.aids.search.documents import ONE_DAY, AidDocument, Span
from ancrage.aids.vocabulary import Nature, Theme
from ancrage.facts.situation import Audience

EXCHANGE_FORMAT = "aides-dge"
"""Source whose raw fields are a row of the exchange format."""
TOLD_ELSEWHERE = frozenset({"public", "territoire", "entreprise"})
"""Conditions that only say again the audience and the coverage."""


def document_of_imported(aid: ImportedAid) -> AidDocument:
    """The document of an aid told by a source. Without a day of opening, that it is open is to be checked."""
    updated = aid.provenance.updated_on
    conditions = tuple(dict.fromkeys(_conditions(aid)))
    return AidDocument(
        id=aid.id,
        name=aid.name,
        summary=aid.summary,
        description=aid.description,
        funder=aid.funder_told,
        desk="",
        href=aid.desk or next(iter(aid.links), ""),
        natures=tuple(map(Nature, aid.natures)),
        audiences=tuple(map(Audience, aid.audiences)),
        themes=tuple(map(Theme, aid.themes)),
        conditions=conditions,
        coverage=aid.coverage,
        excludes=aid.excluded,
        spans=tuple(_spans(aid)),
        provenance=_provenance(aid.provenance),
        licence=aid.provenance.licence,
        updated_on=date.fromisoformat(updated) if updated else None,
        latest=conditions,
        caveats=tuple(f"Condition à vérifier : {one.label}." for one in aid.conditions if not one.certain),
        amount=aid.amount,
        most_eur=most_euros(aid.amount),
        row=tuple((name, str(told)) for name, told in aid.raw.items())
        if aid.source == EXCHANGE_FORMAT
        else (),
    )


def _spans(aid: ImportedAid) -> Iterator[Span]:
    yield Span(aid.opens, aid.closes, sure=aid.opens is not None)
    if aid.closes is not None and not aid.closes_surely:
        yield Span(aid.closes + ONE_DAY, None, sure=False)


def _conditions(aid: ImportedAid) -> Iterator[str]:
    yield from (one.label for one in aid.conditions if one.id not in TOLD_ELSEWHERE)
    yield from aid.notes


def _provenance(origin: Provenance) -> str:
    return f"{origin.source}, {origin.file}, {origin.place}"
