"""The articles that a title names: « Code du travail, article L. 5122-1 », « Loi n° 2014-856, article 9 ».

A law or a decree is named by its number, which is enough to find it.
"""

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


STATUTE = re.compile(
    r"(?P<kind>loi|décret|ordonnance|arrêté)(?: organique)? (?:n° ?)?(?P<number>\d{2,4}-\d+)"
    r"(?: du \d{1,2}(?:er)? \w+ \d{4})?",
    re.IGNORECASE,
)
ONE = rf"\d{{1,3}}(?:er)?(?:-\d+)*(?: (?:{SUFFIXES}))?(?![\w-])"
SEVERAL = rf"articles? (?P<list>{ONE}(?:(?:, | à | et ){ONE})*)"
AFTER = re.compile(rf"(?:(?!\b(?:loi|décret)\b)[^,;:()])*, {SEVERAL}")
"""« , articles 1er à 3 » after the name of a law and of what it is about."""
BEFORE = re.compile(rf"{SEVERAL} (?:de la|du|de l')\s*$", re.IGNORECASE)
"""« article 19 septies de la » before it."""
OF_STATUTE = re.compile(rf"(\d+)(?:er\b)?((?:-\d+)*(?: (?:{SUFFIXES}))?)")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An article and its text, both as a copy writes them: ``Code du travail``, ``L5122-1``.

    ``article`` is empty for a law or a decree cited whole.
    """

    code: str
    article: str

    def __str__(self) -> str:
        return f"{self.code}, article {self.article}" if self.article else self.code


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
    yield from _statutes(title)


def _statutes(title: str) -> Iterator[Citation]:
    for found in STATUTE.finditer(title):
        name = f"{found['kind'].capitalize()} n° {found['number']}"
        named = AFTER.match(title, found.end()) or BEFORE.search(title, 0, found.start())
        articles = OF_STATUTE.findall(named["list"]) if named else []
        yield from (Citation(name, "".join(one)) for one in articles)
        if not articles:
            yield Citation(name, "")


def _articles(code: str, told: str) -> Iterator[Citation]:
    kept = STOPS.split(told, maxsplit=1)[0]
    for letter, number in LETTERED.findall(kept):
        yield Citation(code, f"{letter}{number}")
    if code.lower() in NUMBERED_CODES:
        for number, suffix in NUMBERED.findall(LETTERED.sub(" ", kept)):
            yield Citation(code, f"{number}{suffix}")


def _capitalised(code: str) -> str:
    return f"Code{code.strip()[4:]}"
