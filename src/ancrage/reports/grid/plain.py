"""The grid as plain values with stable keys: ``null`` is unknown."""

from typing import Any

from ancrage.grid.criteria import Actor, Criterion, criteria
from ancrage.grid.evaluation import Disagreement, Evaluation, Line, Mean, Series
from ancrage.grid.ranking import RankedTool, Weakness
from ancrage.levers.catalogue import read_levers
from ancrage.questions.grid import GridFacts
from ancrage.reports.documents import named

EVALUATION_SCHEMA = "ancrage-grille-evaluation/1"


def criteria_as_json() -> list[dict[str, Any]]:
    """The fifteen criteria, their tools named."""
    return [_criterion(one) for one in criteria()]


def evaluation_as_json(facts: GridFacts) -> dict[str, Any]:
    """An evaluation and the structure it is about."""
    structure, evaluation = facts.structure, facts.evaluation
    return {
        "schema": EVALUATION_SCHEMA,
        "structure": {
            "name": structure.name,
            "commune": structure.commune,
            "siren": str(structure.siren) if structure.siren else None,
            "siret": str(structure.siret) if structure.siret else None,
            "fictitious": structure.fictitious,
        },
        "place": named(facts.place.named) if facts.place else None,
        "on": evaluation.on.isoformat(),
        "authority": _authority(evaluation.authority),
        "later_assessments": evaluation.later,
        "roles": [
            {
                "role": one.role.value,
                "date": one.date.isoformat(),
                "signed_by": one.signed_by,
                "mean": _mean(evaluation.mean(one.role)),
            }
            for one in evaluation.latest
        ],
        "criteria": [_line(line, evaluation) for line in evaluation.lines],
        "disagreements": [_disagreement(one) for one in evaluation.disagreements],
        "series": [_series(one) for one in evaluation.series],
        "unknown": [one.id for one in evaluation.unknown],
        "weak": [_weakness(one) for one in evaluation.weak],
        "out_of_reach": [_weakness(one) for one in evaluation.out_of_reach],
        "tools": [_tool(one) for one in evaluation.tools],
    }


def _authority(authority: Actor | None) -> str | None:
    return authority.value if authority else None


def _criterion(one: Criterion) -> dict[str, Any]:
    known = read_levers().tools
    tools = [{"number": number, "label": known[number].name} for number in one.tools]
    return one.model_dump(mode="json") | {"tools": tools}


def _mean(mean: Mean) -> dict[str, Any]:
    return {"value": mean.value, "known": mean.known}


def _line(line: Line, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "id": line.criterion.id,
        "number": line.criterion.number,
        "label": line.criterion.label,
        "source": line.criterion.source.kind.value,
        "gap": line.gap,
        "lowest": line.lowest,
        "judgements": {
            one.role.value: {
                "level": told.level,
                "comment": told.comment or None,
                "evidence": told.evidence or None,
            }
            for one in evaluation.latest
            for told in (one.levels[line.criterion.id],)
        },
    }


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {
        "criterion": one.criterion.id,
        "gap": one.gap,
        "strong": one.strong,
        "low": {"level": one.low.level, "roles": [role.value for role in one.low.roles]},
        "high": {"level": one.high.level, "roles": [role.value for role in one.high.roles]},
    }


def _series(one: Series) -> dict[str, Any]:
    return {
        "role": one.role.value,
        "points": [
            {"date": point.date.isoformat(), "mean": _mean(point.mean), "levels": dict(point.levels)}
            for point in one.points
        ],
        "changes": {change.criterion.id: change.difference for change in one.changes},
        "comparable": {"first": _mean(one.first), "last": _mean(one.last)},
    }


def _weakness(one: Weakness) -> dict[str, Any]:
    return {"criterion": one.criterion.id, "level": one.level, "weight": one.weight}


def _tool(one: RankedTool) -> dict[str, Any]:
    strengthens = [_weakness(weak) for weak in one.strengthens]
    return {
        "number": one.number,
        "label": one.label,
        "score": one.score,
        "competence": one.competence.value if one.competence else None,
        "strengthens": strengthens,
    }
