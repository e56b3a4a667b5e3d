"""Shared projects in what leaves an atelier: the whole, as each atelier of it reads it."""

from collections.abc import Iterable, Iterator

from ancrage.reports.cells import figure
from ancrage.reports.columns import Column, grid
from ancrage.reports.sheet import Block, Paragraph, Section
from ancrage.web.space.atelier.sheets import euros
from ancrage.workspace.pooling import Brought, Pool


def sections_of(pools: Iterable[Pool]) -> Iterator[Section]:
    """One section, when there is a project."""
    found = [block for one in pools for block in _pool(one)]
    if found:
        yield Section("projets-partages", "Projets partagés avec d’autres ateliers", tuple(found))


def _pool(pool: Pool) -> Iterator[Block]:
    state = ", qui a pris fin" if pool.ended else ""
    yield Paragraph(f"{pool.project.title}, proposé par « {pool.project.atelier.name} »{state}.")
    if pool.parts:
        yield grid(f"Qui apporte quoi – {pool.project.title}", _columns(), pool.parts)


def _columns() -> list[Column[Brought]]:
    return [
        Column("Qui", lambda one: one.name),
        Column("Personnel (jours par an)", lambda one: figure(_number(one.part.days), 1)),
        Column("Argent (€)", lambda one: euros(one.part.money)),
        Column("Locaux et matériel", lambda one: one.part.premises),
        Column("Autre", lambda one: one.part.other),
    ]


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
