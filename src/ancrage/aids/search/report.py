"""The answer to a search as plain values, for other tools."""

from datetime import date
from typing import Any

from ancrage.aids.search.documents import AidDocument, Span
from ancrage.aids.search.question import Answer, Hit, Question


def as_json(answer: Answer, question: Question, *, on: date) -> dict[str, Any]:
    """The answer; ``on`` is the day for which each aid says whether it is in force (oui, non, a_verifier)."""
    return {
        "text": question.text,
        "filters": {
            "territory": sorted(question.territory),
            "audience": question.audience,
            "theme": question.theme,
            "nature": question.nature,
            "on": question.on.isoformat() if question.on else None,
            "closing_in": question.closing_in,
            "funder": question.funder,
            "least_eur": question.least_eur,
        },
        "total": answer.total,
        "read": {word: list(read) for word, read in answer.read.items()},
        "partial": answer.partial,
        "suggestions": list(answer.suggestions),
        "unfiltered": answer.unfiltered,
        "aids": [_hit(hit, on) for hit in answer.hits],
    }


def _hit(hit: Hit, on: date) -> dict[str, Any]:
    return {
        **_document(hit.document),
        "in_force": hit.document.standing(on),
        "in_force_on": on.isoformat(),
        "score": round(hit.score, 3),
        "deadline": _deadline(hit.document, on),
        "variants": [_variant(one) for one in hit.variants],
        "found": [{"field": found.field, "excerpt": found.excerpt} for found in hit.found],
    }


def _deadline(document: AidDocument, on: date) -> str | None:
    """Its last day, when it is open on this one and a source tells it."""
    last = document.last_day(on)
    return last.isoformat() if last else None


def _variant(document: AidDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document.name,
        "coverage": list(document.coverage),
        "funder": document.funder,
        "href": document.href,
        "provenance": document.provenance,
    }


def _document(document: AidDocument) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document.name,
        "summary": document.summary,
        "funder": document.funder,
        "natures": list(document.natures),
        "audience": list(document.audiences),
        "themes": list(document.themes),
        "coverage": list(document.coverage),
        "excludes": list(document.excludes),
        "spans": [_span(span) for span in document.spans],
        "amount": document.amount,
        "most_eur": document.most_eur,
        "href": document.href,
        "provenance": document.provenance,
        "licence": document.licence,
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "from": span.since.isoformat() if span.since else None,
        "to": span.until.isoformat() if span.until else None,
        "sure": span.sure,
        "attested_until": span.attested_until.isoformat() if span.attested_until else None,
    }
