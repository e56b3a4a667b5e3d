"""With what: the aids of the authority, then those of the structures that are there."""

from collections.abc import Iterator
from dataclasses import replace

from ancrage.diagnosis.model import Diagnosis, TerritoryAid
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports import wording
from ancrage.reports.cells import aid_cell, away, day_cell, lines, quiet
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.sheet import Paragraph, Section, Where

NOTE = "Ce qui dépend de la structure (effectif, projet, situation) reste à savoir, aide par aide."
BRIEF = 8
"""Aids that a terminal shows for each audience; the command gives the others."""
IDENTIFIERS = {"collectivite": "aides", "structure": "aides-structure"}

AIDS: tuple[Column[TerritoryAid], ...] = (
    read("Aide", lambda aid: lines(aid_cell(aid.name, aid.id), quiet(aid.nature))),
    Column(Title("Aide", where=Where.KEPT), lambda aid: aid_cell(aid.name, aid.id)),
    kept("Identifiant", lambda aid: aid.id),
    Column("Réponse", lambda aid: aid.verdict),
    read(
        "À savoir, guichet et texte",
        lambda aid: lines(
            wording.to_be_known(aid),
            away(aid.desk, aid.desk_href, spelled=True),
            away(aid.text, aid.text_href),
        ),
    ),
    kept("Nature", lambda aid: aid.nature),
    kept("Financeur", lambda aid: aid.funder),
    kept("Guichet", lambda aid: aid.desk),
    kept("Adresse du guichet", lambda aid: aid.desk_href or ""),
    kept("Faits à connaître", lambda aid: " ; ".join(aid.missing)),
    kept("À vérifier", lambda aid: " ; ".join(aid.doubts)),
    kept("Depuis", lambda aid: day_cell(aid.since)),
    kept("Jusqu’au", lambda aid: day_cell(aid.until) if aid.until else ""),
    kept("Texte", lambda aid: aid.text),
    kept("Adresse du texte", lambda aid: aid.text_href or ""),
)


def advice_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The aids, by audience; a diagnosis without aids says so."""
    if not diagnosis.aids:
        yield Section("aides", "Aides", (Paragraph("Aucune aide du catalogue n’a été rapprochée."),))
    for audience, title in wording.AUDIENCES.items():
        found = tuple(aid for aid in diagnosis.aids if aid.for_whom == audience)
        if found:
            table = replace(
                grid(title, AIDS, found),
                brief=BRIEF,
                note=NOTE,
                repairs=(wording.all_aids(diagnosis),),
                fictitious=False,
            )
            aside = f"{count(len(found), 'aide')} au {day(diagnosis.territory.on)}"
            yield Section(IDENTIFIERS[audience], title, (table,), aside)
