"""What a diagnosis rests on, and what it lacks."""

from dataclasses import replace

from ancrage.diagnosis.model import Diagnosis, MissingPiece, SourceUse
from ancrage.reports import wording
from ancrage.reports.cells import Phrase, away, day_cell, lines, quiet, strong, yes_no
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.sheet import Paragraph, Section, Where

MISSING = "Ce qui manque"
NOBODY = "Aucune source ne l’apporte."
PIECES: tuple[Column[MissingPiece], ...] = (
    Column("Sujet", lambda piece: piece.subject),
    Column("Pourquoi", lambda piece: piece.why),
)
SOURCES: tuple[Column[SourceUse], ...] = (
    read(
        "Source",
        lambda one: lines(
            away(one.title, one.href, spelled=True), quiet(one.id), strong(wording.source_marks(one))
        ),
    ),
    Column(Title("Source", where=Where.KEPT), lambda one: one.title),
    kept("Identifiant", lambda one: one.id),
    Column("Producteur", lambda one: one.producer),
    Column("Millésime", lambda one: one.vintage),
    Column("Licence", lambda one: one.licence),
    kept("Adresse", lambda one: one.href or ""),
    kept("Obtenue le", lambda one: day_cell(one.fetched_on) if one.fetched_on else ""),
    kept("Échantillon", lambda one: yes_no(one.sample)),
    kept("Fictive", lambda one: yes_no(one.fictitious)),
)


def missing_section(diagnosis: Diagnosis) -> Section:
    """What could not be told, why, and what brings it."""
    if not diagnosis.missing:
        nothing = Paragraph("Rien de ce que ce diagnostic cherche ne manque.")
        return Section("manques", MISSING, (nothing,))
    told = (
        Paragraph(Phrase(strong(piece.subject), f" : {_why(piece)}"), repairs=piece.repairs)
        for piece in diagnosis.missing
    )
    table = replace(grid(MISSING, PIECES, diagnosis.missing), where=Where.KEPT, fictitious=False)
    return Section("manques", MISSING, (*told, table))


def _why(piece: MissingPiece) -> str:
    return piece.why if piece.repairs else f"{piece.why.rstrip('.')}. {NOBODY}"


def sources_section(diagnosis: Diagnosis) -> Section:
    """Every source used, with its vintage and its licence."""
    if not diagnosis.sources:
        nothing = Paragraph("Inconnu. Aucune source n’a été lue.", "strong")
        return Section("sources", "Sources", (nothing,))
    table = replace(grid("Sources", SOURCES, diagnosis.sources), fictitious=False)
    return Section("sources", "Sources", (table,))
