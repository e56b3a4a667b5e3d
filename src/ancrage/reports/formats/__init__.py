"""Every shape an answer can take, with its MIME type and renderer. A new one: a file here, a line below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from ancrage.errors import UnknownTaskError
from ancrage.reports.topic import Telling, Topic

Written = str | bytes
Renderer = Callable[[Telling], Written]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format:
    """A shape.

    ``drawn``: maps and charts are in it; ``paged``: a long table is at home there; ``printed``: no terminal
    shows it, it needs a file; ``mapped``: it is for topics that have a map. ``written_by`` names the function
    that writes it, loaded when first needed; without one, it is for the topics that write it their own way.
    """

    id: str
    label: str
    mime: str
    written_by: str
    drawn: bool = False
    paged: bool = False
    printed: bool = False
    mapped: bool = False
    extension: str = ""

    @property
    def suffix(self) -> str:
        """Extension of its files."""
        return self.extension or self.id

    def suits(self, topic: Topic) -> bool:
        """Whether answers of a topic can be written so."""
        return bool(topic.features or not self.mapped) and bool(self.written_by or self.id in topic.own)

    def write(self, telling: Telling) -> Written:
        """The answer in this shape. Raises :class:`LookupError` for a topic it does not suit."""
        if not self.suits(telling.topic):
            raise LookupError(self.id)
        usual = f"{__package__}.{self.written_by}"
        # A terminal has colours and a width of its own: its renderer is given the console by the usual one.
        own = None if self.id == "terminal" else telling.topic.own.get(self.id)
        return _renderer(own or usual)(telling)


FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format("terminal", "Terminal", "text/plain; charset=utf-8", "terminal.sheet:write", extension="txt"),
        Format("html", "Page", "text/html; charset=utf-8", "html:write", drawn=True, paged=True),
        Format("pdf", "PDF", "application/pdf", "pdf:write", drawn=True, paged=True, printed=True),
        Format("docx", "DOCX", DOCX, "docx:write", drawn=True, paged=True, printed=True),
        Format("pptx", "Diapositives", PPTX, "", drawn=True, paged=True, printed=True),
        Format("xlsx", "XLSX", XLSX, "xlsx:write", paged=True, printed=True),
        Format("csv", "CSV", "text/csv; charset=utf-8", "csv:write", paged=True),
        Format(
            "csv-machine",
            "CSV pour programmes",
            "text/csv; charset=utf-8",
            "csv:write_for_programs",
            paged=True,
            extension="csv",
        ),
        Format("json", "JSON", "application/json", "json:write", paged=True),
        Format(
            "geojson", "GeoJSON", "application/geo+json", "geojson:write", drawn=True, paged=True, mapped=True
        ),
        Format("ics", "Agenda", "text/calendar; charset=utf-8", "", paged=True),
    )
}
"""The shapes, by name: terminal first, then what is read, then what is taken away."""


def format_named(name: str) -> Format:
    """A shape by its name. Raises :class:`UnknownTaskError` with those there are."""
    if name not in FORMATS:
        raise UnknownTaskError(
            f"« {name[:20]} » n'est pas une forme de rapport.", f"Choisissez : {', '.join(FORMATS)}."
        )
    return FORMATS[name]


@cache
def _renderer(written_by: str) -> Renderer:
    module, _, name = written_by.partition(":")
    found: Renderer = getattr(import_module(module), name)
    return found
