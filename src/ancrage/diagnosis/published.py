"""Figures the report and the State published, beside the computed ones; a gap is said."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from typing import Literal

from ancrage.dating import Period
from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.diagnosis.model import EssFabric, PublishedFigure, TerritoryRef
from ancrage.language.numbers import signed_percent
from ancrage.reasoning import Verdict
from ancrage.territories.zonings.answering import ZoningAnswer

TOLERANCE = 0.10
"""Relative gap above which two figures disagree: published ones are rounded, and of other years."""


class Source(Declared):
    """Where a figure was published."""

    title: str
    href: str | None = None


class Figure(Declared):
    """A published figure, typed with its source. ``mark``: S stated by the report, V read in the page."""

    id: str
    label: str
    territory: str
    measure: str
    value: float
    unit: str
    reference_period: str
    source: Source
    mark: Literal["S", "V", "L"]
    definition: str = ""
    caveat: str = ""
    since: date | None = None
    until: date | None = None

    def bears_on(self, day: date) -> bool:
        """Whether a figure computed for this day may be set beside: a count of 2021 is not one of 2024."""
        return day in Period(self.since, self.until)


@compiled("publies", "declarations", "diagnosis")
def load_figures() -> tuple[Figure, ...]:
    """Every published figure, in the order of the files."""
    found: list[Figure] = []
    for path in sorted(files(__package__).joinpath("published").iterdir(), key=lambda path: path.name):
        content = read_yaml(path.read_text("utf-8"))
        found += [Figure.model_validate(figure) for figure in content["figures"]]
    return tuple(found)


Computed = Mapping[str, float | None]


def beside(territory: TerritoryRef, computed: Computed, *, on: date) -> tuple[PublishedFigure, ...]:
    """Published figures of one territory, each beside the one of the same measure computed for the day."""
    return tuple(
        _figure(figure, territory, computed.get(figure.measure) if figure.bears_on(on) else None)
        for figure in load_figures()
        if figure.territory == territory.code
    )


def _figure(figure: Figure, territory: TerritoryRef, computed: float | None) -> PublishedFigure:
    agrees = None if computed is None else abs(computed - figure.value) <= TOLERANCE * abs(figure.value)
    warning = ""
    if agrees is False and computed is not None:
        gap = (computed - figure.value) / figure.value if figure.value else 0.0
        warning = f"Écart de {signed_percent(gap)} avec le chiffre publié."
    return PublishedFigure(
        id=figure.id,
        label=figure.label,
        territory=territory,
        published=figure.value,
        unit=figure.unit,
        reference_period=figure.reference_period,
        computed=computed,
        agrees=agrees,
        warning=" ".join(filter(None, (warning, figure.caveat))),
        source_title=figure.source.title,
        source_href=figure.source.href,
        definition=figure.definition,
    )


def measures_of_fabric(ess: EssFabric | None) -> dict[str, float | None]:
    """Computed measures of the ESS that bear the name of a published one. Shares in percent."""
    if ess is None:
        return {}
    found: dict[str, float | None] = {
        "establishments": ess.establishments,
        "employers": ess.employers,
        "jobs": ess.jobs.central,
        "share_of_jobs": None if ess.share_of_jobs is None else 100 * ess.share_of_jobs,
    }
    for identifier, family in ess.families.items():
        found[f"jobs_{identifier}"] = family.jobs.central
        if ess.employers:
            found[f"share_of_ess_establishments_{identifier}"] = 100 * family.employers / ess.employers
    return found


def measures_of_zonings(answers: tuple[ZoningAnswer, ...]) -> dict[str, float | None]:
    """Communes counted by the zonings; unknown as soon as one commune of the territory is to be checked."""
    found: dict[str, float | None] = {}
    for answer in answers:
        counts = answer.communes
        for name, count in COUNTED.items():
            if name == f"communes_{answer.zoning.id}":
                found[name] = None if counts[Verdict.A_VERIFIER] else count(answer)
    return found


def _classified(answer: ZoningAnswer) -> float:
    return answer.communes[Verdict.OUI] + answer.communes[Verdict.PARTIEL]


COUNTED: dict[str, Callable[[ZoningAnswer], float]] = {
    f"communes_{zoning}": _classified
    for zoning in ("zrr", "frr_plus", "pvd", "territoires_industrie", "villages_avenir")
}
