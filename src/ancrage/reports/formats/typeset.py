"""Apostrophes of a page, as French prints them; what is typed, quoted or read by a machine stays."""

import re
from typing import Any

from jinja2 import Template

APART = (
    r"<!--.*?-->"
    r"|<(?P<name>script|style|pre|code|kbd|textarea)\b.*?</(?P=name)>"
    r"|<option(?![^>]*\bvalue=)[^>]*>[^<]*"  # what it says is what is sent
    r"|<[^>]*>"
)
APOSTROPHE = (
    r"(?<=\w)(?:'|&#39;|&#x27;)(?=\w|&amp;|«|(?:(?<=\b[cdjlmnstCDJLMNST]')|(?<=\b[cdjlmnst]&#39;))<\w)"
)
PIECE = re.compile(f"(?P<apart>{APART})|{APOSTROPHE}", re.DOTALL)


class Typeset(Template):
    """A template whose page is typeset once made: its words come from lists and registers alike."""

    def render(self, *given: Any, **named: Any) -> str:
        """The page, its words typeset."""
        return typeset(super().render(*given, **named))


def typeset(page: str) -> str:
    """The same page, with curly apostrophes in its words; its attributes are left as they are.

    >>> typeset("<p title='l&#39;un'>L&#39;ESS d'<b>ici</b> : <code>l'aide</code></p>")
    "<p title='l&#39;un'>L’ESS d’<b>ici</b> : <code>l'aide</code></p>"
    """
    return PIECE.sub(lambda found: found["apart"] or "’", page)
