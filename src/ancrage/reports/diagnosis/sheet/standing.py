"""How the territory compares: parents, similar territories, published figures."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ancrage.diagnosis.model import Comparison, Diagnosis, PublishedFigure, SimilarTerritory, TerritoryRef
from ancrage.language.numbers import plain_number
from ancrage.reports import charts, wording
from ancrage.reports.cells import (
    UNKNOWN,
    Cell,
    Figure,
    Phrase,
    away,
    figure,
    jobs,
    joined,
    lines,
    quiet,
    share,
    strong,
    territory,
    yes_no,
)
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.diagnosis.sheet.blocks import chart, unknown
from ancrage.reports.diagnosis.sheet.figures import BANDS, QUOTIENT
from ancrage.reports.diagnosis.sheet.origins import REGISTER, origin
from ancrage.reports.sheet import Paragraph, Section, Where

KEY = (
    "Emplois : valeur centrale. Quotient de localisation (QL) : part de l’ESS ici, rapportée à sa part "
    "dans le territoire de référence."
)
ALIKE = "Sans unité ; 0 pour deux territoires identiques."
AGREEMENTS = {None: "non comparé", True: "d’accord", False: "écart"}
FEATURES_SHOWN = 8

COMPARISON: tuple[Column[Comparison], ...] = (
    Column("Territoire", lambda row: _named(row.territory)),
    kept("Nature", lambda row: wording.kind_label(row.territory.kind)),
    kept("Code", lambda row: row.territory.code),
    Column(Title("Habitants", spared=True), lambda row: figure(row.population)),
    Column(Title("Établ.", note="Établissements de l’ESS."), lambda row: figure(row.establishments)),
    Column("Pour 1 000 hab.", lambda row: figure(row.establishments_per_1000, 1)),
    Column("Employeurs", lambda row: figure(row.employers)),
    Column(Title("Part des employeurs", brief="Part ESS"), lambda row: share(row.share_of_employers)),
    read("Emplois", lambda row: figure(row.jobs.central if row.jobs else None)),
    Column(Title("Emplois", note=BANDS, where=Where.KEPT), lambda row: _jobs(row)),
    Column(Title("Part des emplois", spared=True), lambda row: share(row.share_of_jobs)),
    Column(
        Title("Quotient de localisation", brief="QL", note=QUOTIENT),
        lambda row: figure(row.location_quotient, 2),
    ),
    kept("Couvert par le registre", lambda row: yes_no(row.covered)),
    kept("Précision", lambda row: row.note),
)
SIMILAR: tuple[Column[SimilarTerritory], ...] = (
    Column("Territoire", lambda one: _named(one.territory, coded=True)),
    kept("Code", lambda one: one.territory.code),
    Column(Title("Distance", note=ALIKE), lambda one: figure(one.distance, 2)),
    read("Caractéristiques", lambda one: _features(one)),
)
PUBLISHED: tuple[Column[PublishedFigure], ...] = (
    read(
        "Chiffre",
        lambda one: lines(
            strong(f"{wording.figure_title(one)} ({one.unit})"),
            one.definition,
            away(f"{one.source_title} ({one.reference_period})", one.source_href),
            quiet(f"Attention : {one.warning}" if one.warning else ""),
        ),
    ),
    Column(Title("Chiffre", where=Where.KEPT), lambda one: wording.figure_title(one)),
    Column("Publié", lambda one: _plain(one.published)),
    Column("Calculé", lambda one: _plain(one.computed)),
    kept("Unité", lambda one: one.unit),
    Column("Accord", lambda one: AGREEMENTS[one.agrees]),
    kept("Période", lambda one: one.reference_period),
    kept("Définition", lambda one: one.definition),
    kept("Attention", lambda one: one.warning),
    kept("Source", lambda one: one.source_title),
    kept("Adresse", lambda one: one.source_href or ""),
)


def standing_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The same figures elsewhere, the territories that look alike, what others published."""
    yield _comparison(diagnosis)
    yield _similar(diagnosis)
    yield _published(diagnosis)


