"""From a question to the aids that answer: words and what they stand for, filters, order."""

from collections.abc import Iterator
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query

from ancrage.aids.search.excerpts import found_in
from ancrage.aids.search.index import SCHEMA, STEMMED, UNKNOWN, AidIndex
from ancrage.aids.search.question import Answer, Hit, Question
from ancrage.aids.search.words import folded, stemmed

BOOSTS = {"name": 6.0, "subjects": 3.0, "summary": 2.0, "conditions": 1.0}
TIE = 0.2
"""What the other fields that hold a word add to the best one."""
COMMON = frozenset(("aide", "aides", "dispositif", "dispositifs"))
"""Words that say nothing here, unless they are alone."""
PREFIX, PREFIXED, COMPLETIONS = 3, 0.6, 40
MISSPELT, CORRECTIONS = 0.5, 8
WORDS_READ = 32
Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word typed, and the stems it may stand for with their weights."""

    typed: str
    stems: dict[str, float]
    read: tuple[str, ...] = ()


def search(index: AidIndex, question: Question) -> Answer:
    """The aids that answer, best first: every word, else with typing mistakes, else some of the words.

    A blank text asks for all that filters keep; one that only holds empty words or signs finds nothing.
    """
    filters = list(_filters(question))
    typed = _typed(question.text)
    if question.text.strip() and not typed:
        return _nothing(index, question, typed)
    words = list(_words(index, typed, lenient=False))
    answer = _asked(index, question, words, filters, every=True)
    if answer.total or not typed:
        return answer
    words = list(_words(index, typed, lenient=True))
    for every in (True, False):
        answer = _asked(index, question, words, filters, every=every)
        if answer.total:
            return answer
    return _nothing(index, question, typed)


def _nothing(index: AidIndex, question: Question, typed: list[str]) -> Answer:
    near = (
        other
        for word in typed
        for other in index.words.nearest(word, 3)
        if other != index.words.written(word)
    )
    unfiltered = search(index, Question(question.text, limit=1)).total if question.filtered else 0
    return Answer((), 0, suggestions=tuple(dict.fromkeys(near)), unfiltered=unfiltered)


def _typed(text: str) -> list[str]:
    words = list(dict.fromkeys(folded().analyze(text)))[:WORDS_READ]
    return [word for word in words if word not in COMMON] or words


def _words(index: AidIndex, typed: list[str], *, lenient: bool) -> Iterator[_Word]:
    for number, word in enumerate(typed):
        yield _word(index, word, last=number == len(typed) - 1, lenient=lenient)


def _word(index: AidIndex, typed: str, *, last: bool, lenient: bool) -> _Word:
    """The stems a word stands for: its own, those it begins when last, near ones when it is unknown."""
    own = _stem(typed)
    stems = {stem: 1.0 for stem in (own, *map(_stem, _twins(typed))) if stem in index}
    if last and len(typed) >= PREFIX:
        for form in index.words.beginning(typed, COMPLETIONS):
            stems.setdefault(_stem(form), PREFIXED)
    if stems and not lenient:
        return _Word(typed, stems)
    read = []
    for form, mistakes in index.words.misspelt(typed, CORRECTIONS):
        if _stem(form) not in stems:
            stems[_stem(form)] = MISSPELT / max(mistakes, 1)
            read.append(index.words.written(form))
    return _Word(typed, stems, () if own in index else tuple(read))


def _twins(form: str) -> Iterator[str]:
    """Forms of a word that the stemmer keeps apart: « lieu » and « lieux », « public » and « publique »."""
    bare = form.removesuffix("s")
    if form.endswith(("eux", "oux")):
        yield form[:-1]
    if form.endswith(("eu", "ou")):
        yield f"{form}x"
    if bare.endswith("ique"):
        yield f"{bare[:-3]}c"
    if bare.endswith("ic"):
        yield f"{bare[:-1]}que"


def _stem(form: str) -> str:
    return next(iter(stemmed().analyze(form)), form)


def _asked(
    index: AidIndex,
    question: Question,
    words: list[_Word],
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
    found = index.searcher.search(Query.boolean_query([*wanted, *filters]), limit=max(question.limit, 1))
    stems = {stem for word in known for stem in word.stems}
    hits = []
    for score, address in found.hits:
        document = index.documents[index.searcher.doc(address)["key"][0]]
        hits.append(Hit(document, float(score), tuple(found_in(document, stems))))
    return Answer(
        tuple(hits[: question.limit]),
        found.count,  # type: ignore[attr-defined]  # told by the library, forgotten by its stub
        {word.typed: word.read for word in known if word.read},
        partial=not every and len(words) > 1,
    )


def _query(word: _Word) -> Query:
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
    if question.on is None:
        yield _must(Query.term_query(SCHEMA, "first", True))
        return
    day = question.on.toordinal()
    yield _must(Query.range_query(SCHEMA, "since", FieldType.Integer, upper_bound=day))
    yield _must(Query.range_query(SCHEMA, "until", FieldType.Integer, lower_bound=day))


def _must(query: Query) -> Clause:
    return Occur.Must, Query.const_score_query(query, 0.0)
