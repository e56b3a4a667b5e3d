"""From what is typed to what answers: codes first, then beginnings, words, words with a mistake, any word.

The index gives a few dozens of candidates of each kind; likeness to the name orders them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from tantivy import DocAddress, Occur, Order, Query, Schema, Searcher

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
SOME_WORDS, SPREAD, NAMED_KIND = 55.0, 12.0, 14.0
"""What holding some of the words is worth, at least and at most more; and naming the kind looked for."""
KIND_WORDS = {
    Found.STRUCTURE: ("structure", "structures"),
    Found.AID: ("aide", "aides"),
    Found.TOOL: ("outil", "outils"),
    Found.LEVER: ("levier", "leviers"),
    Found.MONOGRAPH: ("monographie", "monographies"),
    Found.TERM: ("mot", "glossaire", "definition"),
}
Scored = tuple[float, Candidate]


def suggest(
    searcher: Searcher, schema: Schema, text: str, *, limit: int, kinds: Sequence[Found]
) -> tuple[Suggestion, ...]:
    """See :meth:`ancrage.search.index.SearchIndex.suggest`."""
    found: dict[tuple[str, str], Scored] = {}
    for kind in kinds:
        named, words = _without_kind(text[:LONGEST_TEXT].strip(), kind)
        asked = _Asked(searcher, schema, words)
        for look in (asked.exactly, asked.with_mistakes, asked.any_word):
            before = len(found)
            _keep(found, look(kind), named=named)
            if len(found) > before:
                break
    ordered = sorted(found.values(), key=lambda each: (-round(each[0], 1), -each[1]["rank"], each[1]["code"]))
    return tuple(_suggestion(candidate, value) for value, candidate in ordered[: max(limit, 0)])


def merged(places: Iterable[Suggestion], others: Iterable[Suggestion], limit: int) -> tuple[Suggestion, ...]:
    """Places and the rest, best first; at the same score a place comes before what bears its name."""
    return tuple(sorted((*places, *others), key=lambda one: -one.score)[: max(limit, 0)])


def _without_kind(text: str, kind: Found) -> tuple[bool, str]:
    """Whether the first or the last word names this kind, and the other words: « aide embauche »."""
    words = text.split()
    for place, rest in ((0, words[1:]), (-1, words[:-1])):
        if rest and " ".join(plain_words(words[place])) in KIND_WORDS.get(kind, ()):
            return True, " ".join(rest)
    return False, text


def _keep(found: dict[tuple[str, str], Scored], candidates: Iterable[Scored], *, named: bool) -> None:
    """Each candidate once, with its best score; those of a kind that was named come before the others."""
    for likeness, candidate in candidates:
        key = candidate["kind"], candidate["code"]
        value = min(max(likeness, LEAST) + NAMED_KIND, 100.0) if named else likeness
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

    def any_word(self, kind: Found) -> Iterator[Scored]:
        """Candidates that hold some of several words, those that hold the rarest and the most first."""
        told = [number for number, word in enumerate(self._words) if stemmed().analyze(word)]
        if len(told) < 2:
            return
        some = Query.boolean_query([(Occur.Should, self._word(number)) for number in told])
        hits = self._hits(some, self._only(kind))
        for value, candidate in hits:
            yield SOME_WORDS + SPREAD * value / hits[0][0], candidate

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
        if not by_rank:
            return [candidate for _, candidate in self._hits(query, only)]
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])
        hits = self._searcher.search(
            both, limit=CANDIDATES, count=False, order_by_field="rank", order=Order.Desc
        ).hits
        return [self._shown(address) for _, address in hits]

    def _hits(self, query: Query, only: Query) -> list[Scored]:
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])
        hits = self._searcher.search(both, limit=CANDIDATES, count=False).hits
        return [(value, self._shown(address)) for value, address in hits]

    def _shown(self, address: DocAddress) -> Candidate:
        shown: Candidate = json.loads(bytes(self._searcher.doc(address)["shown"][0]))
        return shown
