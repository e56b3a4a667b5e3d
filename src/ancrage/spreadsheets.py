"""Tables as CSV, by one of two conventions, documented in docs/tableaux.md.

``PEOPLE``: what a French spreadsheet opens by itself (UTF-8 with its mark, semicolons, CRLF, decimal commas).
A number stays a number, a text stays a text: one that a spreadsheet would run as a formula, or take for a
number, a day or an hour (SIRET, « 01004 », « 10-19 »), is preceded by an apostrophe.

``MACHINES``: RFC 4180, for programs (UTF-8 without mark, commas, CRLF, decimal points). No cell is altered.

In both, days are ISO 8601 and an unknown value is an empty cell.
"""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

Cell = str | int | float | Decimal | date | bool | None
"""A typed cell: a ``str`` is a text, codes included; a number is given as a number."""
MARK = "\ufeff"
MEDIA_TYPE = "text/csv; charset=utf-8"
LINES = 1000
"""Lines written at once: a file may be longer than what one wants in memory."""

_FORMULA = re.compile(r"['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
_MONTH = (
    r"jan(?:v|vier|uary)?|f[ée]v(?:r|rier)?|feb(?:ruary)?|mar(?:s|ch)?|avr(?:il)?|apr(?:il)?|mai|may|jui?n|june"
    r"|jui?l(?:l|let|y)?|ao[ûu]t?|aug(?:ust)?|sept?(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?"
    r"|d[ée]c(?:embre|ember)?"
)
_CONVERTED = re.compile(
    rf"['\s]*(?:(?=.*\d)[\d\s.,:;/()+\-%€$£e]*(?:[ap]m)?|vrai|faux|true|false"
    rf"|\d{{1,4}}[\s./-]*(?:{_MONTH})\.?(?:[\s./-]*\d{{1,4}})?|(?:{_MONTH})\.?[\s./-]*\d{{1,4}})\s*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Convention:
    """A way to write a table as CSV; ``name`` is that of the format people ask for.

    ``quoted``: every cell between quotes, as some exchange formats want.
    """

    name: str
    mark: str
    delimiter: str
    cell: Callable[[Cell], str]
    quoted: bool = False
    line_end: str = "\r\n"

    def parts(self, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
        """The file, some lines at a time."""
        yield self.mark + self._written([header])
        waiting = iter(rows)
        while some := list(islice(waiting, LINES)):
            yield self._written(some)

    def text(self, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
        """The whole file."""
        return "".join(self.parts(header, rows))

    def write(self, path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Write the file."""
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(self.parts(header, rows))

    def _written(self, rows: Iterable[Sequence[Cell]]) -> str:
        out = io.StringIO(newline="")
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL,
            lineterminator=self.line_end,
        )
        writer.writerows([self.cell(cell) for cell in row] for row in rows)
        return out.getvalue()


def harmless(text: str) -> str:
    """The text, preceded by an apostrophe where a spreadsheet would make something else of it."""
    return f"'{text}" if _FORMULA.match(text) or _CONVERTED.fullmatch(text) else text


def inert(text: str) -> str:
    """The same, but only where a spreadsheet would run the text: for files that programs exchange."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_received(cell: str) -> str:
    """What a cell held before :func:`harmless`: files of ours are read back as they were."""
    inner = cell.removeprefix("'")
    return inner if inner != cell and harmless(inner) == cell else cell


def _for_people(cell: Cell) -> str:
    match cell:
        case bool():
            return "oui" if cell else "non"
        case float() | Decimal():
            return _number(cell).replace(".", ",")
        case str():
            return harmless(cell)
        case _:
            return _plain(cell)


def _for_machines(cell: Cell) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() | Decimal():
            return _number(cell)
        case _:
            return _plain(cell)


def _for_exchanges(cell: Cell) -> str:
    return inert(cell) if isinstance(cell, str) else _for_machines(cell)


def _number(value: float | Decimal) -> str:
    """Digits of a number; empty when it is none (an unknown computed)."""
    if not math.isfinite(value):
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else repr(float(value))


def _plain(cell: str | int | date | None) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


PEOPLE = Convention("csv", MARK, ";", _for_people)
MACHINES = Convention("csv-machine", "", ",", _for_machines)
EXCHANGES = Convention("csv-echange", "", ",", _for_exchanges, quoted=True, line_end="\n")
"""For an exchange format that people open too: as for programs, but no cell runs."""
