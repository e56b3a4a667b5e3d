"""The articles of a code that a text names in its title: « Code du travail, article L. 5122-1 »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SUFFIXES = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|undecies|duodecies|quindecies"
CODE = re.compile(r"(?i:code) (?!civil d)[^,;:()]+?(?=, articles? )")
OF_CODE = re.compile(
    r"articles? (?P<list>[^;:()]+?) du (?P<code>code [^,;:()]+?)(?= *[,;:()]|$)", re.IGNORECASE
)
LIST = re.compile(r", articles? (?P<list>[^;:()]+)")
LETTERED = re.compile(r"\b([LRDA])\. ?(?:\* ?)?(\d+(?:-\d+)*)")
NUMBERED = re.compile(rf"(?<![\w.°-])(\d{{2,4}})(?![\d°-])((?: (?:{SUFFIXES}))?(?: [A-Z]{{1,2}}\b)?)")
STOPS = re.compile(
    r",? (?:version|état|rédaction|dans la|issu|créé|cité|en vigueur|d'après|traduit|du décret)\b"
)
NUMBERED_CODES = ("code général des impôts",)
"""Codes whose articles have a number without a letter."""


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An article of a code, both as a copy of the code writes them: ``Code du travail``, ``L5122-1``."""

    code: str
    article: str

    def __str__(self) -> str:
        return f"{self.code}, article {self.article}"


def citations(title: str) -> tuple[Citation, ...]:
    """The articles named, each once. Of « L. 1 à L. 9 » the two ends; « et suivants » is the first one."""
    return tuple(dict.fromkeys(_citations(title.replace("\u00a0", " "))))


def _citations(title: str) -> Iterator[Citation]:
    for found in CODE.finditer(title):
        named = LIST.match(title, found.end())
        if named:
            yield from _articles(_capitalised(found[0]), named["list"])
    for found in OF_CODE.finditer(title):
        yield from _articles(_capitalised(found["code"]), found["list"])


def _articles(code: str, told: str) -> Iterator[Citation]:
    kept = STOPS.split(told, maxsplit=1)[0]
    for letter, number in LETTERED.findall(kept):
        yield Citation(code, f"{letter}{number}")
    if code.lower() in NUMBERED_CODES:
        for number, suffix in NUMBERED.findall(LETTERED.sub(" ", kept)):
            yield Citation(code, f"{number}{suffix}")


def _capitalised(code: str) -> str:
    return f"Code{code.strip()[4:]}"