def _comparison(diagnosis: Diagnosis) -> Section:
    rows = wording.standing(diagnosis)
    if not rows:
        return Section("comparaison", "Comparaison", (unknown("Il n’y a aucun chiffre à comparer."),))
    here = frozenset(rank for rank, row in enumerate(rows) if wording.is_own(diagnosis, row))
    table = replace(
        grid("Comparaison", COMPARISON, rows),
        highlighted=here,
        note=KEY,
        origin=origin(diagnosis, REGISTER),
        fictitious=diagnosis.ess is not None and diagnosis.ess.fictitious,
    )
    notes = tuple(Paragraph(f"{row.territory.name} : {row.note}", "quiet") for row in rows if row.note)
    drawn = tuple(chart("comparaison", charts.comparison(rows, here)))
    return Section("comparaison", "Comparaison", (*drawn, table, *notes))


def _named(found: TerritoryRef, *, coded: bool = False) -> str:
    return territory(f"{found.name} ({found.code.rpartition(':')[2]})" if coded else found.name, found.code)


def _jobs(row: Comparison) -> Cell:
    return jobs(row.jobs.low, row.jobs.central, row.jobs.high) if row.jobs else figure(None)


def _similar(diagnosis: Diagnosis) -> Section:
    title = "Territoires comparables"
    if not diagnosis.similar:
        return Section("comparables", title, (unknown("Aucun territoire comparable n’a pu être cherché."),))
    names = dict.fromkeys(name for one in diagnosis.similar for name in one.features)
    columns = (*SIMILAR, *(kept(name, partial(_feature, name)) for name in names))
    table = replace(grid(title, columns, diagnosis.similar), fictitious=False)
    return Section("comparables", title, (table, Paragraph(diagnosis.similar_method, "quiet")))


def _features(one: SimilarTerritory) -> str:
    told = [f"{name} : {_feature(name, one)}" for name in one.features]
    return wording.shortened(told, FEATURES_SHOWN)


def _feature(name: str, one: SimilarTerritory) -> Cell:
    value = one.features.get(name)
    return value if isinstance(value, str) else _plain(value)


def _plain(value: float | None) -> Cell:
    """A figure of any precision, written as it is."""
    return Figure(UNKNOWN if value is None else plain_number(value), value, decimals=2)


def _published(diagnosis: Diagnosis) -> Section:
    title = "Chiffres publiés, à côté des nôtres"
    if not diagnosis.published:
        return Section("publies", title, (Paragraph("Aucun chiffre publié ne porte sur ce territoire."),))
    table = replace(grid("Chiffres publiés", PUBLISHED, diagnosis.published), fictitious=False)
    own = tuple(one for one in diagnosis.published if _is_own(diagnosis, one.territory))
    if len(own) == len(diagnosis.published):
        return Section("publies", title, (table,))
    read = (
        (replace(grid("Chiffres publiés", PUBLISHED, own), fictitious=False, where=Where.READ),)
        if own
        else ()
    )
    return Section("publies", title, (*read, _elsewhere(diagnosis), replace(table, where=Where.KEPT)))


def _is_own(diagnosis: Diagnosis, one: TerritoryRef) -> bool:
    return (one.kind, one.name) == (diagnosis.territory.kind, diagnosis.territory.name)


def _elsewhere(diagnosis: Diagnosis) -> Paragraph:
    """A figure of what holds the territory is read on its own page."""
    others = {one.territory.code: one.territory for one in diagnosis.published}
    links = (territory(one.name, one.code) for one in others.values() if not _is_own(diagnosis, one))
    told = joined(", ", *links)
    return Paragraph(Phrase("Ceux de ce qui le contient se lisent sur sa page : ", *told.parts, "."), "quiet")
