"""The index of aids: French stems by field, filters, and the words it knows.

An aid has one row for each of its spans of days, so that a day is one plain condition on a row.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import tantivy

from ancrage import __version__
from ancrage.aids.search.documents import AidDocument
from ancrage.language.words import Words, accented, stemmed

FORMAT = 2
"""Raised when the index changes shape."""
UNKNOWN = "?"
"""Filed where a document says nothing: what is not known is never left out by a filter."""
KEPT = 3
"""Indexes kept on disk: another process may still be reading the one before."""
HEAP = 64_000_000
STEMMED = ("name", "subjects", "summary", "conditions")
FUNDER = "funder"
"""Words of who gives it, looked for alone."""
FILTERS = ("audience", "nature", "theme", "coverage", "excludes")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for field in STEMMED:
        builder.add_text_field(field, tokenizer_name="stemmed", index_option="freq")
    builder.add_text_field(FUNDER, tokenizer_name="stemmed", index_option="basic")
    builder.add_text_field("words", tokenizer_name="accented", index_option="basic")
    for field in FILTERS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("since", indexed=True, fast=True)
    builder.add_integer_field("until", indexed=True, fast=True)
    builder.add_integer_field("most_eur", indexed=True, fast=True)
    builder.add_boolean_field("first", indexed=True)
    return builder.build()


SCHEMA = _schema()


def texts_of(document: AidDocument) -> dict[str, tuple[str, ...]]:
    """The texts of a document by searched field."""
    return {
        "name": (document.name, document.id.replace("_", " ")),
        "subjects": document.subjects,
        "summary": (document.summary, document.description),
        "conditions": document.conditions,
    }


class AidIndex:
    """Documents, their index, and the words of its vocabulary."""

    def __init__(self, documents: Sequence[AidDocument], index: tantivy.Index) -> None:
        index.register_tokenizer("stemmed", stemmed())
        index.register_tokenizer("accented", accented())
        index.reload()
        self.documents = {document.id: document for document in documents}
        self.searcher = index.searcher()

    @cached_property
    def words(self) -> Words:
        """Every word of the documents."""
        return Words(self.searcher.terms_with_prefix("words", ""))

    def __contains__(self, stem: str) -> bool:
        return any(self.searcher.doc_freq(field, stem) for field in STEMMED)


def open_index(documents: Sequence[AidDocument], cache: Path | None = None) -> AidIndex:
    """The index of these documents, read from ``cache`` or built there; in memory when it cannot be.

    Identifiers of documents are told apart; a later one takes the place of an earlier one.
    """
    unique = list({document.id: document for document in documents}.values())
    if cache is None:
        return AidIndex(unique, _built(unique, tantivy.Index(SCHEMA)))
    folder = cache / f"recherche-{digest(unique)}"
    with suppress(OSError, ValueError):
        return AidIndex(unique, tantivy.Index.open(str(folder)))
    with suppress(OSError, ValueError):
        _build_beside(folder, unique)
        return AidIndex(unique, tantivy.Index.open(str(folder)))
    return AidIndex(unique, _built(unique, tantivy.Index(SCHEMA)))


def digest(documents: Sequence[AidDocument]) -> str:
    """Changes with any word of any document, with the program and with the library."""
    told = hashlib.sha256(f"{FORMAT} {__version__} {version('tantivy')}".encode())
    for document in documents:
        told.update(repr(document).encode())
    return told.hexdigest()[:32]


def _build_beside(folder: Path, documents: Sequence[AidDocument]) -> None:
    """Written whole in a folder of its own, then renamed; a damaged one makes room."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix="recherche-", suffix=".partiel"))
    try:
        _built(documents, tantivy.Index(SCHEMA, path=str(building)))
        if folder.exists():
            shutil.rmtree(folder)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _make_room(folder.parent)


def _make_room(cache: Path) -> None:
    folders = [each for each in cache.glob("recherche-*") if each.suffix != ".partiel"]
    for older in sorted(folders, key=lambda each: each.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(older, ignore_errors=True)


def _built(documents: Sequence[AidDocument], index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("stemmed", stemmed())
    index.register_tokenizer("accented", accented())
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for document in documents:
        for row in _rows(document):
            writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    return index


def _rows(document: AidDocument) -> list[tantivy.Document]:
    texts = texts_of(document)
    shared: dict[str, str | int | list[str]] = {
        "key": document.id,
        **{field: list(filter(None, said)) for field, said in texts.items()},
        "words": [text for said in texts.values() for text in said if text],
        "audience": [*document.audiences] or [UNKNOWN],
        "nature": [*document.natures] or [UNKNOWN],
        "theme": [*document.themes] or [UNKNOWN],
        "coverage": [*document.coverage] or [UNKNOWN],
        "excludes": list(document.excludes),
        FUNDER: [document.funder] if document.funder else [],
    }
    if document.most_eur is not None:
        shared["most_eur"] = int(document.most_eur)
    return [
        tantivy.Document.from_dict(
            shared
            | {
                "since": (span.since or date.min).toordinal(),
                "until": (span.until or date.max).toordinal(),
                "first": number == 0,
            },
            SCHEMA,
        )
        for number, span in enumerate(document.spans)
    ]
