"""Rows of a comparison: the same question of each territory, the unknown said as such."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ancrage.diagnosis.model import Diagnosis
from ancrage.language.numbers import number
from ancrage.reasoning import Verdict
from ancrage.reports.wording import UNKNOWN, known_number, known_percent, per_thousand


@dataclass(frozen=True, slots=True)
class Compared:
    """A question and the answer of each territory, in order; an answer is a text or a verdict."""

    label: str
    cells: tuple[str | Verdict, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions of a kind."""

    title: str
    rows: tuple[Compared, ...]


def side_by_side(diagnoses: Sequence[Diagnosis]) -> tuple[Part, ...]:
    """What the diagnoses say, question by question."""
    return (
        Part("Le territoire", _figures(diagnoses, IDENTITY)),
        Part("Zonages et programmes", _zonings(diagnoses)),
        Part("Économie sociale et solidaire", _figures(diagnoses, FABRIC)),
        Part("Aides et leviers", _figures(diagnoses, MEANS)),
    )


Measure = Callable[[Diagnosis], str]


def _per_thousand(diagnosis: Diagnosis) -> str:
    value = per_thousand(diagnosis)
    return UNKNOWN if value is None else number(value, 1)


def _aids(diagnosis: Diagnosis, whom: str) -> str:
    found = [aid for aid in diagnosis.aids if aid.for_whom == whom]
    sure = sum(aid.verdict is Verdict.OUI for aid in found)
    return f"{sure} oui, {len(found) - sure} à vérifier"


def _urgent(diagnosis: Diagnosis) -> str:
    if diagnosis.levers is None:
        return "pas d’autorité à lui"
    names = [tool.name for tool in diagnosis.levers.tools if tool.status == "prioritaire"]
    if names:
        return " ; ".join(names)
    unsettled = sum(bool(tool.missing) for tool in diagnosis.levers.tools)
    return f"inconnu : {unsettled} outils à préciser" if unsettled else "aucun outil prioritaire"


IDENTITY: tuple[tuple[str, Measure], ...] = (
    ("Nature", lambda d: d.territory.kind.replace("_", " ")),
    ("Habitants", lambda d: known_number(d.territory.population)),
    ("Communes", lambda d: number(d.territory.commune_count)),
)
FABRIC: tuple[tuple[str, Measure], ...] = (
    ("Établissements de l’ESS", lambda d: number(d.ess.establishments) if d.ess else UNKNOWN),
    ("pour 1 000 habitants", _per_thousand),
    ("dont employeurs", lambda d: number(d.ess.employers) if d.ess else UNKNOWN),
    ("Emplois salariés, valeur centrale", lambda d: number(d.ess.jobs.central) if d.ess else UNKNOWN),
    (
        "Part de l’ESS dans les employeurs",
        lambda d: known_percent(d.ess.share_of_employers if d.ess else None),
    ),
    ("Structures d’insertion (SIAE)", lambda d: number(d.inclusion.total) if d.inclusion else UNKNOWN),
)
MEANS: tuple[tuple[str, Measure], ...] = (
    ("Aides à la collectivité", lambda d: _aids(d, "collectivite")),
    ("Aides aux structures", lambda d: _aids(d, "structure")),
    ("Outils prioritaires", _urgent),
)


def _figures(diagnoses: Sequence[Diagnosis], measures: Sequence[tuple[str, Measure]]) -> tuple[Compared, ...]:
    return tuple(Compared(label, tuple(measure(one) for one in diagnoses)) for label, measure in measures)


def _zonings(diagnoses: Sequence[Diagnosis]) -> tuple[Compared, ...]:
    labels = {zoning.id: zoning.label for one in diagnoses for zoning in one.zonings}
    answers = [{zoning.id: zoning.verdict for zoning in one.zonings} for one in diagnoses]
    return tuple(
        Compared(label, tuple(found.get(identifier, Verdict.A_VERIFIER) for found in answers))
        for identifier, label in labels.items()
    )
