"""Rows of a comparison: the same question of each territory, the unknown said as such."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ancrage.diagnosis.model import Diagnosis, ToolAdvice
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell, Phrase, Ref, Subject, figure, share
from ancrage.reports.wording import kind_label, per_thousand


@dataclass(frozen=True, slots=True)
class Compared:
    """A question and the answer of each territory, in order."""

    id: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of a kind."""

    id: str
    title: str
    rows: tuple[Compared, ...]


def side_by_side(diagnoses: Sequence[Diagnosis]) -> tuple[Part, ...]:
    """What the diagnoses say, question by question."""
    return (
        Part("territoire", "Le territoire", _measured(diagnoses, IDENTITY)),
        Part("zonages", "Zonages et programmes", _zonings(diagnoses)),
        Part("ess", "Économie sociale et solidaire", _measured(diagnoses, FABRIC)),
        Part("moyens", "Aides et leviers", _measured(diagnoses, MEANS)),
    )


Measure = Callable[[Diagnosis], Cell]


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


IDENTITY: tuple[tuple[str, str, Measure], ...] = (
    ("kind", "Nature", lambda d: kind_label(d.territory.kind)),
    ("population", "Habitants", lambda d: figure(d.territory.population)),
    ("communes", "Communes", lambda d: figure(d.territory.commune_count)),
)
FABRIC: tuple[tuple[str, str, Measure], ...] = (
    ("establishments", "Établissements de l’ESS", lambda d: figure(_counted(d, "establishments"))),
    ("per_thousand", "pour 1 000 habitants", lambda d: figure(per_thousand(d), 1)),
    ("employers", "dont employeurs", lambda d: figure(_counted(d, "employers"))),
    ("jobs", "Emplois salariés, valeur centrale", lambda d: figure(_counted(d, "jobs.central"))),
    (
        "share_of_employers",
        "Part de l’ESS dans les employeurs",
        lambda d: share(d.ess.share_of_employers if d.ess else None),
    ),
    (
        "inclusion",
        "Structures d’insertion (SIAE)",
        lambda d: figure(d.inclusion.total if d.inclusion else None),
    ),
)
MEANS: tuple[tuple[str, str, Measure], ...] = (
    ("aids_to_authority", "Aides à la collectivité", lambda d: _aids(d, "collectivite")),
    ("aids_to_structures", "Aides aux structures", lambda d: _aids(d, "structure")),
    ("tools", "Outils prioritaires", _urgent),
)


def _measured(
    diagnoses: Sequence[Diagnosis], measures: Sequence[tuple[str, str, Measure]]
) -> tuple[Compared, ...]:
    return tuple(Compared(name, label, tuple(map(measure, diagnoses))) for name, label, measure in measures)


def _zonings(diagnoses: Sequence[Diagnosis]) -> tuple[Compared, ...]:
    labels = {zoning.id: zoning.label for one in diagnoses for zoning in one.zonings}
    answers = [{zoning.id: zoning.verdict for zoning in one.zonings} for one in diagnoses]
    return tuple(
        Compared(name, label, tuple(found.get(name, Verdict.A_VERIFIER) for found in answers))
        for name, label in labels.items()
    )
