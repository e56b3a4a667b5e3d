"""What a place of the exchange schema declares: its network, whom it serves, where, and how it receives.

The schema of data.inclusion changed in 2025: a place of version 0 gives its zone as a kind and codes
(``zone_diffusion_type``, ``zone_diffusion_code``), one of version 1 as codes alone (``zone_eligibilite``).
Cells hold a list, a JSON list in a text, or parts joined by a sign.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ancrage.cells.codes import split_joined
from ancrage.coverage.kinds import support_kinds
from ancrage.coverage.places import Zone, ZoneKind
from ancrage.declarations.faults import Fault
from ancrage.declarations.json_text import read_json
from ancrage.errors import SupportFileError
from ancrage.language.folding import bare, plain_words
from ancrage.language.phrases import listed

IN_PERSON = "presentiel"
COUNTRY = frozenset({"france", "99100"})
SHAPES = (
    (ZoneKind.EPCI, re.compile(r"\d{9}")),
    (ZoneKind.COMMUNE, re.compile(r"\d[\dAB]\d{3}")),
    (ZoneKind.DEPARTEMENT, re.compile(r"\d[\dAB]|97\d|98\d")),
)
VERSIONS = ("0", "1")
"""Major versions of the schema that are read."""


def parts_of(cell: Any) -> list[str]:
    """The parts of a cell, whichever way it holds several."""
    if isinstance(cell, list):
        return [str(part).strip() for part in cell if part is not None]
    text = "" if cell is None else str(cell).strip()
    if text.startswith("["):
        try:
            return parts_of(read_json(text))
        except Fault:
            return split_joined(text)
    return split_joined(text)


def network_of(cell: Any) -> str | None:
    """The first network written that is a kind of support we know."""
    named = ("_".join(plain_words(part)) for part in parts_of(cell))
    return next((name for name in named if name in support_kinds()), None)


def receives(modes: Any) -> bool:
    """Whether the public is received there; nothing told means that it is."""
    told = parts_of(modes)
    return not told or any(IN_PERSON in bare(mode) for mode in told)


def zones_of(kind: str, codes: Any) -> Iterator[Zone]:
    """Territories declared. Without a kind, each code says its own; what is neither declares nothing."""
    named = bare(kind)
    if named == ZoneKind.PAYS:
        yield Zone(ZoneKind.PAYS)
    elif named in set(ZoneKind):
        yield from (Zone(ZoneKind(named), code) for code in parts_of(codes))
    elif not named:
        yield from _by_shape(parts_of(codes))


def _by_shape(codes: Iterable[str]) -> Iterator[Zone]:
    for code in codes:
        if bare(code) in COUNTRY:
            yield Zone(ZoneKind.PAYS)
            continue
        kind = next((kind for kind, shape in SHAPES if shape.fullmatch(code)), None)
        if kind is not None:
            yield Zone(kind, code)


def check_version(document: Mapping[str, Any], name: str) -> None:
    """Raise :class:`SupportFileError` when a document says a version of the schema that is not read."""
    written = next(
        (document[key] for key in ("schema_version", "schema", "version") if key in document), None
    )
    if not isinstance(written, str | int | float):
        return
    found = re.search(r"(?:^|[/@v\s-])(\d+)(?:\.\d+)*$", str(written))
    if found is None or found[1] not in VERSIONS:
        raise SupportFileError(
            f"« {name} » se dit de la version « {written} », que je ne sais pas lire.",
            f"Versions lues du schéma data.inclusion : {listed(VERSIONS)}. Convertissez le fichier, ou "
            "ôtez la version si ses colonnes sont bien celles-là.",
        )
