"""Characters that may be written: public files hold everything, formats and fonts do not."""

import re
import unicodedata

from ancrage.language.typography import curled

# Control characters, surrogates, non-characters and the marks that turn the reading order: no format that
# people open wants them, XML refuses most, and the last ones can make a text read as its contrary.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\uffff"
    "\U0001fffe\U0001ffff\ud800-\udfff]"
)

# What Libertinus Serif and DejaVu Sans Mono, the fonts that travel with typst, can draw together.
_PRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\xac\xae-\u036f\u0370-\u03ff\u0400-\u0481\u1e00-\u1eff\u2002-\u200b\u2010-\u2027\u202f-\u203e"
    "\u2070-\u209c\u20a0-\u20bf\u2116\u2122\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713\u2717\ufb00-\ufb06]"
)
REPLACEMENT = "\u25a1"
_LONG_WORD = re.compile(r"[^\s-]{19,}")
_STEP = 12
BREAK = "\u200b"


def writable(text: str) -> str:
    """Text as written, without the characters that a file must not hold; accents are composed."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def legible(text: str) -> str:
    """Text as people read it: written, with the apostrophes of print."""
    return curled(writable(text))


def printable(text: str) -> str:
    """Text that the fonts of a PDF can draw: what they lack becomes a square, never a failure."""
    drawn = _PRINTABLE.sub(REPLACEMENT, legible(text))
    return "".join(REPLACEMENT if unicodedata.category(one) == "Cn" else one for one in drawn)


def breakable(text: str) -> str:
    """Printable text whose endless words may break, so that no cell is overrun."""
    return _LONG_WORD.sub(lambda found: _cut(found.group()), printable(text))


def _cut(word: str) -> str:
    return BREAK.join(word[start : start + _STEP] for start in range(0, len(word), _STEP))
