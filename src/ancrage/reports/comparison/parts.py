"""Rows of a comparison: the same question of each territory, the unknown said as such."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from ancrage.diagnosis.model import Diagnosis, ToolAdvice, YearCount
from ancrage.levers.recommending import Status
from ancrage.questions.comparison import ComparisonFacts
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell, Phrase, Ref, Subject, distance, figure, share
from ancrage.reports.diagnosis.sheet.methods import SUPPORT_WORDS
from ancrage.reports.wording import kind_label, per_thousand


class Best(StrEnum):
    """Which answers are better than others: the high ones, the low ones, or neither."""

    HIGH = "haut"
    LOW = "bas"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A question and the answer of each territory, in order. ``best``: which answers are the better ones."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    best: Best = Best.NEITHER

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """Its answers where they are numbers."""
        return tuple(
            cell.value if isinstance(cell, cells.Figure | cells.Share) else None for cell in self.cells
        )

    @property
    def unknown(self) -> bool:
        """Whether nobody's answer is known."""
        return all(cell is Verdict.A_VERIFIER or str(cell) == cells.UNKNOWN for cell in self.cells)

    @property
    def ranks(self) -> tuple[int | None, ...]:
        """The place of each, 1 for the best (the highest where none is better); equals share theirs."""
        way = -1 if self.best is Best.LOW else 1
        known = sorted((way * one for one in self.numbers if one is not None), reverse=True)
        return tuple(None if one is None else known.index(way * one) + 1 for one in self.numbers)


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of a kind."""

    id: str
    title: str
    rows: tuple[Compared, ...]


def side_by_side(facts: ComparisonFacts) -> tuple[Part, ...]:
    """What the diagnoses say, question by question."""
    diagnoses = facts.diagnoses
    told = (
        Part("territoire", "Le territoire", _identity(facts)),
        Part("zonages", "Zonages et programmes", _zonings(diagnoses)),
        Part("ess", "Économie sociale et solidaire", _measured(diagnoses, FABRIC)),
        Part("accompagnement", "Qui accompagne, et de quelle distance", _supported(diagnoses)),
        Part("moyens", "Aides et leviers", _measured(diagnoses, MEANS)),
        Part("outils", "Les outils, un par un", _tools(diagnoses)),
    )
    return tuple(part for part in told if part.rows)


def _identity(facts: ComparisonFacts) -> tuple[Compared, ...]:
    """Who they are; of which year their people are counted, and since which year they changed."""
    kind, people, *others = _measured(facts.diagnoses, IDENTITY)
    labels = tuple(one.territory.population_label for one in facts.diagnoses)
    years = {one.legal.reference_year if one.legal else None for one in facts.places}
    rows = [kind, people, *others]
    if len(years) == 1 and (year := years.pop()):
        rows[1] = replace(people, label=f"Habitants (référence {year})")
    else:
        rows.insert(2, Compared("population_label", "Ce que compte la population", labels))
    if facts.growth:
        since = f", depuis {facts.since}" if facts.since else ""
        change = Compared("growth", f"Évolution de la population{since}", tuple(map(share, facts.growth)))
        rows.append(change)
    return tuple(rows)


def _supported(diagnoses: Sequence[Diagnosis]) -> tuple[Compared, ...]:
    """Mean distance to each network whose places are known."""
    if not any(one.coverage for one in diagnoses):
        return ()
    state = tuple(SUPPORT_WORDS[one.coverage.state] if one.coverage else cells.UNKNOWN for one in diagnoses)
    networks = [
        {net.id: net for net in one.coverage.networks if net.known} if one.coverage else {}
        for one in diagnoses
    ]
    names = {name: net.label for found in networks for name, net in found.items()}
    return (
        Compared("support", "Accompagnement à l’ESS", state),
        *(
            Compared(
                f"km_{name}",
                f"{label}, distance moyenne",
                tuple(distance(found[name].mean_km if name in found else None) for found in networks),
                Best.LOW,
            )
            for name, label in names.items()
        ),
    )


MARKS = {"prioritaire": "●", "possible": "○", "a_verifier": "?", "hors_competence": "–"}


def _tools(diagnoses: Sequence[Diagnosis]) -> tuple[Compared, ...]:
    """A mark a tool and a territory."""
    found = [{tool.name: tool for tool in one.levers.tools} if one.levers else {} for one in diagnoses]
    names = {tool.name: tool for told in found for tool in told.values()}
    ordered = sorted(names.values(), key=lambda tool: tool.number)
    return tuple(
        Compared(f"outil_{tool.number}", tool.name, tuple(_marked(told.get(tool.name)) for told in found))
        for tool in ordered
    )


def _marked(tool: ToolAdvice | None) -> Cell:
    if tool is None:
        return "pas d’autorité à lui"
    return f"{MARKS[tool.status]} {Status(tool.status).label}"


Measure = Callable[[Diagnosis], Cell]


def _siae_rate(diagnosis: Diagnosis) -> float | None:
    people = diagnosis.territory.population
    total = diagnosis.inclusion.total if diagnosis.inclusion else None
    return None if total is None or not people else 10_000 * total / people


def _last(diagnosis: Diagnosis, name: str) -> float | None:
    """The last year that the register covers wholly; ``None`` from a sample."""
    if diagnosis.ess is None or diagnosis.ess.note:
        return None
    years: Sequence[YearCount] = getattr(diagnosis.ess, name)
    whole = [one for one in years if one.complete]
    return max(whole, key=lambda one: one.year).count if whole else None


def _aids(diagnosis: Diagnosis, whom: str) -> Cell:
    found = [aid for aid in diagnosis.aids if aid.for_whom == whom]
    sure = sum(aid.verdict is Verdict.OUI for aid in found)
    return f"{sure} oui, {len(found) - sure} à vérifier"


def _urgent(diagnosis: Diagnosis) -> Cell:
    if diagnosis.levers is None:
        return "pas d’autorité à lui"
    urgent = [tool for tool in diagnosis.levers.tools if tool.status == "prioritaire"]
    if urgent:
        return Phrase(*[part for tool in urgent for part in (" ; ", _tool(tool))][1:])
    # A tool may wait for a fact, or stand where its law may not hold: neither is « none ».
    unsettled = sum(bool(tool.missing) or tool.status == "a_verifier" for tool in diagnosis.levers.tools)
    return f"inconnu : {unsettled} outils à préciser" if unsettled else "aucun outil prioritaire"


def _tool(tool: ToolAdvice) -> cells.Link:
    return cells.Link(tool.name, Ref(Subject.TOOL, str(tool.number)))


def _counted(diagnosis: Diagnosis, name: str) -> float | None:
    """A count of the register; ``None`` from a sample, which is no count."""
    ess = diagnosis.ess
    if ess is None or ess.note:
        return None
    found: float | None = attrgetter(name)(ess)
    return found


Declared = tuple[str, str, Measure] | tuple[str, str, Measure, Best]
IDENTITY: tuple[Declared, ...] = (
    ("kind", "Nature", lambda d: kind_label(d.territory.kind)),
    ("population", "Habitants", lambda d: figure(d.territory.population)),
    ("communes", "Communes", lambda d: figure(d.territory.commune_count)),
)
FABRIC: tuple[Declared, ...] = (
    ("establishments", "Établissements de l’ESS", lambda d: figure(_counted(d, "establishments"))),
    ("per_thousand", "pour 1 000 habitants", lambda d: figure(per_thousand(d), 1), Best.HIGH),
    ("employers", "dont employeurs", lambda d: figure(_counted(d, "employers"))),
    ("jobs", "Emplois salariés, valeur centrale", lambda d: figure(_counted(d, "jobs.central"))),
    (
        "share_of_employers",
        "Part de l’ESS dans les employeurs",
        lambda d: share(d.ess.share_of_employers if d.ess else None),
        Best.HIGH,
    ),
    (
        "inclusion",
        "Structures d’insertion (SIAE)",
        lambda d: figure(d.inclusion.total if d.inclusion else None),
    ),
    ("siae_rate", "SIAE pour 10 000 habitants", lambda d: figure(_siae_rate(d), 1), Best.HIGH),
    ("births", "Créations, dernière année entière", lambda d: figure(_last(d, "births"))),
    ("closures", "Fermetures, dernière année entière", lambda d: figure(_last(d, "closures"))),
)
MEANS: tuple[Declared, ...] = (
    ("aids_to_authority", "Aides à la collectivité", lambda d: _aids(d, "collectivite")),
    ("aids_to_structures", "Aides aux structures", lambda d: _aids(d, "structure")),
    ("tools", "Outils prioritaires", _urgent),
)


def _measured(diagnoses: Sequence[Diagnosis], measures: Sequence[Declared]) -> tuple[Compared, ...]:
    return tuple(
        Compared(name, label, tuple(map(measure, diagnoses)), *best)
        for name, label, measure, *best in measures
    )


def _zonings(diagnoses: Sequence[Diagnosis]) -> tuple[Compared, ...]:
    labels = {zoning.id: zoning.label for one in diagnoses for zoning in one.zonings}
    answers = [{zoning.id: zoning.verdict for zoning in one.zonings} for one in diagnoses]
    return tuple(
        Compared(name, label, tuple(found.get(name, Verdict.A_VERIFIER) for found in answers))
        for name, label in labels.items()
    )
