"""What a file somebody gives is taken for: whole or not, of which day, by its rows and what they hold."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from ancrage.edition.publication import EMBEDDED
from ancrage.edition.register.stocks import ESTABLISHMENTS, LAST_TREATED
from ancrage.language.days import short_day
from ancrage.language.numbers import count, number
from ancrage.register.census import (
    DATED_UNITS,
    PERIODS,
    FileCensus,
    People,
    begun_by_month,
    census_of_establishments,
    last_day_of,
)
from ancrage.sources.declaration import Resource, Source
from ancrage.sources.given import Judgement, judged_by_rows, judged_invented
from ancrage.warehouse.reading import Warehouse

DATED = {
    "sirene-unites-legales": (DATED_UNITS, LAST_TREATED.strip()),
    "sirene-etablissements-historique": (PERIODS, "dernière période commencée le"),
    "sirene-unites-legales-historique": (PERIODS, "dernière période commencée le"),
}
NAMED = 8
"""Départements named in a sentence, past which they are counted."""


def judge(source: Source, resource: Resource, path: Path, rows: int) -> Judgement:
    """What a file with so many rows is taken for; see :class:`ancrage.sources.given.Judge`."""
    by_rows = judged_by_rows(source, resource, path, rows)
    if source.id not in (ESTABLISHMENTS, *DATED):
        return by_rows
    with tempfile.TemporaryDirectory(prefix=".jugement-", dir=path.parent) as scratch:
        begun = begun_by_month(path, Path(scratch))
        if source.id == ESTABLISHMENTS:
            census = census_of_establishments(path, Path(scratch))
            return replace(_of_stock(by_rows, census), treated=_iso(census.last_day), begun=begun)
        layout, words = DATED[source.id]
        last = last_day_of(path, layout, Path(scratch))
    treated = "" if layout is PERIODS else _iso(last)
    vintage = f"{words} {short_day(last)}" if last else ""
    return replace(by_rows, vintage=vintage, treated=treated, begun=begun)


def judge_invented(source: Source, resource: Resource, path: Path, rows: int) -> Judgement:
    """An invented file is taken for whole; its days are read as those of any other."""
    dated = judge(source, resource, path, rows)
    invented = judged_invented(source, resource, path, rows)
    return replace(invented, treated=dated.treated, begun=dated.begun)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_stock(by_rows: Judgement, census: FileCensus) -> Judgement:
    """A stock is whole for the départements it holds wholly; the rows alone say nothing of where they are."""
    last = census.last_day
    vintage = f"{LAST_TREATED}{short_day(last)}" if last else ""
    people = people_by_departement()
    whole = census.wholly(people)
    remarks = (
        () if census.has_closed else ("aucun établissement fermé : les jours passés ne se comptent pas",)
    )
    held = f"{count(census.rows, 'établissement')}, {count(len(census.held), 'département')}"
    if people and len(whole) == len(people) and not by_rows.sample:
        told = f"pris pour complet : {held}"
        return Judgement(sample=False, vintage=vintage, remarks=(told, *remarks))
    if whole:
        told = f"pris pour complet pour {_named(whole)} seulement : {_figures(whole, census, people)}"
        return Judgement(sample=False, vintage=vintage, covered=whole, remarks=(told, *remarks))
    return replace(by_rows, sample=True, note=by_rows.note or f"{held}, aucun entier", vintage=vintage)


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes) if len(codes) <= NAMED else f"{count(len(codes), 'département')}"


def _figures(whole: Sequence[str], census: FileCensus, people: Mapping[str, People]) -> str:
    rows = sum(census.held[code].rows for code in whole)
    inhabitants = sum(people[code].inhabitants for code in whole)
    return f"{count(rows, 'établissement')} pour {number(inhabitants)} habitants, toutes leurs communes"


@cache
def people_by_departement() -> Mapping[str, People]:
    """Inhabitants and communes of each département, from the edition of the package; empty without it."""
    if not (EMBEDDED / "manifest.json").is_file():
        return {}
    with Warehouse(EMBEDDED) as warehouse:
        rows = warehouse.rows(
            "SELECT departement, sum(population)::BIGINT AS inhabitants, count(*) AS communes FROM commune "
            "WHERE vintage = (SELECT max(vintage) FROM commune) AND zone <> 'com' GROUP BY 1"
        )
    return {row["departement"]: People(row["inhabitants"] or 0, row["communes"]) for row in rows}
