"""From what is typed to what answers: codes first, then beginnings, words, words with a mistake.

The index gives a few dozens of candidates of each kind; likeness to the name orders them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from tantivy import Occur, Order, Query, Schema, Searcher

from ancrage.language.folding import plain_words
from ancrage.language.words import mistakes_allowed, stemmed
from ancrage.search.likeness import Candidate, score
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.naming import ABBREVIATIONS, normalise

CANDIDATES = 24
WORDS_READ = 12
LONGEST_TEXT = 200
LEAST = 55.0
"""Score under which a candidate is not shown."""
Scored = tuple[float, Candidate]


def suggest(
    searcher: Searcher, schema: Schema, text: str, *, limit: int, kinds: Sequence[Found]
) -> tuple[Suggestion, ...]:
    """See :meth:`ancrage.search.index.SearchIndex.suggest`."""
    asked = _Asked(searcher, schema, text[:LONGEST_TEXT].strip())
    found: dict[tuple[str, str], Scored] = {}
    empty = []
    for kind in kinds:
        before = len(found)
        _keep(found, asked.exactly(kind))
        if len(found) == before:
            empty.append(kind)
    if len(found) < limit:
        for kind in empty:
            _keep(found, asked.with_mistakes(kind))
    ordered = sorted(
        found.values(),
        key=lambda each: (-round(each[0] + each[1]["weight"], 1), -each[1]["rank"], each[1]["code"]),
    )
    return tuple(_suggestion(candidate, value) for value, candidate in ordered[: max(limit, 0)])


def _keep(found: dict[tuple[str, str], Scored], candidates: Iterable[Scored]) -> None:
    """Each candidate once, with its best score."""
    for value, candidate in candidates:
        key = candidate["kind"], candidate["code"]
        if value >= LEAST and value > found.get(key, (0.0, candidate))[0]:
            found[key] = value, candidate


def _suggestion(candidate: Candidate, value: float) -> Suggestion:
    return Suggestion(
        kind=Found(candidate["kind"]),
        code=candidate["code"],
        title=candidate["title"],
        detail=candidate["detail"],
        score=round(value, 1),
        fictitious=candidate["fictitious"],
    )


class _Asked:
    """What was typed, ready to be asked of each kind."""

    def __init__(self, searcher: Searcher, schema: Schema, typed: str) -> None:
        self._searcher, self._schema = searcher, schema
        self._codes = list(dict.fromkeys((typed.lower(), "".join(typed.lower().split()))))
        self._words = plain_words(typed)[:WORDS_READ]
        self._whole = normalise(typed)
        self._unfinished = typed[-1:].isalnum()

    def exactly(self, kind: Found) -> Iterator[Scored]:
        """Candidates of a kind by code, by the beginning of their name, by its words; some several times."""
        only = self._only(kind)
        by_code = Query.term_set_query(self._schema, "code", self._codes)
        yield from ((100.0, candidate) for candidate in self._found(by_code, only, by_rank=True))
        if self._words:
            yield from self._scored(self._beginning(only))
            yield from self._scored(self._with_words(only))

    def with_mistakes(self, kind: Found) -> Iterator[Scored]:
        """Candidates of a kind whose words, or whose name without spaces, are a few mistakes away."""
        if not self._words:
            return
        only = self._only(kind)
        near = Query.boolean_query([(Occur.Must, self._near(number)) for number in range(len(self._words))])
        yield from self._scored([*self._found(near, only), *self._found(near, only, by_rank=True)])
        glued = self._whole.replace(" ", "")
        if mistakes := mistakes_allowed(glued):
            query = Query.fuzzy_term_query(self._schema, "glued", glued, distance=mistakes)
            yield from self._scored(self._found(query, only, by_rank=True))

    def _only(self, kind: Found) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, "kind", kind.value), 0.0)

    def _scored(self, candidates: Iterable[Candidate]) -> Iterator[Scored]:
        return ((score(self._whole, candidate["names"]), candidate) for candidate in candidates)

    def _beginning(self, only: Query) -> list[Candidate]:
        query = Query.fuzzy_term_query(self._schema, "whole", self._whole, distance=0, prefix=True)
        return self._found(query, only, by_rank=True)

    def _with_words(self, only: Query) -> list[Candidate]:
        wanted = Query.boolean_query([(Occur.Must, self._word(number)) for number in range(len(self._words))])
        return [*self._found(wanted, only), *self._found(wanted, only, by_rank=True)]

    def _forms(self, number: int) -> list[str]:
        word = self._words[number]
        return list(dict.fromkeys((word, ABBREVIATIONS.get(word, word))))

    def _word(self, number: int) -> Query:
        """The word as it is, its stem, and when it may be unfinished the words it begins."""
        forms = self._forms(number)
        parts = [Query.boost_query(self._term("words", form), 4.0) for form in forms]
        parts += [Query.boost_query(self._term("stems", stem), 2.0) for stem in stemmed().analyze(forms[-1])]
        if self._is_last(number):
            parts += [self._fuzzy(form, 0) for form in forms]
        return Query.disjunction_max_query(parts, tie_breaker=0.1)

    def _near(self, number: int) -> Query:
        """The word, and those that as few mistakes as allowed turn into it."""
        word = self._forms(number)[-1]
        parts = [self._word(number)]
        parts += [
            Query.boost_query(self._fuzzy(word, mistakes, number), 1.0 / (mistakes + 1))
            for mistakes in range(1, mistakes_allowed(word) + 1)
        ]
        return Query.disjunction_max_query(parts)

    def _is_last(self, number: int) -> bool:
        return self._unfinished and number == len(self._words) - 1

    def _term(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, field, word, index_option="freq")

    def _fuzzy(self, word: str, mistakes: int, number: int | None = None) -> Query:
        prefix = number is None or self._is_last(number)
        return Query.fuzzy_term_query(self._schema, "words", word, distance=mistakes, prefix=prefix)

    def _found(self, query: Query, only: Query, *, by_rank: bool = False) -> list[Candidate]:
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])
        if by_rank:
            hits = self._searcher.search(
                both, limit=CANDIDATES, count=False, order_by_field="rank", order=Order.Desc
            ).hits
        else:
            hits = self._searcher.search(both, limit=CANDIDATES, count=False).hits
        return [json.loads(bytes(self._searcher.doc(address)["shown"][0])) for _, address in hits]
