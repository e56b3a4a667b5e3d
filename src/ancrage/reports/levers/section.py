"""The section of a diagnosis that tells the levers, and the words it shares with their own sheet."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ancrage.diagnosis.model import Levers, ToolAdvice
from ancrage.language.days import day
from ancrage.language.typography import uncapitalised
from ancrage.levers.authorities import Authority
from ancrage.levers.recommending import Status
from ancrage.reports.cells import Link, Ref, Subject, day_cell, figure
from ancrage.reports.columns import Column, grid
from ancrage.reports.levers.precondition import TOLD
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Where

AUTHORITIES = {
    Authority.COMMUNE: "la commune",
    Authority.EPCI: "l’intercommunalité",
    Authority.DEPARTEMENT: "le département",
    Authority.REGION: "la région",
    Authority.ETAT: "l’État",
    Authority.CAF: "la CAF",
}
PROPOSED = (
    "Les raisons de mettre un outil en avant sont une proposition d’Ancrage ; chacune est écrite, "
    "et ne compte que si elle n’est pas vraie de plus de la moitié des territoires les plus semblables."
)


TOOLS: tuple[Column[ToolAdvice], ...] = (
    Column("N°", lambda tool: figure(tool.number)),
    Column("Outil", lambda tool: Link(tool.name, Ref(Subject.TOOL, str(tool.number)))),
    Column("Levier", lambda tool: tool.lever),
    Column("Conseil", lambda tool: Status(tool.status).label),
    Column("Pourquoi", lambda tool: " ; ".join(tool.reasons)),
    Column("Chiffre", lambda tool: " ; ".join(one.sentence for one in tool.figures)),
    Column("Aides à demander ici", lambda tool: " ; ".join(tool.open_aids)),
    Column("Faits à connaître", lambda tool: " ; ".join(tool.missing)),
    Column("Fondé depuis", lambda tool: day_cell(tool.since) if tool.since else ""),
    Column("Textes", lambda tool: " ; ".join(text.title for text in tool.texts)),
    Column("Aides", lambda tool: " ; ".join(tool.aids)),
)
"""The nineteen tools as a file lists them."""


def small(name: str) -> str:
    """A name inside a sentence: its first letter small, « ESS » as it is."""
    return uncapitalised(name)


def tool_cell(number: int, name: str) -> Link:
    """A tool, with its number."""
    return Link(f"{number}. {name}", Ref(Subject.TOOL, str(number)))


def levers_section(levers: Levers) -> Section:
    """The section of a diagnosis: what is first, then what is to be checked; the rest is counted."""
    return Section(
        "leviers",
        "Leviers et outils",
        tuple(_section_blocks(levers)),
        aside=f"pour {AUTHORITIES[Authority(levers.authority)]}",
    )


def _section_blocks(levers: Levers) -> Iterator[Block]:
    yield replace(grid("Leviers", TOOLS, levers.tools), where=Where.KEPT, fictitious=levers.fictitious)
    yield Paragraph(TOLD[levers.precondition])
    if levers.fictitious:
        yield Paragraph("Des raisons tiennent à des données de démonstration, fictives.", "strong")
    kept = [tool for tool in levers.tools if tool.status == Status.PRIORITAIRE.value]
    if kept:
        yield Grid(
            "Outils par lesquels commencer",
            ("Outil", "Pourquoi", "Le chiffre", "Fondement"),
            tuple(
                (
                    tool_cell(tool.number, tool.name),
                    " ; ".join(tool.reasons),
                    " ; ".join(figure.sentence for figure in tool.figures[:1]),
                    _found(tool),
                )
                for tool in kept
            ),
            note=PROPOSED,
        )
    else:
        yield Paragraph("Rien de ce que dit le diagnostic ne met un outil en avant.")
    for status, tools in groupby(levers.tools, key=lambda tool: Status(tool.status)):
        if status is not Status.PRIORITAIRE:
            listed = ", ".join(f"{tool.number}. {small(tool.name)}" for tool in tools)
            yield Paragraph(f"{status.label.capitalize()} : {listed}.", "quiet")


def _found(tool: ToolAdvice) -> str:
    since = f" (depuis le {day(tool.since)})" if tool.since else ""
    return " ; ".join(text.title for text in tool.texts) + since
