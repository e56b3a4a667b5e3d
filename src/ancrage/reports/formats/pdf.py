"""A sheet as a PDF that everybody can read: PDF/UA-1, tagged, in French, fonts inside, no network.

The typesetting is typst's. Its template never changes: what the sheet says reaches it as JSON, so that no
name found in a public file can ever be taken for markup.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from ancrage.reports.audience import Audience, told_to
from ancrage.reports.formats.printing.report import report_of
from ancrage.reports.formats.printing.seal import seal
from ancrage.reports.sheet import Sheet
from ancrage.reports.topic import Telling

SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65)
"""How much smaller the letters of a fitted paper may be, 9.5 points at first."""
PRESS = Path(__file__).parent / "printing" / "press.py"
PATIENCE = 300
"""Seconds given to a paper: a guard, the longest plans take a few."""


def write(telling: Telling) -> bytes:
    """An answer in this shape."""
    return render_sheet_pdf(telling.sheet, telling.to, telling.address)


def render_sheet_pdf(sheet: Sheet, to: Audience = Audience.READER, address: str = "") -> bytes:
    """Write a sheet as a PDF/UA-1 file. The same sheet gives the same bytes.

    Its date is the day the sheet answers for; a sheet of no day is dated of the epoch in its metadata only.
    ``address``: where it is on the site, written as a QR code on a paper fitted to its pages.
    """
    told = {"rapport": json.dumps(report_of(told_to(to, sheet), address), ensure_ascii=False)}
    return _printed(
        {
            "template": _template("document.typ" if sheet.fitted else "sheet.typ"),
            "told": told,
            "pages": sheet.fitted,
            "scales": SCALES,
            "timestamp": _timestamp(sheet),
        }
    )


def render_poster_pdf(sheet: Sheet, size: str, to: Audience = Audience.READER, address: str = "") -> bytes:
    """Write a sheet as a poster of one page, read from afar. ``size``: a3 or a4."""
    told = report_of(told_to(to, sheet), address) | {"papier": size}
    if address:
        told["code"] = seal(address)
    return _printed(
        {
            "template": _template("poster.typ"),
            "told": {"rapport": json.dumps(told, ensure_ascii=False)},
            "pages": 1,
            "scales": SCALES,
            "timestamp": _timestamp(sheet),
        }
    )


def _printed(order: dict[str, object]) -> bytes:
    """The bytes of a paper, typeset apart.

    A process that stays would hold what typst worked out for its last ten papers, some three hundred
    megabytes, and take two or three times as long from the second one on.
    """
    done = subprocess.run(  # noqa: S603 our own file, by the interpreter that runs us
        [sys.executable, "-I", str(PRESS)],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def _timestamp(sheet: Sheet) -> int:
    if sheet.on is None:
        return 0
    return int(datetime(sheet.on.year, sheet.on.month, sheet.on.day, tzinfo=UTC).timestamp())


@cache
def _template(name: str) -> str:
    folder = files("ancrage.reports").joinpath("templates")
    return folder.joinpath("blocks.typ").read_text("utf-8") + folder.joinpath(name).read_text("utf-8")
