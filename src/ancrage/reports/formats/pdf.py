"""A sheet as a PDF that everybody can read: PDF/UA-1, tagged, in French, fonts inside, no network.

The typesetting is typst's. Its template never changes: what the sheet says reaches it as JSON, so that no
name found in a public file can ever be taken for markup.
"""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import typst

from ancrage.reports.audience import Audience, told_to
from ancrage.reports.formats.printing.report import report_of
from ancrage.reports.sheet import Sheet
from ancrage.reports.topic import Telling

COMPILATIONS_KEPT = 11
"""Past ten compilations that do not ask for it, typst forgets what it had worked out."""


def write(telling: Telling) -> bytes:
    """An answer in this shape."""
    return render_sheet_pdf(telling.sheet, telling.to)


def render_sheet_pdf(sheet: Sheet, to: Audience = Audience.READER) -> bytes:
    """Write a sheet as a PDF/UA-1 file. The same sheet gives the same bytes.

    Its date is the day the sheet answers for; a sheet of no day is dated of the epoch in its metadata only.
    """
    content: bytes = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"rapport": json.dumps(report_of(told_to(to, sheet)), ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=_timestamp(sheet),
    )
    _forget()
    return content


def _forget() -> None:
    """Have typst let go of this document: it keeps what it worked out for its next compilations.

    A process that stays would hold ten reports, some three hundred megabytes.
    """
    for _ in range(COMPILATIONS_KEPT):
        typst.compile(b"", format="pdf", ignore_system_fonts=True)


def _timestamp(sheet: Sheet) -> int:
    if sheet.on is None:
        return 0
    return int(datetime(sheet.on.year, sheet.on.month, sheet.on.day, tzinfo=UTC).timestamp())


@cache
def _template() -> bytes:
    return files("ancrage.reports").joinpath("templates/sheet.typ").read_bytes()
