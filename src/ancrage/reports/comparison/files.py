"""What only the files of a comparison hold: every family, activity, aid and tool, what lacks, the sources."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ancrage.diagnosis.model import Diagnosis
from ancrage.language.days import short_day
from ancrage.levers.recommending import Status
from ancrage.reports.cells import Cell, figure, share, yes_no
from ancrage.reports.diagnosis.sheet.blocks import figures_grid
from ancrage.reports.diagnosis.sheet.figures import figures
from ancrage.reports.formats.values import spread
from ancrage.reports.sheet import Grid, Section, Where
from ancrage.reports.wording import is_fictitious

SEVERAL = "Source, millésime et jour de chaque territoire : feuille « Sources »."
Told = Mapping[str, Cell]
Absent = Callable[[Diagnosis], Cell]


def kept_sections(diagnoses: Sequence[Diagnosis]) -> Iterator[Section]:
    """A table a theme: a line a thing, a column a territory."""
    for name, head, told, absent in THEMES:
        table = _side_by_side(name, head, diagnoses, told, absent)
        yield Section(f"fichier-{name.casefold()}", name, (table,))
    missing = tuple((named(one), piece.subject, piece.why) for one in diagnoses for piece in one.missing)
    yield _listed("Ce qui manque", ("Territoire", "Sujet", "Pourquoi"), missing)
    heads = ("Territoire", "Source", "Producteur", "Millésime", "Licence", "Fictive")
    yield _listed("Sources", heads, tuple(row for one in diagnoses for row in _sources(one)))


def named(diagnosis: Diagnosis) -> str:
    """A territory as the head of a column: two may bear the same name, and a day may differ."""
    territory = diagnosis.territory
    return f"{territory.name} ({territory.code}), {short_day(territory.on)}"


def _side_by_side(
    name: str, head: str, diagnoses: Sequence[Diagnosis], told: Callable[[Diagnosis], Told], absent: Absent
) -> Grid:
    found = [(one, told(one)) for one in diagnoses]
    lines = dict.fromkeys(line for _, values in found for line in values)
    rows = tuple(
        (line, *(values[line] if line in values else absent(one) for one, values in found)) for line in lines
    )
    fictitious = any(map(is_fictitious, diagnoses))
    columns = (head, *map(named, diagnoses))
    return Grid(name, columns, rows, where=Where.KEPT, note=SEVERAL, fictitious=fictitious)


def _listed(name: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Section:
    return Section(f"fichier-{name.casefold()}", name, (Grid(name, heads, rows, where=Where.KEPT),))


def _no_figure(diagnosis: Diagnosis) -> Cell:
    """Where both registers are known, only kinds of inclusion that nobody is of may have no line."""
    return "aucune" if diagnosis.ess and diagnosis.inclusion else figure(None)


def _none_here(diagnosis: Diagnosis) -> Cell:
    return "aucun établissement" if diagnosis.ess else figure(None)


def _figures(diagnosis: Diagnosis) -> Told:
    told = spread(figures_grid("Chiffres", figures(diagnosis)))
    return {str(row[0]): row[1] for row in told.rows}


def _families(diagnosis: Diagnosis) -> Told:
    known = diagnosis.ess.families.values() if diagnosis.ess else ()
    return {one.label: figure(one.establishments) for one in known}


def _activities(diagnosis: Diagnosis) -> Told:
    known = diagnosis.ess.activities if diagnosis.ess else ()
    return {one.label: share(one.share_of_employers) for one in known}


def _tools(diagnosis: Diagnosis) -> Told:
    known = diagnosis.levers.tools if diagnosis.levers else ()
    return {one.name: Status(one.status).label for one in known}


def _sources(diagnosis: Diagnosis) -> Iterator[tuple[Cell, ...]]:
    for one in diagnosis.sources:
        fictitious = yes_no(one.fictitious)
        yield named(diagnosis), one.title, one.producer, one.vintage, one.licence, fictitious


THEMES: tuple[tuple[str, str, Callable[[Diagnosis], Told], Absent], ...] = (
    ("Chiffres", "Chiffre", _figures, _no_figure),
    ("Familles", "Famille", _families, _none_here),
    ("Activités", "Activité, part de l’ESS dans les employeurs", _activities, _none_here),
    ("Aides", "Aide", lambda one: {aid.name: aid.verdict for aid in one.aids}, lambda _: "non retenue"),
    ("Leviers", "Outil", _tools, lambda _: "pas d’autorité à lui"),
)
