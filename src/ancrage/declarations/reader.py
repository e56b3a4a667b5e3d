"""How the files of one kind are read, and which error their faults become."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ancrage.declarations.csv_text import cut_rows, records, refuse_titles, sniff_separator
from ancrage.declarations.decoding import Decoded
from ancrage.declarations.faults import Fault
from ancrage.declarations.given import read_bytes, refuse_beyond, text_of
from ancrage.declarations.json_text import read_json
from ancrage.declarations.tables import Rows, Table, Values
from ancrage.declarations.workbook import is_workbook, read_sheet, table_of
from ancrage.errors import AncrageError
from ancrage.repairs import Repair
from ancrage.spreadsheets import PEOPLE, as_received

if TYPE_CHECKING:
    from ancrage.declarations.documents import Document

DOCUMENT = 2 << 20
"""Bytes of a file somebody writes by hand: the longest known has a tenth of it."""
LIST = 64 << 20
"""Bytes of a list that a tool exports, once unpacked."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one kind of files a person brings.

    ``refuses`` makes the error of the room from a message, a hint and repairs; ``repair`` is the hint where a
    fault has none better; ``largest`` is in bytes, once unpacked; ``guessed``: old encodings are read too.
    """

    refuses: Callable[..., AncrageError]
    repair: str
    largest: int = DOCUMENT
    guessed: bool = False
    repairs: tuple[Repair, ...] = ()

    def text(self, path: Path) -> Decoded:
        """The text of a file. Raises the error of the room, as all that follows."""
        return self.text_of(self.content(path), path.name)

    def text_of(self, content: bytes, name: str) -> Decoded:
        """The text of bytes already here."""
        with self.telling(name):
            return text_of(content, guessed=self.guessed)

    def document(self, path: Path) -> "Document":
        """A YAML or JSON file, each key once."""
        return self.document_of(self.text(path).text, path.name)

    def document_of(self, text: str, name: str = "", *, once: bool = True) -> "Document":
        """A YAML or JSON text; ``once``: a key written twice is refused here."""
        from ancrage.declarations.documents import read_document

        with self.telling(name):
            refuse_beyond(len(text), self.largest)
            document = read_document(text)
            if once:
                document.refuse_repeated()
            return document

    def json_of(self, text: str, name: str, *, huge: bool = False) -> Any:
        """Values of a JSON text; ``huge``: numbers past measure are left to who reads each entry."""
        with self.telling(name):
            return read_json(text, huge=huge)

    def table(self, path: Path) -> Table:
        """The table of a file: a CSV in whatever separator and encoding, or a sheet of a workbook."""
        content = self.content(path)
        return self.sheet(content, path.name) or self.table_of(self.text_of(content, path.name), path.name)

    def table_or_json(self, path: Path) -> Table | Values:
        """The table of a file, or what it holds when it is a JSON."""
        content = self.content(path)
        if sheet := self.sheet(content, path.name):
            return sheet
        decoded = self.text_of(content, path.name)
        if decoded.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
            return Values(self.json_of(decoded.text, path.name))
        return self.table_of(decoded, path.name)

    def rows(self, content: bytes, name: str) -> Rows | None:
        """The rows of a workbook, titles or not; ``None`` when these bytes are none."""
        with self.telling(name):
            return read_sheet(content, self.largest).rows if is_workbook(content) else None

    def lines(self, path: Path) -> Rows:
        """The rows of a table whose first line may be no title."""
        return self.lines_of(self.content(path), path.name)

    def lines_of(self, content: bytes, name: str) -> Rows:
        """The same, of bytes already here."""
        if sheet := self.rows(content, name):
            return sheet
        with self.telling(name):
            text = text_of(content, guessed=self.guessed).text
            separator = sniff_separator(text)
            received = as_received if separator == PEOPLE.delimiter else str
            return tuple((line, tuple(map(received, cells))) for line, cells, _ in records(text, separator))

    def table_of(self, decoded: Decoded, name: str) -> Table:
        """The rows of a CSV, its separator found in its header, our apostrophes taken off."""
        with self.telling(name):
            separator = sniff_separator(decoded.text)
            columns, rows, rejects = cut_rows(decoded.text, separator)
            refuse_titles(columns)
        received = as_received if separator == PEOPLE.delimiter else str
        named = tuple((line, tuple(map(received, cells))) for line, cells in rows)
        return Table(columns, named, tuple(rejects), f"lu en {decoded.encoding.removesuffix('-sig')}")

    def content(self, path: Path) -> bytes:
        """The bytes of a file."""
        with self.telling(str(path)):
            return read_bytes(path, self.largest)

    def sheet(self, content: bytes, name: str) -> Table | None:
        """The table of a workbook; ``None`` when these bytes are none."""
        with self.telling(name):
            return table_of(read_sheet(content, self.largest)) if is_workbook(content) else None

    @contextmanager
    def telling(self, name: str) -> Iterator[None]:
        """Turn the faults of a file into the error of the room, which names the file and the line."""
        try:
            yield
        except Fault as fault:
            raise self.refuses(fault.told(name), fault.repair or self.repair, *self.repairs) from fault
