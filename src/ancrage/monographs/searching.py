"""Search in the monographs: French stems, typing mistakes forgiven."""

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from ancrage.language.words import Words, accented, folded, stemmed
from ancrage.monographs.catalogue import Monograph

FIELDS = {"name": 4.0, "told": 1.0}
HEAP = 15_000_000
MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A case and the words read in place of those typed."""

    case: Monograph
    read: tuple[str, ...]


def search(cases: Sequence[Monograph], text: str) -> tuple[Found, ...]:
    """Cases that hold every word, or words one or two mistakes away, best first."""
    schema = _schema()
    index = _indexed(cases, schema)
    searcher = index.searcher()
    words = Words(searcher.terms_with_prefix("words", ""))
    typed = folded().analyze(text)
    clauses: list[tuple[Occur, Query]] = []
    read = []
    for word in typed:
        forms = [word] if word in set(words.beginning(word, 1)) else []
        near = forms or [*words.beginning(word, 5)] or [other for other, _ in words.misspelt(word, 5)]
        if near and word not in near:
            read.append(words.written(near[0]))
        stems = [stem for form in near or [word] for stem in stemmed().analyze(form)]
        parts = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, name, stem), weight))
            for stem in dict.fromkeys(stems)
            for name, weight in FIELDS.items()
        ]
        clauses.append((Occur.Must, Query.boolean_query(parts)))
    if not clauses:
        return ()
    hits = searcher.search(Query.boolean_query(clauses), limit=MOST).hits
    by_id = {case.id: case for case in cases}
    return tuple(Found(by_id[searcher.doc(address)["id"][0]], tuple(read)) for _, address in hits)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="stemmed", index_option="freq")
    builder.add_text_field("words", tokenizer_name="accented", index_option="basic")
    return builder.build()


def _indexed(cases: Sequence[Monograph], schema: tantivy.Schema) -> tantivy.Index:
    """A few cases are indexed in memory in no time: nothing to keep, nothing to age."""
    index = tantivy.Index(schema)
    index.register_tokenizer("stemmed", stemmed())
    index.register_tokenizer("accented", accented())
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for case in cases:
        name, told = case.header.name, _told(case)
        writer.add_document(
            tantivy.Document.from_dict(
                {"id": case.id, "name": name, "told": told, "words": [name, *told]}, schema
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _told(case: Monograph) -> list[str]:
    header = case.header
    said = [one.value for one in header.stated.values() if one]
    said += [one.what for one in header.contributions] + [header.place]
    return [*filter(None, said), *case.parts.values()]
