"""Text made plain so that one spelling is searched: lower case, no accent, no ligature.

The only fold of the house. :func:`bare` keeps everything else, :func:`plain_words` keeps letters and digits,
:func:`fold` also joins the words cut at the end of a line and tells where each character came from. The index
of words (``words.py``) folds with its own engine; the directory, in SQL, with :func:`sql_words`.
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
_SPELT_OUT = str.maketrans(LIGATURES)
_LINKING = re.compile(r"[^a-z0-9]+")
_SPACED = re.compile(r"[\s\-]+")
_CURLY = str.maketrans("\u2018\u2019", "''")


def bare(text: str) -> str:
    """The text in lower case, without accents nor ligatures; its other signs as they are.

    >>> bare("L'Œuvre d'Étienne")
    "l'oeuvre d'etienne"
    """
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT).lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def plain_words(text: str) -> list[str]:
    """The words of a text, bare, without any sign: « L'Haÿ-les-Roses » is l, hay, les, roses."""
    return _LINKING.sub(" ", bare(text)).split()


def spaced(text: str) -> str:
    """The text bare, on one line, a space for an hyphen, apostrophes straight."""
    return _SPACED.sub(" ", bare(text.translate(_CURLY))).strip()


def address(text: str) -> str:
    """The words of a text joined by hyphens, as the name of a file or an address writes them."""
    return "-".join(plain_words(text))


def sql_words(column: str) -> str:
    """SQL (DuckDB): words of a column as :func:`plain_words` gives them, joined by spaces."""
    letters = f"replace(replace(lower({column}), 'œ', 'oe'), 'æ', 'ae')"
    return f"trim(regexp_replace(strip_accents({letters}), '[^a-z0-9]+', ' ', 'g'))"


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
    """Make plain a text whose lines end with a line feed; a word cut (« parte-⏎nariat ») is joined.

    Soft hyphens and other invisible characters are dropped. Web addresses are blanked: they hold words that
    nobody wrote as words.
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
    """A few words made plain as :func:`fold` does: « Économie » is ``economie``."""
    return fold(words).text


def count_words(one: Folded) -> int:
    """Words: runs of letters or digits; a hyphen inside joins, an apostrophe parts (« l'État » is two)."""
    return len(_WORD.findall(one.text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


@cache
def _base(character: str) -> str:
    """The letter under an accent; the character itself when it is a letter of its own (« ø »)."""
    letter = bare(character)
    return letter if len(letter) == 1 else character
