"""How the name of a funder is written: lists publish it in capitals, without accents, under an old name."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.language.folding import plain_words

SEVERAL = " ; "
"""What parts the funders of an aid, in the lists that name several."""
SHOUTED = 8
"""Letters from which a name all in capitals is no acronym."""
SMALL = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"}
)
WORD = re.compile(r"[^\W\d_]+|\([^)]*\)")


class Funder(Declared):
    """A name as it is told, and how lists write it; capitals, accents and signs do not count."""

    name: str
    written: tuple[str, ...] = Field(min_length=1)


class _Funders(Declared):
    funders: tuple[Funder, ...]


@compiled("financeurs", "aids", "declarations", "language")
def load_funders() -> Mapping[str, str]:
    """Names as they are told, by their words folded."""
    text = files("ancrage.aids").joinpath("funders.yaml").read_text("utf-8")
    declared = _Funders.model_validate(read_yaml(text)).funders
    return {_folded(one): funder.name for funder in declared for one in (funder.name, *funder.written)}


@cache
def funder_name(published: str) -> str:
    """The name of a funder, or of several, as it is told to people. What is not declared keeps its letters.

    A long name all in capitals is put in small ones: its accents cannot be known, and are left out.
    """
    return SEVERAL.join(_one(one.strip()) for one in published.split(SEVERAL.strip()) if one.strip())


def _one(published: str) -> str:
    if told := load_funders().get(_folded(published)):
        return told
    bare = re.sub(r"\([^)]*\)", "", published)
    if bare != bare.upper() or sum(map(str.isalpha, bare)) < SHOUTED:
        return published.replace("'", "’")
    return WORD.sub(_lowered, published).replace("'", "’")


def _lowered(found: re.Match[str]) -> str:
    word = found[0]
    if word.startswith("("):
        return word
    return word.lower() if found.start() and word.lower() in SMALL else word.capitalize()


def _folded(name: str) -> str:
    return " ".join(plain_words(name))
