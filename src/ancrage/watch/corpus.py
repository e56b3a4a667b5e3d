"""A corpus read once: in each text its words, the terms found, and their contexts."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ancrage.errors import CorpusError
from ancrage.language.folding import Folded, count_words, fold
from ancrage.watch.declaration import Term
from ancrage.watch.extracting import PARTED
from ancrage.watch.given_dates import date_given, unused
from ancrage.watch.moments import Moment
from ancrage.watch.patterns import Find, Matcher
from ancrage.watch.reading import READ, Document, Refused, read_file
from ancrage.watch.tables import Columns
from ancrage.watch.walking import walk

_WIDEST_WORD = 25


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in its context. ``term``: its rank; ``line``: in the text, 1 for the first.

    ``before``, ``words`` and ``after`` are read one after the other, spaces included.
    """

    term: int
    line: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class TextCount:
    """A text counted: its words, and the occurrences of each term, by rank."""

    document: Document
    words: int
    counts: tuple[int, ...]
    mentions: tuple[Mention, ...] = ()

    @property
    def moment(self) -> Moment | None:
        """The date of the text; ``None`` when it is not known."""
        return self.document.moment

    def line_of(self, mention: Mention) -> int:
        """Line of a mention in its file: that where its record begins, in a table."""
        return self.document.line if self.document.inside else mention.line


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A text left out because its words are those of another one, which is counted."""

    name: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was counted, and all that was not. ``encodings``: files by encoding read."""

    texts: tuple[TextCount, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refused, ...]
    encodings: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]

    @property
    def undated(self) -> tuple[TextCount, ...]:
        """Texts whose date is not known: counted apart, in no year."""
        return tuple(text for text in self.texts if text.moment is None)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a corpus is read: columns of the tables, dates given, words shown on each side of a term."""

    columns: Columns = field(default_factory=Columns)
    dates: Mapping[str, Moment] = field(default_factory=dict)
    context: int = 8


def survey(paths: Sequence[Path], terms: Sequence[Term], wishes: Wishes | None = None) -> Corpus:
    """Read every file and count. Raises :class:`CorpusError` when nothing can be counted."""
    reader = _Reader(terms, wishes or Wishes())
    for found in walk(paths):
        reader.read(found.path, found.name)
    return reader.result()


class _Reader:
    """Gathers what each file gives; a text met twice is counted once, under its earliest date."""

    def __init__(self, terms: Sequence[Term], wishes: Wishes) -> None:
        self._matcher, self._size, self._wishes = Matcher(terms), len(terms), wishes
        self._texts: dict[bytes, TextCount] = {}
        self._duplicates: list[tuple[Document, bytes]] = []
        self._refused: list[Refused] = []
        self._encodings: dict[str, list[str]] = {}
        self._remarks: list[str] = []
        self._names: list[str] = []

    def read(self, path: Path, name: str) -> None:
        file = read_file(path, name, self._wishes.columns, date_given(name, self._wishes.dates))
        self._names.append(name)
        self._refused.extend(file.refused)
        self._remarks.extend(file.remarks)
        if file.encoding:
            self._encodings.setdefault(file.encoding, []).append(name)
        for document in file.documents:
            self._add(document)

    def _add(self, document: Document) -> None:
        digest = hashlib.sha256(document.text.strip().encode()).digest()
        known = self._texts.get(digest)
        bare = replace(document, text="")  # the text itself is not kept: a corpus may be large
        if known is None:
            self._texts[digest] = self._count(document, bare)
        elif _earlier(bare.moment, known.moment):
            self._duplicates.append((known.document, digest))
            self._texts[digest] = replace(known, document=bare)
        else:
            self._duplicates.append((bare, digest))

    def _count(self, document: Document, bare: Document) -> TextCount:
        plain = fold(document.text)
        finds = list(self._matcher.find(plain))
        counts = [0] * self._size
        for find in finds:
            counts[find.term] += 1
        shown = tuple(_mentions(document.text, plain, finds, self._wishes.context))
        return TextCount(bare, count_words(plain), tuple(counts), shown)

    def result(self) -> Corpus:
        if not self._texts:
            raise CorpusError(*_nothing(self._refused))
        if lost := unused(self._wishes.dates, self._names):
            self._remarks.append(f"dates données pour des fichiers absents : {', '.join(lost)}")
        return Corpus(
            tuple(self._texts.values()),
            tuple(Duplicate(one.name, self._texts[key].document.name) for one, key in self._duplicates),
            tuple(self._refused),
            {name: tuple(files) for name, files in sorted(self._encodings.items())},
            tuple(self._remarks),
        )


def _earlier(one: Moment | None, other: Moment | None) -> bool:
    return one is not None and (other is None or one < other)


def _nothing(refused: Sequence[Refused]) -> tuple[str, str]:
    told = "Aucun texte à compter."
    if refused:
        told += f" Écartés : {len(refused)}, dont « {refused[0].name} » ({refused[0].reason})."
    return told, f"Types lus : {', '.join(READ)}, compressés (.gz) ou non."


def _mentions(text: str, plain: Folded, finds: Sequence[Find], width: int) -> Iterator[Mention]:
    """Contexts of ``width`` words on each side, in the text as received."""
    line, counted = 1, 0
    reach = width * _WIDEST_WORD
    for find in finds if width else ():
        start, end = plain.origin(find.start), plain.origin(find.end)
        line, counted = line + text.count("\n", counted, start), start
        before, after = text[max(0, start - reach) : start], text[end : end + reach]
        yield Mention(
            find.term,
            line,
            " ".join(_words(before)[-width:]) + _space(before[-1:]),
            " ".join(text[start:end].split()),
            _space(after[:1]) + " ".join(_words(after)[:width]),
        )


def _words(text: str) -> list[str]:
    return text.replace(PARTED.strip(), " ").split()


def _space(edge: str) -> str:
    return " " if edge.isspace() else ""
