"""Aids in the exchange format « dispositif d'aide » of the DGE (schema etalab/schema-dispositif-aide 0.1.0).

A CSV of fifteen columns: commas, every cell between quotes, lists inside a cell joined by « | », carriers as
JSON, moments in UTC. Its pattern of places only admits digits: it refuses Corsica (``DEP-2A``, ``COM-2A004``)
and quarters (``QPV-QN02301M``). They are written all the same, and told by :class:`Remark`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ancrage.aids.exports.dge_words import (
    COLUMNS,
    LONGEST,
    PLACES,
    REQUIRED,
    TARGETS,
    TYPES,
    identifier,
    moment,
    place,
)
from ancrage.aids.search.documents import AidDocument, Span
from ancrage.spreadsheets import EXCHANGES


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of the export should know of an aid."""

    aid: str
    what: str


def export(documents: Sequence[AidDocument]) -> tuple[str, tuple[Remark, ...]]:
    """The text of the CSV file, and what in it the published schema would refuse."""
    rows = [_row(document) for document in documents]
    text = EXCHANGES.text(COLUMNS, ([row[column] for column in COLUMNS] for row in rows))
    remarks = (_remarks(*pair) for pair in zip(documents, rows, strict=True))
    return text, tuple(remark for each in remarks for remark in each)


def grouped(remarks: Iterable[Remark]) -> dict[str, list[str]]:
    """Identifiers of aids by remark."""
    found: dict[str, list[str]] = {}
    for remark in remarks:
        found.setdefault(remark.what, []).append(remark.aid)
    return found


def _row(document: AidDocument) -> dict[str, str]:
    """The row the aid came in, when it came in this format; else one made from what is known."""
    if document.row:
        return dict.fromkeys(COLUMNS, "") | {name: told for name, told in document.row if name in COLUMNS}
    span = next((span for span in reversed(document.spans) if span.sure), Span(None, None))
    return {
        "id": identifier(document.id),
        "titre": document.name,
        "promesse": _cut(document.summary, LONGEST["promesse"]),
        "description": _description(document),
        "eligibilite": "\n".join(f"* {said}" for said in document.latest or document.caveats),
        "types_aides": _joined(TYPES[nature] for nature in document.natures),
        "porteurs": json.dumps(_carriers(document), ensure_ascii=False, separators=(",", ":")),
        "programmes_parents": "",
        "url_source": document.href,
        "cibles": _joined(target for audience in document.audiences for target in TARGETS[audience]),
        "eligibilite_geographique": _joined(place(code) for code in document.coverage),
        "eligibilite_geographique_exclusions": _joined(place(code) for code in document.excludes),
        "date_ouverture": moment(span.since),
        "date_cloture": moment(span.until),
        "date_mise_a_jour": moment(document.updated_on),
    }


def _description(document: AidDocument) -> str:
    """Cut when too long, save for what is not established and the source."""
    source = f"Source : {document.provenance}, aide « {document.id} »"
    licence = f" ({document.licence})" if document.licence else ""
    told = "\n\n".join(("", *document.caveats, f"{source}{licence}."))
    return _cut(_body(document), LONGEST["description"] - len(told)) + told


def _body(document: AidDocument) -> str:
    return document.description or document.summary


def _carriers(document: AidDocument) -> list[dict[str, str | list[str]]]:
    """The funder and the desk. Their SIREN is not known: it is left empty, never made up."""
    if document.desk in ("", document.funder):
        return [_carrier(document.funder, "financeur", "diffuseur")]
    return [_carrier(document.funder, "financeur"), _carrier(document.desk, "diffuseur")]


def _carrier(name: str, *roles: str) -> dict[str, str | list[str]]:
    return {"nom": name, "siren": "", "roles": list(roles)}


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    kept = text[: longest - 1].rsplit(maxsplit=1)[0]
    return kept if kept.endswith(".") else f"{kept}…"


def _joined(values: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(values))


def _remarks(document: AidDocument, row: dict[str, str]) -> Iterator[Remark]:
    for column in REQUIRED:
        if not row[column]:
            yield Remark(document.id, f"« {column} » n'est pas connu ; le schéma le demande")
    refused = [
        code
        for column in ("eligibilite_geographique", "eligibilite_geographique_exclusions")
        for code in row[column].split("|")
        if code and not PLACES.fullmatch(code)
    ]
    if refused:
        yield Remark(document.id, f"{', '.join(refused)} : code refusé par le motif publié, écrit quand même")
    if not document.row and not row["description"].startswith(_body(document)):
        yield Remark(document.id, f"description coupée à {LONGEST['description']} caractères")
