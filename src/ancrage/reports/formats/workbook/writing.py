"""Pages written as an XLSX workbook. A text stays a text: no formula, no link is ever made from data."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ancrage.language.typography import capitalised
from ancrage.reasoning import Verdict
from ancrage.reports.cells import Share
from ancrage.reports.columns import title_of
from ancrage.reports.formats.printing.characters import writable
from ancrage.reports.formats.values import Value
from ancrage.reports.formats.workbook.page import Page
from ancrage.reports.wording import FICTITIOUS, UNKNOWN

LONGEST_CELL = 32_767
"""Characters that a cell of the format holds."""
CUT = "… (texte coupé)"
NARROWEST, WIDEST = 9, 60
HEADER_ROW = 2
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}
KEPT_ROWS = 5_000
"""Rows kept in memory until the end; past it, each is written as it comes, its texts not shared."""
LINE_BY_LINE = {"in_memory": False, "constant_memory": True}
FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "about": {"italic": True, "font_color": "#56626A"},
    "warning": {"bold": True, "font_color": "#4D3900", "bg_color": "#FFF1CC"},
    "header": {
        "bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#E7EFEF",
    },
    "text": {"text_wrap": True, "valign": "top"},
    "count": {"num_format": "#,##0", "valign": "top"},
    "decimal": {"num_format": "#,##0.00", "valign": "top"},
    "share": {"num_format": "0.0%", "valign": "top"},
    "day": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
    "unknown": {"italic": True, "font_color": "#56626A", "valign": "top", "align": "right"},
}  # fmt: skip


def write_pages(pages: Sequence[Page], *, title: str, on: date) -> bytes:
    """The workbook. The same pages and the same day give the same bytes."""
    out = io.BytesIO()
    long = sum(len(page.rows) for page in pages) > KEPT_ROWS
    with xlsxwriter.Workbook(out, SAFE | LINE_BY_LINE if long else SAFE) as book:
        made = datetime(on.year, on.month, on.day, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": writable(title), "author": "Ancrage", "created": made})
        formats = {name: book.add_format(one) for name, one in FORMATS.items()}
        for page in pages:
            _write(book, page, formats)
    return out.getvalue()


def _write(book: Workbook, page: Page, formats: dict[str, Format]) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.write_string(0, 0, _fitting(page.title), formats["title"])
    mark = f"{capitalised(FICTITIOUS)}. " if page.fictitious else ""
    sheet.write_string(1, 0, _fitting(mark + page.about), formats["warning" if mark else "about"])
    for at, column in enumerate(page.columns):
        sheet.write_string(HEADER_ROW, at, _fitting(column), formats["header"])
        if note := " ".join(part for part in (mark, title_of(column).note) if part).strip():
            sheet.write_comment(HEADER_ROW, at, _fitting(note), {"author": "Ancrage", "x_scale": 2})
    for down, row in enumerate(page.rows, HEADER_ROW + 1):
        for at, value in enumerate(row):
            _cell(sheet, down, at, value, formats)
    _dress(sheet, page, mark)


def _cell(sheet: Worksheet, row: int, at: int, value: Value, formats: dict[str, Format]) -> None:
    match value:
        case None:
            sheet.write_string(row, at, UNKNOWN, formats["unknown"])
        case Share() if value.value is not None:
            sheet.write_number(row, at, value.value, formats["share"])
        case Verdict():
            sheet.write_string(row, at, value.label, formats["text"])
        case date():
            sheet.write_datetime(row, at, value, formats["day"])
        case int():
            sheet.write_number(row, at, value, formats["count"])
        case float():
            sheet.write_number(row, at, value, formats["decimal"])
        case "":
            pass
        case _:
            sheet.write_string(row, at, _fitting(value), formats["text"])


def _fitting(text: str) -> str:
    clean = writable(text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - len(CUT)] + CUT


def _dress(sheet: Worksheet, page: Page, mark: str) -> None:
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, _width(column, [row[at] for row in page.rows]))
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    if page.rows:
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(page.rows), len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_header(f"&L{mark.strip()}&R&A")
    sheet.set_footer("&LAncrage&R&P / &N")


def _width(column: str, values: Sequence[Value]) -> int:
    shown = [len(value) if isinstance(value, str) else NARROWEST for value in values]
    titles = max(map(len, column.split()), default=0) + 3
    return min(WIDEST, max(NARROWEST, titles, *(shown or [0])) + 1)
