"""A panel as plain values: its JSON document, the rows of its CSV."""

from collections.abc import Iterator
from typing import Any

from ancrage.optimum import Proof
from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.quotas import Quota
from ancrage.panel.result import Panel, QuotaCost, QuotaState
from ancrage.reports.cells import Cell, figure
from ancrage.reports.panel.wording import UNKNOWN, label_of
from ancrage.reports.sheet import Grid


def panel_json(panel: Panel) -> dict[str, Any]:
    """Plain values; an unknown trait is ``null``."""
    listed, terms = panel.long_list, panel.terms
    costs = {cost.quota.id: cost for cost in panel.costs}
    return {
        "list": {
            "name": listed.name,
            "candidates": len(listed),
            "drawn_from": listed.drawn_from,
            "seed": listed.seed,
            "source": listed.source,
            "rejects": [{"line": one.line, "reason": one.reason, "text": one.text} for one in listed.rejects],
            "remarks": [{"line": one.line, "what": one.what, "repair": one.repair} for one in listed.remarks],
        },
        "size": terms.size,
        "diversity": {"weights": dict(terms.weights), **_proof(panel.proof)},
        "search": {
            "nodes": panel.search.nodes,
            "seconds": round(panel.search.seconds, 3),
            "settled": panel.settled,
        },
        "panel": [
            {
                **_candidate(listed, one),
                "stand_in": other
                and {"id": other.candidate.id, "name": other.candidate.name, "loss": other.loss},
            }
            for one, other in zip(panel.kept, panel.stand_ins, strict=True)
        ],
        "quotas": [_quota(state, costs.get(state.quota.id)) for state in panel.quotas],
        "without_quotas": panel.free and _proof(panel.free),
        "given_up": panel.relaxed
        and {
            "quotas": [state.quota.id for state in panel.relaxed.quotas],
            "proven_smallest": panel.relaxed.proven,
            "others": [[quota.id for quota in one] for one in panel.relaxed.others],
        },
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {"value": proof.value, "bound": proof.bound, "gap": proof.gap, "proven": proof.proven}


def _candidate(listed: LongList, one: Candidate) -> dict[str, Any]:
    values = {
        trait: {"value": one.values[trait], "label": listed.label(trait, one.values[trait])}
        if trait in one.values
        else None
        for trait in listed.traits
    }
    return {
        "id": one.id,
        "name": one.name,
        "line": one.line,
        "commune": one.commune or None,
        "traits": values,
    }


def _quota(state: QuotaState, cost: QuotaCost | None) -> dict[str, Any]:
    return {
        **_declared(state.quota),
        "in_panel": state.sure,
        "in_panel_unknown": state.possible - state.sure,
        "in_list": state.available,
        "missed": state.missed,
        "cost": cost
        and {
            "gain": cost.gain,
            "proven": cost.proof is None or cost.proof.proven,
            "entering": [one.id for one in cost.entering],
            "leaving": [one.id for one in cost.leaving],
        },
    }


def _declared(quota: Quota) -> dict[str, Any]:
    return {
        "id": quota.id,
        "label": quota.label,
        "trait": quota.trait,
        "values": list(quota.values),
        "min": quota.least,
        "max": quota.most,
    }


def panel_table(panel: Panel) -> Grid:
    """The panel, a structure a line."""
    columns = ("id", "nom", "commune", *_shown(panel), "remplacante", "points_perdus")
    return Grid("Panel", columns, tuple(_rows(panel)))


def _rows(panel: Panel) -> Iterator[tuple[Cell, ...]]:
    traits = _shown(panel)
    for one, other in zip(panel.kept, panel.stand_ins, strict=True):
        stand_in = f"{other.candidate.name} ({other.candidate.id})" if other else ""
        values = [label_of(panel.long_list, one, trait) for trait in traits]
        loss = figure(round(other.loss, 3) if other else None, 3, unknown="")
        yield one.id, one.name, one.commune or UNKNOWN, *values, stand_in, loss


def _shown(panel: Panel) -> list[str]:
    """Traits counted, bounded, or known of a structure of the list."""
    return list(dict.fromkeys(_asked_then_known(panel)))


def _asked_then_known(panel: Panel) -> Iterator[str]:
    yield from panel.terms.weights
    yield from (quota.trait for quota in panel.terms.quotas)
    yield from (trait for trait in panel.long_list.traits if panel.long_list.values_of(trait))
