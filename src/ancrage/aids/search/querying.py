"""From a question to the aids that answer: words and what they stand for, filters, order."""

from collections.abc import Iterator, Sequence

from tantivy import FieldType, Occur, Query

from ancrage.aids.search.asked import Word, typed_words, words_for
from ancrage.aids.search.documents import AidDocument
from ancrage.aids.search.index import FUNDER, SCHEMA, STEMMED, UNKNOWN, AidIndex
from ancrage.aids.search.question import Answer, Hit, Question
from ancrage.language.words import stemmed

BOOSTS = {"name": 6.0, "subjects": 3.0, "summary": 2.0, "conditions": 1.0}
TIE = 0.2
"""What the other fields that hold a word add to the best one."""
Clause = tuple[Occur, Query]


def search(index: AidIndex, question: Question) -> Answer:
    """The aids that answer, best first: every word, else words near them, else some of the words.

    A blank text asks for all that filters keep; one that only holds empty words or signs finds nothing.
    """
    filters = list(_filters(question))
    typed = typed_words(question.text)
    if question.text.strip() and not typed:
        return _nothing(index, question, typed)
    words = list(words_for(index, typed, lenient=False))
    answer = _asked(index, question, words, filters, every=True)
    if answer.total or not typed:
        return answer
    near = list(words_for(index, typed, lenient=True))
    answer = _asked(index, question, near, filters, every=True)
    if not answer.total:
        answer = _asked(index, question, words, filters, every=False)
    return answer if answer.total else _nothing(index, question, typed)


def _nothing(index: AidIndex, question: Question, typed: list[str]) -> Answer:
    near = (
        other
        for word in typed
        for other in index.words.nearest(word, 3)
        if other != index.words.written(word)
    )
    unfiltered = search(index, Question(question.text, limit=1)).total if question.filtered else 0
    return Answer((), 0, suggestions=tuple(dict.fromkeys(near)), unfiltered=unfiltered)


def _asked(
    index: AidIndex,
    question: Question,
    words: list[Word],
    filters: list[Clause],
    *,
    every: bool,
) -> Answer:
    known = [word for word in words if word.stems]
    if words and (not known or (every and len(known) < len(words))):
        return Answer((), 0)
    wanted = [(Occur.Must if every else Occur.Should, _query(word)) for word in known]
    if wanted and not every:
        wanted = [(Occur.Must, Query.boolean_query(wanted))]
    limit = min(VARIANTS * max(question.limit, 1), len(index.documents) or 1)
    found = index.searcher.search(Query.boolean_query([*wanted, *filters]), limit=limit)
    stems = frozenset(stem for word in known for stem in word.stems)
    read = index.searcher.doc
    hits = [(index.documents[read(address)["key"][0]], float(score)) for score, address in found.hits]
    return Answer(
        tuple(_told_once(hits, stems))[: question.limit],
        found.count,  # type: ignore[attr-defined]  # told by the library, forgotten by its stub
        {word.typed: word.read for word in known if word.read},
        partial=not every and len(words) > 1,
    )


VARIANTS = 3
"""Aids read for each one shown, so that those told the same are found together."""


def _told_once(hits: Sequence[tuple[AidDocument, float]], stems: frozenset[str]) -> Iterator[Hit]:
    """The best of each group, the others of it beside."""
    groups: dict[str, list[tuple[AidDocument, float]]] = {}
    for hit in hits:
        groups.setdefault(hit[0].group or hit[0].id, []).append(hit)
    for (document, score), *others in groups.values():
        yield Hit(document, score, stems, tuple(other for other, _ in others))


def _query(word: Word) -> Query:
    parts = [
        Query.boost_query(Query.term_query(SCHEMA, name, stem, index_option="freq"), BOOSTS[name] * weight)
        for stem, weight in word.stems.items()
        for name in STEMMED
    ]
    return Query.disjunction_max_query(parts, tie_breaker=TIE)


def _filters(question: Question) -> Iterator[Clause]:
    """Conditions on rows; none counts in the score."""
    for name, value in (
        ("audience", question.audience),
        ("theme", question.theme),
        ("nature", question.nature),
    ):
        if value is not None:
            yield _must(Query.term_set_query(SCHEMA, name, [value.value, UNKNOWN]))
    if question.territory:
        codes = sorted(question.territory)
        yield _must(Query.term_set_query(SCHEMA, "coverage", [*codes, UNKNOWN]))
        yield Occur.MustNot, Query.term_set_query(SCHEMA, "excludes", codes)
    for stem in stemmed().analyze(question.funder):
        yield _must(Query.term_query(SCHEMA, FUNDER, stem))
    if question.least_eur is not None:
        yield _must(Query.range_query(SCHEMA, "most_eur", FieldType.Integer, lower_bound=question.least_eur))
    if question.on is None:
        yield _must(Query.term_query(SCHEMA, "first", True))
        return
    day = question.on.toordinal()
    yield _must(Query.range_query(SCHEMA, "since", FieldType.Integer, upper_bound=day))
    last = None if question.closing_in is None else day + question.closing_in
    yield _must(Query.range_query(SCHEMA, "until", FieldType.Integer, lower_bound=day, upper_bound=last))


def _must(query: Query) -> Clause:
    return Occur.Must, Query.const_score_query(query, 0.0)
