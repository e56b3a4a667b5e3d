"""The largest sum that words tell: « 50 % du coût, au plus 12 000 € », « jusqu'à 1,5 million d'euros »."""

import re

from ancrage.language.folding import bare
from ancrage.language.numbers import typed

_SUM = re.compile(
    r"(?P<sum>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?P<scale>millions?(?: d['’]? ?)?|milliers?(?: d['’]? ?)?|mille|m(?=\s?€|\s?eur)|k(?=\s?€|\s?eur))?\s*"
    r"(?:€|euros?\b|eur\b)"
)
SCALES = {"mil": 1_000, "k": 1_000, "m": 1_000_000}


def most_euros(words: str) -> float | None:
    """The largest amount in euros of a text; ``None`` when it tells none."""
    return max(map(_euros, _SUM.finditer(bare(words))), default=None)


def _euros(found: re.Match[str]) -> float:
    written = found["sum"]
    parted = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written)
    value = float(typed(written.replace(".", "") if parted else written))
    return value * _scale((found["scale"] or "").strip())


def _scale(word: str) -> float:
    if word.startswith("million"):
        return SCALES["m"]
    return next((value for start, value in SCALES.items() if word.startswith(start)), 1)
