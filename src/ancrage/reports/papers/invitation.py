"""The letter by which an organisation invites others to meet it, one each: to edit and to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports.sheet import Block, Items, Paragraph, Section, Sheet

BLANK = "……"
"""What is to be written by hand."""
CONSENT = (
    "Vos coordonnées ne seront données à personne sans votre accord.",
    "Si vous acceptez, vous recevrez les nôtres, et nous les vôtres.",
    "Vous pouvez décliner sans dire pourquoi, et mettre fin plus tard à ce que vous auriez accepté.",
)


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation that is written to: its name, and its SIRET or SIREN."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Who invites, what for (a French infinitive) and in which words; ``until``: last day to answer."""

    asker: Invited
    aim: str
    subject: str
    words: str
    on: date
    until: date


def invitation(wish: Wish, to: Sequence[Invited]) -> Sheet:
    """A letter each, word for word the same but for whom it is written to."""
    return Sheet(
        kicker=wish.asker.name,
        title="Lettre d’invitation" if len(to) == 1 else "Lettres d’invitation",
        lead=f"Une lettre par structure, à relire et à signer. « {BLANK} » est à écrire.",
        sections=tuple(
            Section(f"lettre-{rank}", f"À {one.name}", tuple(_letter(wish, one, len(to))), alone=True)
            for rank, one in enumerate(to, start=1)
        ),
        on=wish.on,
    )


def _letter(wish: Wish, to: Invited, asked: int) -> Iterator[Block]:
    yield Paragraph(_named(to))
    yield Paragraph(f"{BLANK}, le {day(wish.on)}")
    subject = f", « {wish.subject} »" if wish.subject else ""
    yield Paragraph(f"Objet : {wish.aim}{subject}", weight="strong")
    yield Paragraph("Madame, Monsieur,")
    yield Paragraph(f"{_named(wish.asker)} souhaite vous rencontrer pour {wish.aim}{subject}.")
    for line in filter(str.strip, wish.words.splitlines()):
        yield Paragraph(line)
    if asked > 1:
        yield Paragraph(
            f"Cette proposition est faite à {count(asked, 'structure')}, chacune à part : "
            "le groupe ne connaîtra que celles qui auront dit oui."
        )
    yield Items(CONSENT)
    yield Paragraph(
        f"Vous pouvez répondre jusqu’au {day(wish.until)} par le lien du courriel qui vous a été envoyé, "
        f"ou à l’adresse suivante : {BLANK}"
    )
    yield Paragraph("Veuillez agréer, Madame, Monsieur, nos salutations distinguées.")
    yield Paragraph(f"Pour {wish.asker.name}, {BLANK} (nom, fonction, signature)")


def _named(one: Invited) -> str:
    if not one.code:
        return one.name
    return f"{one.name} ({'SIRET' if len(one.code) > len('123456789') else 'SIREN'} {one.code})"
