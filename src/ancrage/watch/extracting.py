"""The text of one document and the date it declares, line by line as in the file.

Marks are replaced so that each word stays on its line: a context can then name a line of the file.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import ClassVar
from xml.parsers import expat

from ancrage.watch.moments import Moment, read_moment

PARTED = " \u2063 "
"""Put between two paragraphs: neither a space nor a letter, so that no term spreads over both."""
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_FRONT_DATE = re.compile(r"^date[ \t]*:(.+)$", re.MULTILINE | re.IGNORECASE)
_HTML_DATES = (
    "date", "dc.date", "dcterms.date", "dcterms.issued", "article:published_time", "datepublished",
)  # fmt: skip
_XML_DATES = (
    "date_texte", "date_publi", "date_dec", "date_seance", "dateseance", "datepublication", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file says: its text, and the date it declares itself (``None``: no date, or not one)."""

    text: str
    moment: Moment | None = None


class UnreadableTextError(Exception):
    """A text whose marks cannot be followed; its message is the reason, in French."""


def plain(text: str) -> Extracted:
    """A bare text; ``date:`` of a front matter (between two ``---`` at the top) is read, then left out."""
    front = _FRONT_MATTER.match(text)
    if front is None:
        return Extracted(text)
    declared = _FRONT_DATE.search(front.group(1))
    body = "\n" * front.group().count("\n") + text[front.end() :]
    return Extracted(body, read_moment(declared.group(1).partition("#")[0]) if declared else None)


def html(text: str) -> Extracted:
    """The words a page shows, and the date of its ``meta`` elements.

    Raises :class:`UnreadableTextError` where a mark stops the reading.
    """
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError as error:  # what the standard parser raises on an unknown « <![… »
        raise UnreadableTextError(f"HTML mal formé, ligne {page.getpos()[0]}") from error
    dates = [read_moment(page.declared[name]) for name in _HTML_DATES if name in page.declared]
    return Extracted("".join(page.parts), next(filter(None, dates), None))


def xml(text: str) -> Extracted:
    """The words of the elements, metadata left out, and the first date of ``_XML_DATES`` it declares.

    Raises :class:`UnreadableTextError` where the marks are not well formed.
    """
    document = _Document()
    try:
        document.read(text)
    except expat.ExpatError as error:
        raise UnreadableTextError(f"XML mal formé, ligne {error.lineno}") from error
    dates = [read_moment(document.declared[name]) for name in _XML_DATES if name in document.declared]
    return Extracted("".join(document.parts), next(filter(None, dates), None))


class _Lines:
    """Parts of a text, each put on the line it has in the file."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._line = 1

    def put(self, text: str, line: int) -> None:
        if line > self._line:
            self.parts.append("\n" * (line - self._line))
            self._line = line
        self.parts.append(text)
        self._line += text.count("\n")


class _Page(HTMLParser):
    """Keeps what a reader sees; words cut by an inline mark stay whole."""

    SILENT: ClassVar = {"script", "style", "template", "noscript", "title"}
    INLINE: ClassVar = {
        "a", "abbr", "b", "cite", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
        "strong", "sub", "sup", "u", "wbr",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.declared: dict[str, str] = {}
        self._silent: str | None = None
        self._lines = _Lines()
        self.parts = self._lines.parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            named = dict(attrs)
            name = named.get("name") or named.get("property") or named.get("itemprop") or ""
            self.declared.setdefault(name.lower(), named.get("content") or "")
        if tag in self.SILENT and self._silent is None:
            self._silent = tag
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = None
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if self._silent is None:
            self._lines.put(data, self.getpos()[0])

    def _part(self, tag: str) -> None:
        if tag not in self.INLINE:
            self._lines.put(" " if tag == "br" else PARTED, self.getpos()[0])


class _Document:
    """Reads an XML text without ever opening what it refers to."""

    METADATA: ClassVar = {"meta", "metadonnees"}
    INLINE: ClassVar = _Page.INLINE | {"exposant", "indice", "italique", "gras"}

    def __init__(self) -> None:
        self.declared: dict[str, str] = {}
        self._open: list[str] = []
        self._dating = False
        self._lines = _Lines()
        self.parts = self._lines.parts
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data

    def read(self, text: str) -> None:
        self._parser.Parse(text, True)

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self._open.append(local)
        self._dating = local in _XML_DATES and local not in self.declared
        if self._dating:
            self.declared[local] = ""
        self._part()

    def _end(self, _: str) -> None:
        self._part()
        self._open.pop()
        self._dating = False

    def _data(self, data: str) -> None:
        if self._dating:
            self.declared[self._open[-1]] += data
        elif not self.METADATA.intersection(self._open):
            self._lines.put(data, self._parser.CurrentLineNumber)

    def _part(self) -> None:
        if self._open[-1] not in self.INLINE:
            separator = " " if self._open[-1] == "br" else PARTED
            self._lines.put(separator, self._parser.CurrentLineNumber)
