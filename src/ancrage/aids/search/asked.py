"""The words of a question, and what each may stand for in the index."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.aids.search.index import AidIndex
from ancrage.language.words import folded, stemmed

COMMON = frozenset(("aide", "aides", "dispositif", "dispositifs"))
"""Words that say nothing here, unless they are alone."""
PREFIX, PREFIXED, COMPLETIONS = 3, 0.6, 40
MISSPELT, CORRECTIONS = 0.5, 8
WORDS_READ = 32


@dataclass(frozen=True, slots=True)
class Word:
    """A word typed, the stems it may stand for with their weights, and the words read besides it."""

    typed: str
    stems: dict[str, float]
    read: tuple[str, ...] = ()


def typed_words(text: str) -> list[str]:
    """The words to look for in a text, folded, each once."""
    words = list(dict.fromkeys(folded().analyze(text)))[:WORDS_READ]
    return [word for word in words if word not in COMMON] or words


def words_for(index: AidIndex, typed: list[str], *, lenient: bool) -> Iterator[Word]:
    """What each word stands for; ``lenient`` admits typing mistakes in words that are known too."""
    for number, word in enumerate(typed):
        yield _word(index, word, last=number == len(typed) - 1, lenient=lenient)


def _word(index: AidIndex, typed: str, *, last: bool, lenient: bool) -> Word:
    """The stems a word stands for: its own, those it begins when last, near ones when it is unknown."""
    own = _stem(typed)
    stems = {stem: 1.0 for stem in (own, *map(_stem, _twins(typed))) if stem in index}
    if last and len(typed) >= PREFIX:
        for form in index.words.beginning(typed, COMPLETIONS):
            stems.setdefault(_stem(form), PREFIXED)
    if stems and not lenient:
        return Word(typed, stems)
    read = []
    for form, mistakes in index.words.misspelt(typed, CORRECTIONS):
        if _stem(form) not in stems:
            stems[_stem(form)] = MISSPELT / max(mistakes, 1)
            read.append(index.words.written(form))
    return Word(typed, stems, tuple(read))


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
