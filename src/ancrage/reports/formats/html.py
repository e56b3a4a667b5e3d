"""A sheet as one HTML page that stands alone: styles and drawings inside, no request to anybody."""

from ancrage.reports.audience import Audience
from ancrage.reports.formats.pages import environment
from ancrage.reports.sheet import Sheet
from ancrage.reports.topic import Telling


def write(telling: Telling) -> str:
    """An answer in this shape."""
    return render_sheet_html(telling.sheet, telling.to)


def render_sheet_html(sheet: Sheet, to: Audience = Audience.READER) -> str:
    """Write a sheet as a whole HTML page (UTF-8), with its charts and maps."""
    return environment(to).get_template("sheet.html.j2").render(s=sheet)
