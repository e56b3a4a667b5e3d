"""Who is here: the figures of the ESS, its families, activities, years, employers; inclusion."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ancrage.diagnosis.model import Activity, Diagnosis, Employer, EssFabric, Family, Inclusion
from ancrage.language.days import day
from ancrage.reports import charts, wording
from ancrage.reports.cells import figure, jobs, lines, quiet, share, structure, territory, yes_no
from ancrage.reports.columns import Column, Title, grid, kept, read
from ancrage.reports.diagnosis.sheet.blocks import chart, figures_grid, unknown
from ancrage.reports.diagnosis.sheet.figures import (
    BANDS,
    QUOTIENT,
    ess_figures,
    inclusion_figures,
    no_register,
)
from ancrage.reports.diagnosis.sheet.origins import INCLUSION, REGISTER, origin
from ancrage.reports.sheet import Grid, Paragraph, Section, Where
from ancrage.territories.codes import Kind

Row = TypeVar("Row")
STARRED = "* année que le stock ne couvre pas entièrement"
ESTABLISHMENTS = Title("Établissements", brief="Établ.")
OF_EMPLOYERS = "Part de l’ESS dans les établissements employeurs de l’activité."

FAMILIES: tuple[Column[Family], ...] = (
    Column("Famille", lambda one: one.label),
    Column(ESTABLISHMENTS, lambda one: figure(one.establishments)),
    Column("Employeurs", lambda one: figure(one.employers)),
    Column(
        Title("Emplois salariés", note=BANDS),
        lambda one: jobs(one.jobs.low, one.jobs.central, one.jobs.high),
    ),
    read("Valeur centrale", lambda one: figure(one.jobs.central)),
    kept("Employeurs sans tranche", lambda one: figure(one.jobs.unknown)),
)
ACTIVITIES: tuple[Column[Activity], ...] = (
    Column("Activité", lambda one: one.label),
    kept("Section", lambda one: one.section, note="Section de la nomenclature d’activités (NAF rév. 2)."),
    Column(ESTABLISHMENTS, lambda one: figure(one.establishments)),
    Column(Title("Employeurs", spared=True), lambda one: figure(one.employers)),
    Column(
        Title("Emplois salariés", note=BANDS, where=Where.KEPT),
        lambda one: jobs(one.jobs.low, one.jobs.central, one.jobs.high),
    ),
    Column(
        Title("Emplois, valeur centrale", where=Where.READ, spared=True),
        lambda one: figure(one.jobs.central),
    ),
    Column(
        Title("Part des employeurs", brief="Part ESS", note=OF_EMPLOYERS, barred=True),
        lambda one: share(one.share_of_employers),
    ),
    Column(
        Title("Quotient de localisation", brief="QL", note=QUOTIENT),
        lambda one: figure(one.location_quotient, 2),
    ),
)
EMPLOYERS: tuple[Column[Employer], ...] = (
    read("Employeur", lambda one: lines(_named(one), quiet(_about(one)))),
    Column(Title("Employeur", where=Where.KEPT), lambda one: one.name or wording.NOT_DIFFUSIBLE),
    kept("SIRET", lambda one: one.siret or ""),
    Column("Commune", lambda one: _commune(one)),
    kept("Code commune", lambda one: one.commune_code or ""),
    kept("Famille", lambda one: one.family or ""),
    kept("Activité", lambda one: one.activity),
    Column("Effectif", lambda one: one.band_label),
    Column(
        Title("Pourquoi il est de l’ESS", brief="Pourquoi", spared=True), lambda one: " ; ".join(one.reasons)
    ),
    kept("Fictif", lambda one: yes_no(one.fictitious)),
)


@dataclass(frozen=True, slots=True)
class Year:
    """A year: births and closures, ``None`` where they are not counted."""

    year: int
    born: int | None
    closed: int | None
    complete: bool


YEARS: tuple[Column[Year], ...] = (
    read("Année", lambda one: str(one.year) + ("" if one.complete else "*")),
    kept("Année", lambda one: str(one.year)),
    Column(Title("Créations", barred=True), lambda one: figure(one.born)),
    Column(Title("Fermetures", barred=True), lambda one: figure(one.closed)),
    kept(
        "Année entière",
        lambda one: yes_no(one.complete),
        note="Non : le stock ne couvre pas toute l’année.",
    ),
)


def fabric_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The ESS, or why nothing can be said of it."""
    yield _figures(diagnosis)
    if diagnosis.ess is not None:
        found = _Register(diagnosis.ess, origin(diagnosis, REGISTER))
        yield from _families(found)
        yield from _activities(found)
        yield from years_section(diagnosis)
        yield from _employers(found)
    if diagnosis.inclusion is not None:
        yield _inclusion(diagnosis, diagnosis.inclusion)


