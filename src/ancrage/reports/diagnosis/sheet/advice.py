"""With what: the aids of the authority, then those of the structures that are there."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, TerritoryAid
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports import wording
from ancrage.reports.sheet import Block, Cell, Grid, Items, Paragraph, Section

NOTE = "Ce qui dépend de la structure (effectif, projet, situation) reste à savoir, aide par aide."
UNCONFIRMED = (
    "À confirmer : les règles de ces aides, ou leur existence ce jour-là, n’ont pas pu être établies."
)


def advice_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The aids, by audience; a diagnosis without aids says so."""
    if not diagnosis.aids:
        yield Section("aides", "Aides", (Paragraph("Aucune aide du catalogue n’a été rapprochée."),))
    for audience, title in wording.AUDIENCES.items():
        found = tuple(aid for aid in diagnosis.aids if aid.for_whom == audience)
        if found:
            aside = f"{count(len(found), 'aide')} au {day(diagnosis.territory.on)}"
            yield Section(f"aides-{audience}", title, tuple(_blocks(title, found)), aside)


def _blocks(title: str, found: tuple[TerritoryAid, ...]) -> Iterator[Block]:
    """What can be settled in a table; what nobody can settle yet in a list."""
    unconfirmed = tuple(aid for aid in found if aid.doubts and not aid.missing)
    answered = tuple(aid for aid in found if aid not in unconfirmed)
    if answered:
        columns = ("Aide", "Réponse", "Ce qu’il faut savoir", "Guichet et texte")
        yield Grid(title, columns, tuple(_row(aid) for aid in answered))
        yield Paragraph(NOTE, "quiet")
    if unconfirmed:
        yield Paragraph(UNCONFIRMED)
        yield Items(
            tuple(
                f"{aid.name} ({aid.nature}) : {' ; '.join(aid.doubts)}. {_desk(aid)}" for aid in unconfirmed
            )
        )


def _row(aid: TerritoryAid) -> tuple[Cell, ...]:
    return (
        f"{aid.name}\n{aid.nature}",
        aid.verdict,
        wording.to_be_known(aid),
        "\n".join(part for part in (_desk(aid), aid.text) if part),
    )


def _desk(aid: TerritoryAid) -> str:
    return " ".join(part for part in (aid.desk, aid.desk_href) if part)
