"""The index of everything that can be found: built once for an edition and a catalogue, then read back.

Structures, by far the most, are indexed once for an edition: an aid that is imported adds to them.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from ancrage.aids.imports.shelf import Shelf
from ancrage.language.words import spelled, stemmed
from ancrage.search.aids import aid_entries
from ancrage.search.catalogues import lever_entries, monograph_entries, term_entries
from ancrage.search.fingerprint import fingerprint
from ancrage.search.keeping import Part, digest, kept
from ancrage.search.structures import structure_entries
from ancrage.search.suggesting import LONGEST_TEXT, merged, suggest
from ancrage.search.suggestion import Entry, Found, Suggestion
from ancrage.search.territories import suggested_territories
from ancrage.territories.atlas import Atlas
from ancrage.territories.naming import normalise

FORMAT = 3
"""Raised when the index changes shape."""
HEAP = 128_000_000
LONGEST_NAME = 300


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("kind", "code", "whole", "glued"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="spelled", index_option="freq")
    builder.add_text_field("stems", tokenizer_name="stemmed", index_option="freq")
    builder.add_unsigned_field("rank", fast=True)
    builder.add_bytes_field("shown", stored=True, indexed=False)
    return builder.build()


SCHEMA = _schema()


class SearchIndex:
    """Finds territories, structures, aids and what the project tells, as a person types.

    Threads may share one. Territories come from the gazetteer of the atlas, the rest from the index.
    """

    def __init__(self, index: tantivy.Index, atlas: Atlas) -> None:
        self._atlas = atlas
        _teach(index)
        index.reload()
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def suggest(
        self, text: str, limit: int = 8, kinds: Iterable[Found] = tuple(Found)
    ) -> tuple[Suggestion, ...]:
        """The best answers to what was typed so far, best first; any text is allowed, none finds nothing.

        The last word may be unfinished; a code (SIRET, SIREN, INSEE, postcode) answers exactly. When a kind
        has no answer, words may hold a mistake from four letters on, two from eight; then any word answers.
        """
        wanted = dict.fromkeys(kinds)
        places = (
            suggested_territories(self._atlas, text[:LONGEST_TEXT], limit)
            if Found.TERRITORY in wanted
            else ()
        )
        told = tuple(kind for kind in wanted if kind is not Found.TERRITORY)
        return merged(places, suggest(self._searcher, SCHEMA, text, limit=limit, kinds=told), limit)


def open_index(atlas: Atlas, cache: Path | None, *, data: Path | None = None) -> SearchIndex:
    """The index of an edition and the catalogues, read from ``cache`` or built there, in memory if need be.

    ``data``: folder of the imported aids. Several processes may ask at once: one builds, the others wait.
    Raises :class:`CatalogueError`, and :class:`ImportFileError` for a damaged folder of aids.
    """
    edition = atlas.warehouse.folder
    structures = Part(digest(FORMAT, edition), lambda index: _fill(index, structure_entries(atlas)))
    others = Part(
        digest(FORMAT, edition, fingerprint(data)), lambda index: _fill(index, _others(atlas, data))
    )
    return SearchIndex(kept(cache, SCHEMA, structures, others), atlas)


def _others(atlas: Atlas, data: Path | None) -> Iterable[Entry]:
    yield from aid_entries(Shelf(atlas.warehouse, data))
    yield from lever_entries()
    yield from monograph_entries()
    yield from term_entries()


def _teach(index: tantivy.Index) -> None:
    index.register_tokenizer("spelled", spelled())
    index.register_tokenizer("stemmed", stemmed())


def _fill(index: tantivy.Index, entries: Iterable[Entry]) -> None:
    _teach(index)
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for entry in entries:
        writer.add_document(tantivy.Document.from_dict(_document(entry), SCHEMA))
    writer.commit()
    writer.wait_merging_threads()


def _document(entry: Entry) -> dict[str, Any]:
    names = [normalise(name)[:LONGEST_NAME] for name in entry.names]
    shown = {
        "kind": entry.kind.value,
        "code": entry.code,
        "title": entry.title,
        "detail": entry.detail,
        "names": names,
        "codes": entry.codes,
        "rank": entry.rank,
        "fictitious": entry.fictitious,
    }
    return {
        "kind": entry.kind.value,
        "code": [code.lower() for code in entry.codes],
        "whole": names,
        "glued": [name.replace(" ", "") for name in names],
        "words": [*names, normalise(entry.about)],
        "stems": [*entry.names, entry.about],
        "rank": entry.rank,
        "shown": json.dumps(shown, ensure_ascii=False).encode(),
    }