def _figures(diagnosis: Diagnosis) -> Section:
    ess, title = diagnosis.ess, "Économie sociale et solidaire"
    told = figures_grid("Chiffres de l’ESS", ess_figures(diagnosis))
    if ess is None:
        why = f"{no_register(diagnosis)[:-1]} : rien ne peut être dit de l’ESS ici."
        return Section("ess", title, (unknown(why), replace(told, where=Where.KEPT)))
    mark = f" ({wording.FICTITIOUS})" if ess.fictitious else ""
    notes = (Paragraph(ess.note, "quiet"),) if ess.note else ()
    table = replace(told, fictitious=ess.fictitious, origin=origin(diagnosis, REGISTER))
    return Section("ess", f"{title}{mark}", (table, *notes), f"chiffres au {day(ess.on)}")


@dataclass(frozen=True, slots=True)
class _Register:
    """The ESS of a territory, and the sources its tables come from."""

    ess: EssFabric
    origin: str

    def table(self, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row], note: str = "") -> Grid:
        made = grid(name, columns, rows)
        return replace(made, note=note, fictitious=self.ess.fictitious, origin=self.origin)


def _families(found: _Register) -> Iterator[Section]:
    if families := found.ess.families:
        drawn = (*chart("familles", charts.families(found.ess)), *chart("emplois", charts.jobs(found.ess)))
        title = "Familles de l’ESS"
        yield Section("familles", title, (*drawn, found.table(title, FAMILIES, families.values())))


def _activities(found: _Register) -> Iterator[Section]:
    if activities := found.ess.activities:
        drawn = chart("activites", charts.activities(activities))
        title = "Activités de l’ESS"
        yield Section("activites", title, (*drawn, found.table(title, ACTIVITIES, activities)))


def years_section(diagnosis: Diagnosis) -> Iterator[Section]:
    """Births and closures, year by year, where the register tells them."""
    if diagnosis.ess is None:
        return
    found = _Register(diagnosis.ess, origin(diagnosis, REGISTER))
    if years := tuple(_counted(found.ess)):
        title = "Créations et fermetures"
        starred = STARRED if not all(one.complete for one in years) else ""
        drawn = chart("annees", charts.births_closures(found.ess))
        yield Section("annees", title, (*drawn, found.table(title, YEARS, years, starred)))


def _employers(found: _Register) -> Iterator[Section]:
    if employers := found.ess.largest_employers:
        title = "Principaux employeurs"
        made_up = found.ess.fictitious or any(one.fictitious for one in employers)
        table = found.table(title, EMPLOYERS, employers)
        yield Section("employeurs", title, (replace(table, fictitious=made_up),))


def _counted(ess: EssFabric) -> Iterator[Year]:
    births, closures = ({one.year: one for one in counts} for counts in (ess.births, ess.closures))
    for year in sorted(births.keys() | closures.keys()):
        counted = [counts[year] for counts in (births, closures) if year in counts]
        yield Year(
            year,
            births[year].count if year in births else None,
            closures[year].count if year in closures else None,
            all(one.complete for one in counted),
        )


def _named(one: Employer) -> str:
    words = f"{one.name or wording.NOT_DIFFUSIBLE}{' (fictif)' if one.fictitious else ''}"
    return structure(words, one.siret) if one.siret and one.name else words


def _about(one: Employer) -> str:
    siret = f"SIRET {one.siret}" if one.siret else ""
    return " · ".join(part for part in (one.family, one.activity, siret) if part)


def _commune(one: Employer) -> str:
    if one.commune is None:
        return wording.UNKNOWN
    return territory(one.commune, one.commune_code) if one.commune_code else one.commune


def _inclusion(diagnosis: Diagnosis, found: Inclusion) -> Section:
    mark = f" ({wording.FICTITIOUS})" if found.fictitious else ""
    title = f"Structures d’insertion (SIAE){mark}"
    told = inclusion_figures(found, in_a_quarter=diagnosis.territory.kind == Kind.QPV)
    table = figures_grid("Structures d’insertion (SIAE)", told)
    sources = origin(diagnosis, INCLUSION)
    return Section("insertion", title, (replace(table, fictitious=found.fictitious, origin=sources),))
