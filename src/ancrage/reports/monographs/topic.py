"""How the monographs are told: a list, a case, those like one's own."""

from typing import Any

from ancrage.monographs.catalogue import Monograph
from ancrage.monographs.places import Placed
from ancrage.questions.monographs import Cases, Likest
from ancrage.questions.question import Answer
from ancrage.reports.documents import heading, named
from ancrage.reports.monographs.document import AlikeDocument, MonographDocument, MonographsDocument
from ancrage.reports.monographs.sheet import describe_alike, describe_list, describe_one, sources_of
from ancrage.reports.topic import Topic


def document_of_list(answer: Answer[Cases]) -> dict[str, Any]:
    """The cases; ``null`` is unknown."""
    return {**heading(answer), "items": [_case(one) for one in answer.facts.cases]}


def document_of_one(answer: Answer[Placed]) -> dict[str, Any]:
    """A case, with its zonings of the day it was studied."""
    placed = answer.facts
    return {
        **heading(answer, (placed.note,) if placed.note else ()),
        "sources": list(sources_of(placed.case)),
        "case": _case(placed.case),
        "place": named(placed.territory.named) if placed.territory else None,
        "zonings": [one.as_json() for one in placed.zonings],
    }


def document_of_alike(answer: Answer[Likest]) -> dict[str, Any]:
    """Distances, trait by trait; an unknown trait is listed apart."""
    return {
        **heading(answer),
        "items": [
            {
                "id": one.case.id,
                "name": one.case.header.name,
                "distance": one.likeness.distance,
                "parts": dict(one.likeness.parts),
                "unknown": list(one.likeness.unknown),
                "fictitious": one.case.header.fictitious,
            }
            for one in answer.facts.alike
        ],
    }


def _case(case: Monograph) -> dict[str, Any]:
    category = case.header.category
    return {
        **case.header.model_dump(mode="json", by_alias=True),
        "category_label": category.label if category else None,
        "parts": dict(case.parts),
    }


TOPIC = Topic(describe_list, document_of_list, MonographsDocument)
TOPIC_OF_ONE = Topic(describe_one, document_of_one, MonographDocument)
TOPIC_OF_ALIKE = Topic(describe_alike, document_of_alike, AlikeDocument)
