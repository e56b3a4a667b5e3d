"""Monographs as plain values with stable keys: ``null`` is unknown."""

from typing import Any

from ancrage.monographs.catalogue import Monograph
from ancrage.monographs.places import Placed
from ancrage.monographs.traits import Alike


def case_as_json(case: Monograph, placed: Placed | None = None) -> dict[str, Any]:
    """A case, with its zonings when it was placed."""
    header = case.header.model_dump(mode="json", by_alias=True)
    category = case.header.category
    told: dict[str, Any] = {**header, "category_label": category.label if category else None}
    told["parts"] = dict(case.parts)
    if placed is not None:
        told["territory"] = placed.territory.name if placed.territory else None
        told["zonings"] = [one.as_json() for one in placed.zonings]
        told["note"] = placed.note
    return told


def alike_as_json(found: tuple[Alike, ...]) -> list[dict[str, Any]]:
    """Distances, trait by trait; an unknown trait is listed apart."""
    return [
        {
            "id": one.case.id,
            "name": one.case.header.name,
            "distance": one.likeness.distance,
            "parts": dict(one.likeness.parts),
            "unknown": list(one.likeness.unknown),
            "fictitious": one.case.header.fictitious,
        }
        for one in found
    ]
