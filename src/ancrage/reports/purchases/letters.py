"""Letters to the suppliers chosen, one each, and the agreement of a group that answers together: to edit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ancrage.language.days import day
from ancrage.procurement.kit.declaration import Piece, read_kit
from ancrage.questions.purchases import KitFacts
from ancrage.questions.question import Answer
from ancrage.reports.purchases.kit import BLANK, piece_blocks, words_of
from ancrage.reports.purchases.sheet import METHOD
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Sheet

PIECES = {"echange": ("lettre", "questionnaire"), "consultation": ("lettre_consultation",)}
"""Pieces that a letter is made of: the same for all."""
TITLES = {"echange": "Lettres d’échange avant l’achat", "consultation": "Lettres de consultation"}
LEAST = 3
"""Lines of an agreement, so that others may be written in."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is written to: a name and a SIRET."""

    name: str
    siret: str


@dataclass(frozen=True, slots=True)
class Member:
    """Who answers with others: a name, a code, what it does."""

    name: str
    code: str
    does: str


def letters(answer: Answer[KitFacts], letter: str, to: Sequence[Addressee]) -> Sheet:
    """A letter each, word for word the same but for whom it is written to (article R. 2111-1)."""
    bought = answer.facts.asked.purchase
    return Sheet(
        kicker=f"{bought.cpv.label or 'Achat'} ({bought.cpv.written})",
        title=TITLES[letter],
        lead=f"{bought.buyer.name} : la même information pour chacun. « {BLANK} » est à écrire.",
        sections=tuple(
            Section(f"lettre-{rank}", f"À {one.name}", tuple(_letter(answer, letter, one)), alone=True)
            for rank, one in enumerate(to, start=1)
        ),
        sources=answer.sources,
        method=METHOD,
        on=answer.on,
    )


def _letter(answer: Answer[KitFacts], letter: str, to: Addressee) -> Iterator[Block]:
    yield Paragraph(f"{to.name}, SIRET {to.siret}")
    for piece in _pieces(PIECES[letter]):
        if letter == "echange" and piece.id == "questionnaire":
            yield Paragraph(piece.title, weight="strong")
        yield from piece_blocks(piece, answer, words_of(answer), but="suppliers")


def _pieces(wanted: Iterable[str]) -> Iterator[Piece]:
    by = {one.id: one for one in read_kit().pieces}
    yield from (by[one] for one in wanted)


def agreement(answer: Answer[KitFacts], members: Sequence[Member]) -> Sheet:
    """The agreement of those who answer together, each with what it does (articles R. 2142-19 to -24)."""
    (piece,) = _pieces(("cotraitance",))
    return Sheet(
        kicker=f"Réponse ensemble, {day(answer.on)}",
        title=piece.title,
        lead=f"À relire et à compléter par chacun des membres. « {BLANK} » est à écrire.",
        sections=(
            Section("membres", "Qui fait quoi", (_members(members),)),
            Section(
                "convention",
                "Convention",
                tuple(piece_blocks(piece, answer, words_of(answer), but="members")),
                aside=piece.cited,
            ),
        ),
        method=METHOD,
        on=answer.on,
    )


def _members(members: Sequence[Member]) -> Grid:
    told = [(one.name, one.code or BLANK, one.does or BLANK, BLANK) for one in members]
    blank = [(BLANK,) * 4] * max(0, LEAST - len(told))
    return Grid("Membres", ("Structure", "SIRET ou SIREN", "Ce qu’elle fait", "Part HT"), tuple(told + blank))
