"""Codes of the common procurement vocabulary (CPV), and the activities that may answer what they buy."""

import re
from collections.abc import Iterator
from importlib.resources import files

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.language.words import stemmed

CODE = re.compile(r"\s*(?:cpv\W*)?(\d{8})(?:\s*-\s*\d)?\s*", re.IGNORECASE)
"""Eight digits; the ninth is a key, which people leave out."""


class BoughtAs(Declared):
    """Codes that begin alike, their label, and how the codes of NAF begin whose structures may answer.

    ``words``: those people type for it, which its label may not hold; ``named``: beginnings of words by which
    the name of a structure says that it sells it.
    """

    cpv: str
    label: str
    naf: tuple[str, ...]
    words: str = ""
    named: tuple[str, ...] = ()


class _Codes(Declared):
    codes: tuple[BoughtAs, ...]


@compiled("vendeurs", "declarations", "register")
def bought() -> tuple[BoughtAs, ...]:
    """What is declared, the longest beginnings first."""
    text = (files("ancrage.register") / "perimeter" / "cpv.yaml").read_text("utf-8")
    return tuple(sorted(_Codes.model_validate(read_yaml(text)).codes, key=lambda one: -len(one.cpv)))


def activities_bought(typed: str) -> tuple[str, ...]:
    """How the codes of NAF begin that answer a code typed, or the label of one, whole."""
    return tuple(sorted({naf for one in _meant(typed) for naf in one.naf}))


def names_selling(typed: str) -> tuple[str, ...]:
    """Beginnings of words, folded, by which a name says that it answers a code, or the label of one."""
    return tuple(sorted({word for one in _meant(typed) for word in one.named}))


def is_code(typed: str) -> bool:
    """Whether a text is written as a code of the vocabulary is."""
    return CODE.fullmatch(typed) is not None


def _meant(typed: str) -> Iterator[BoughtAs]:
    if found := CODE.fullmatch(typed):
        yield from [one for one in bought() if found[1].startswith(one.cpv)][:1]
        return
    wanted = set(stemmed().analyze(typed))
    yield from (one for one in bought() if wanted and wanted == set(stemmed().analyze(one.label)))
