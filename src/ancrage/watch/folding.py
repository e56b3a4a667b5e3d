"""Text made plain so that one spelling is searched: lower case, no accent, no ligature, broken words joined.

A word cut at the end of a line (« parte-⏎nariat ») is joined, soft hyphens and other invisible characters
are dropped. Places found in the plain text lead back to the text as received.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

LETTER = r"[^\W\d_]"
LIGATURES = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "İ": "i",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip

# Combining accents (a text in decomposed Unicode), soft hyphen, zero-width characters.
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_LINE_END = rf"[ \t]*\n[ \t]*(?={LETTER})"
_CHANGED = re.compile(
    rf"[-\u2010{_INVISIBLE}{''.join(LIGATURES)}](?:(?<={LETTER}[-\u2010\u00ad]){_LINE_END})?"
)
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_ADDRESS = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_KEPT_AS_IS = ("-", "\u2010")


@dataclass(frozen=True, slots=True)
class Folded:
    """A plain text; ``places`` and ``shifts`` tell where characters were removed or added."""

    text: str
    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, place: int) -> int:
        """Place, in the text as received, of a character of the plain text."""
        rank = bisect_right(self.places, place)
        return place + (self.shifts[rank - 1] if rank else 0)


def fold(text: str) -> Folded:
    """Make plain a text whose lines end with a line feed.

    Web addresses are blanked: they hold words that nobody wrote as words.
    """
    places: list[int] = []
    shifts: list[int] = []
    shift = 0

    def changed(found: re.Match[str]) -> str:
        nonlocal shift
        old = found.group()
        if old in _KEPT_AS_IS:
            return old
        new = LIGATURES.get(old, "")
        shift += len(old) - len(new)
        places.append(found.end() - shift)
        shifts.append(shift)
        return new

    joined = _CHANGED.sub(changed, _ADDRESS.sub(_blank, text) if "://" in text else text)
    plain = _ACCENTED.sub(lambda found: _base(found.group()), joined.lower())
    return Folded(plain, tuple(places), tuple(shifts))


def folded(words: str) -> str:
    """A few words made plain: « Économie » is ``economie``."""
    return fold(words).text


def count_words(one: Folded) -> int:
    """Words: runs of letters or digits; a hyphen inside joins, an apostrophe parts (« l'État » is two)."""
    return len(_WORD.findall(one.text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@cache
def _base(character: str) -> str:
    """The letter under an accent; the character itself when it is a letter of its own (« ø »)."""
    decomposed = unicodedata.normalize("NFD", character)
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    return bare if len(bare) == 1 else character
