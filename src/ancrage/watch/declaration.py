"""The terms to count: each is a group of spellings counted as one, declared in YAML or typed."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ancrage.declarations.faults import Fault
from ancrage.declarations.models import parsed
from ancrage.declarations.reader import Reader
from ancrage.errors import CorpusError
from ancrage.language.folding import folded

EXAMPLE = "Écrivez par exemple : termes: [{id: partenariat, libelle: Partenariat, variantes: [partenariat]}]"
READER = Reader(CorpusError, EXAMPLE, guessed=True)


class Declared(BaseModel):
    """Base of the declarations: immutable, strict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Term(Declared):
    """A group of spellings. ``hors``: expressions that hold a spelling and must not be counted."""

    id: str = Field(min_length=1)
    libelle: str = Field(min_length=1)
    variantes: tuple[str, ...] = Field(min_length=1, strict=False)
    hors: tuple[str, ...] = Field(default=(), strict=False)

    @field_validator("variantes", "hors")
    @classmethod
    def _begin_with_a_letter(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if sum(map(str.isalpha, value)) < 2 or not value[0].isalpha():
                raise ValueError(f"« {value} » doit commencer par une lettre et en compter au moins deux")
        return values


class TermList(Declared):
    """A list of terms, and who chose them."""

    origine: str
    termes: tuple[Term, ...] = Field(min_length=1, strict=False)


@cache
def ancrage_terms() -> TermList:
    """Ancrage's own list."""
    return _parsed((files(__package__) / "terms.yaml").read_text(encoding="utf-8"), "terms.yaml")


def read_terms(path: Path) -> TermList:
    """A list of terms declared by a person. Raises :class:`CorpusError` naming the file and the fault."""
    return _parsed(READER.text(path).text, path.name)


def choose_terms(asked: Sequence[str], known: TermList) -> tuple[Term, ...]:
    """The groups that hold the spellings asked, or all of them when none is; other words stand alone.

    Raises :class:`CorpusError` when a word cannot be searched, or belongs to two groups.
    """
    chosen = tuple(_group(one, known) for one in asked) if asked else known.termes
    kept = tuple({one.id: one for one in chosen}.values())
    _refuse_shared_spellings(kept)
    return kept


def spelling(variant: str) -> str:
    """What stays of a spelling once case, accents, hyphens and spaces are put aside."""
    return "".join(filter(str.isalnum, folded(variant)))


def _group(asked: str, known: TermList) -> Term:
    wanted = spelling(asked)
    for term in known.termes:
        if wanted in {spelling(one) for one in (term.id, term.libelle, *term.variantes)}:
            return term
    try:
        return Term(id=asked.strip(), libelle=asked.strip(), variantes=(asked.strip(),))
    except ValidationError as error:
        raise CorpusError(
            f"« {asked} » ne peut pas être cherché.",
            "Un terme commence par une lettre et en compte au moins deux.",
        ) from error


def _refuse_shared_spellings(terms: Sequence[Term]) -> None:
    owner: dict[str, str] = {}
    for term in terms:
        for variant in (*term.variantes, *term.hors):
            if owner.setdefault(spelling(variant), term.id) != term.id:
                raise CorpusError(
                    f"« {variant} » est dans deux termes : {owner[spelling(variant)]} et {term.id}.",
                    "Gardez-le dans un seul : une occurrence n'est comptée qu'une fois.",
                )


def _parsed(text: str, name: str) -> TermList:
    document = READER.document_of(text, name)
    with READER.telling(name):
        declared = parsed(TermList, document)
        seen: set[str] = set()
        for rank, term in enumerate(declared.termes):
            if term.id in seen:
                raise Fault(f"le terme « {term.id} » est déclaré deux fois", document.line(("termes", rank)))
            seen.add(term.id)
    return declared
