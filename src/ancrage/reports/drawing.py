"""Specifications turned into SVG fit for a page: named, without foreign identifiers, free of width."""

import re
from xml.sax.saxutils import escape

from ancrage.language.typography import MINUS, NARROW_SPACE, NO_BREAK_SPACE
from ancrage.reports.charts import Spec
from ancrage.reports.studio import studio

LOCALE = {
    "decimal": ",",
    "thousands": NARROW_SPACE,
    "grouping": [3],
    "currency": ["", f"{NO_BREAK_SPACE}€"],
    "percent": f"{NO_BREAK_SPACE}%",
    "minus": MINUS,
}

_OPENING = re.compile(r"<svg\b[^>]*?viewBox=\"([^\"]*)\"[^>]*>")
_SPOKEN = re.compile(r"""\s(?:role|aria-[a-z]+)="[^"]*\"""")
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)')


def draw(spec: Spec, identifier: str, title: str, description: str) -> str:
    """Draw a Vega-Lite specification as an SVG image with a title and a description, in French.

    ``identifier`` must be unique in the page: it prefixes every identifier of the drawing. No file and
    no address is ever read: the specification carries its values. Raises
    :class:`ancrage.errors.DrawingError` when what draws does not answer.
    """
    drawn = studio.draw(spec, LOCALE)
    found = _OPENING.search(drawn)
    if found is None:
        raise ValueError("vl-convert drew no SVG")
    body = _EMPTY.sub("", _SPOKEN.sub("", drawn[found.end() :]))
    named = _IDENTIFIER.sub(rf"\g<1>{identifier}-", body)
    return opening(identifier, found.group(1), title, description) + named


def opening(identifier: str, view_box: str, title: str, description: str) -> str:
    """Start an SVG image that a screen reader names and describes."""
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" role="img" '
        f'aria-labelledby="{identifier}-titre {identifier}-desc">'
        f'<title id="{identifier}-titre">{escape(title)}</title>'
        f'<desc id="{identifier}-desc">{escape(description)}</desc>'
    )
