"""Apostrophes of the titles of a page, as French prints them; what is typed or read by a machine stays."""

import re
from typing import Any

from jinja2 import Template

APART = re.compile(
    r"(<(?:script|style|pre|code|textarea)\b.*?</(?:script|style|pre|code|textarea)>)", re.DOTALL
)
TITLE = re.compile(r"<(title|h[1-6]|caption|legend|summary)\b[^>]*>.*?</\1>", re.DOTALL)
TEXT = re.compile(r"(?<=>)[^<]+")
STRAIGHT = re.compile(r"(?<=\w)(?:'|&#39;|&#x27;)(?=\w|&amp;|«)")


class Typeset(Template):
    """A template whose page is typeset once made: titles come from catalogues, lists and registers alike."""

    def render(self, *given: Any, **named: Any) -> str:
        """The page, its titles typeset."""
        return typeset(super().render(*given, **named))


def typeset(page: str) -> str:
    """The same page, with curly apostrophes in the text of its titles.

    >>> typeset("<h1 title='l&#39;un'>L&#39;ESS</h1>")
    "<h1 title='l&#39;un'>L’ESS</h1>"
    """
    parts = APART.split(page)
    parts[::2] = [TITLE.sub(lambda title: TEXT.sub(_curly, title[0]), part) for part in parts[::2]]
    return "".join(parts)


def _curly(text: re.Match[str]) -> str:
    return STRAIGHT.sub("’", text[0])
