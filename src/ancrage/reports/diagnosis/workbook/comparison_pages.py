"""Pages that put several territories side by side: one column each, one line a figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ancrage.diagnosis.model import Diagnosis
from ancrage.language.days import short_day
from ancrage.levers.recommending import Status
from ancrage.reports.diagnosis.sheet.blocks import figures_grid
from ancrage.reports.diagnosis.sheet.figures import figures
from ancrage.reports.formats.values import spread, value_of
from ancrage.reports.formats.workbook.page import Column, Page, Value, columns, share
from ancrage.reports.formats.xlsx import held
from ancrage.reports.wording import is_fictitious

SEVERAL = "Source, millésime et jour de chaque territoire : feuilles « Lisez-moi » et « Sources »."
Told = Mapping[str, Value]
NOT_KEPT = "non retenue"
NO_AUTHORITY = "pas d’autorité à lui"
Absent = Callable[[Diagnosis], Value]


def comparison_pages(diagnoses: Sequence[Diagnosis]) -> Iterator[Page]:
    """Figures, zonings, families, activities, aids, tools, gaps, sources of each territory."""
    yield _side_by_side("Chiffres", "Chiffres clés", "Chiffre", diagnoses, _figures, _no_figure)
    yield _side_by_side(
        "Zonages", "Zonages et programmes", "Zonage ou programme", diagnoses, _zonings, lambda _: None
    )
    yield _side_by_side(
        "Familles", "Établissements de l’ESS par famille", "Famille", diagnoses, _families, _none_here
    )
    yield _side_by_side(
        "Activités", "Part de l’ESS dans les employeurs", "Activité", diagnoses, _activities, _none_here
    )
    yield _side_by_side(
        "Aides", "Aides retenues : ni refusées, ni fermées", "Aide", diagnoses, _aids, lambda _: NOT_KEPT
    )
    yield _side_by_side(
        "Leviers", "Outils de la collectivité", "Outil", diagnoses, _tools, lambda _: NO_AUTHORITY
    )
    yield _listed("Ce qui manque", "Ce qui manque", ("Sujet", "Pourquoi"), diagnoses, _missing)
    heads = ("Source", "Producteur", "Millésime", "Licence", "Fictive")
    yield _listed("Sources", "Sources", heads, diagnoses, _sources)


def named(diagnosis: Diagnosis) -> str:
    """A territory as the head of a column: two may bear the same name, and a day may differ."""
    territory = diagnosis.territory
    return f"{territory.name} ({territory.code}), {short_day(territory.on)}"


def _side_by_side(
    name: str,
    title: str,
    head: str,
    diagnoses: Sequence[Diagnosis],
    told: Callable[[Diagnosis], Told],
    absent: Absent,
) -> Page:
    found = [(one, told(one)) for one in diagnoses]
    lines = dict.fromkeys(line for _, values in found for line in values)
    rows = tuple(
        (line, *(values[line] if line in values else absent(one) for one, values in found)) for line in lines
    )
    titles = (Column(head), *(Column(named(one)) for one in diagnoses))
    return Page(name, title, SEVERAL, titles, rows, any(map(is_fictitious, diagnoses)))


def _no_figure(diagnosis: Diagnosis) -> Value:
    """Where both registers are known, only kinds of inclusion that nobody is of may have no line."""
    return "aucune" if diagnosis.ess and diagnosis.inclusion else None


def _none_here(diagnosis: Diagnosis) -> Value:
    return "aucun établissement" if diagnosis.ess else None


def _figures(diagnosis: Diagnosis) -> Told:
    told = spread(figures_grid("Chiffres", figures(diagnosis)))
    return {str(row[0]): held(value_of(row[1])) for row in told.rows}


def _zonings(diagnosis: Diagnosis) -> Told:
    return {one.label: one.verdict for one in diagnosis.zonings}


def _families(diagnosis: Diagnosis) -> Told:
    known = diagnosis.ess.families.values() if diagnosis.ess else ()
    return {one.label: one.establishments for one in known}


def _activities(diagnosis: Diagnosis) -> Told:
    known = diagnosis.ess.activities if diagnosis.ess else ()
    return {one.label: share(one.share_of_employers) for one in known}


def _aids(diagnosis: Diagnosis) -> Told:
    return {one.name: one.verdict for one in diagnosis.aids}


def _tools(diagnosis: Diagnosis) -> Told:
    known = diagnosis.levers.tools if diagnosis.levers else ()
    return {one.name: Status(one.status).label for one in known}


def _listed(
    name: str,
    title: str,
    heads: Sequence[str],
    diagnoses: Sequence[Diagnosis],
    told: Callable[[Diagnosis], Iterator[tuple[Value, ...]]],
) -> Page:
    rows = tuple((named(one), *row) for one in diagnoses for row in told(one))
    return Page(name, title, SEVERAL, columns("Territoire", *heads), rows)


def _missing(diagnosis: Diagnosis) -> Iterator[tuple[Value, ...]]:
    yield from ((piece.subject, piece.why) for piece in diagnosis.missing)


def _sources(diagnosis: Diagnosis) -> Iterator[tuple[Value, ...]]:
    for one in diagnosis.sources:
        yield one.title, one.producer, one.vintage, one.licence, one.fictitious
