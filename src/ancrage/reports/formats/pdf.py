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

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65)
"""How much smaller the letters of a fitted paper may be, 9.5 points at first."""
COMPILATIONS_KEPT = 11
"""Past ten compilations that do not ask for it, typst forgets what it had worked out."""


def write(telling: Telling) -> bytes:
    """An answer in this shape."""
    return render_sheet_pdf(telling.sheet, telling.to, telling.address)


def render_sheet_pdf(sheet: Sheet, to: Audience = Audience.READER, address: str = "") -> bytes:
    """Write a sheet as a PDF/UA-1 file. The same sheet gives the same bytes.

    Its date is the day the sheet answers for; a sheet of no day is dated of the epoch in its metadata only.
    ``address``: where it is on the site, written as a QR code on a paper fitted to its pages.
    """
    told = {"rapport": json.dumps(report_of(told_to(to, sheet), address), ensure_ascii=False)}
    template = _template("document.typ" if sheet.fitted else "sheet.typ")
    if sheet.fitted:
        told["echelle"] = str(_scale(template, told, sheet.fitted))
    content: bytes = typst.compile(
        template,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=told,
        ignore_system_fonts=True,
        timestamp=_timestamp(sheet),
    )
    _forget()
    return content


def _scale(template: bytes, told: dict[str, str], pages: int) -> float:
    """The largest letters with which a paper holds on its pages; the smallest ones when none does."""
    for scale in SCALES[:-1]:
        counted = json.loads(
            typst.query(
                template, "<pages>", sys_inputs={**told, "echelle": str(scale)}, ignore_system_fonts=True
            )
        )
        if counted[0]["value"] <= pages:
            return scale
    return SCALES[-1]


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
def _template(name: str) -> bytes:
    folder = files("ancrage.reports").joinpath("templates")
    return folder.joinpath("blocks.typ").read_bytes() + folder.joinpath(name).read_bytes()
