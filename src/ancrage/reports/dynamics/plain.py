"""The collective dynamics as plain values: stable keys, ``null`` for what is unknown."""

from dataclasses import asdict
from typing import Any

from ancrage.dynamics.answering import Dynamics
from ancrage.dynamics.association import Association, Local
from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.counting import Representation
from ancrage.dynamics.gatherings import Group
from ancrage.dynamics.invitations import Invitation
from ancrage.dynamics.verdicts import Exploration

Plain = dict[str, Any]


def dynamics_json(answer: Dynamics) -> Plain:
    """Everything the sheet says, whole. Structures that are not to be shown have neither name nor SIRET."""
    return {
        "asked": asdict(answer.asked),
        "register_reach": answer.reach.value,
        "unknown": dict(answer.unknown),
        "explorations": [_exploration(one) for one in answer.explorations],
        "representations": [_representation(one) for one in answer.representations],
        "association": None if answer.association is None else _association(answer.association),
        "complementarities": complementarities().status,
        "structures": answer.known,
        "groups": None if answer.groups is None else [_group(one, answer) for one in answer.groups],
        "invited": [_invitation(one) for one in answer.invited],
    }


def _exploration(one: Exploration) -> Plain:
    return {
        "activity": one.activity.id,
        "label": one.activity.label,
        "structures": one.structures,
        "units": one.units,
        "verdict": one.answer.verdict.value,
        "reasons": list(one.answer.reasons),
        "signs": [asdict(sign) for sign in one.signs],
    }


def _representation(one: Representation) -> Plain:
    return {
        "level": one.level.value,
        "measure": one.measure,
        "reference": one.reference,
        "to_check": one.to_check,
        "reason": one.reason or None,
        "rows": [
            {
                "label": row.label,
                **asdict(row.quotient),
                "expected": row.quotient.expected,
                "jobs_quotient": row.jobs_quotient,
            }
            for row in one.rows
        ],
    }


def _association(found: Association) -> Plain:
    return {
        "scale": found.units.scale.value,
        "rate": found.units.rate.label,
        "moran": found.moran,
        "expected": found.expected,
        "p": found.p,
        "beyond_chance": found.beyond_chance,
        "permutations": found.permutations,
        "seed": found.seed,
        "neighbours": found.neighbours.how,
        "attached": list(found.neighbours.attached),
        "left_out": found.units.left_out,
        "places": [_place(one, found) for one in found.local],
    }


def _place(one: Local, found: Association) -> Plain:
    return {
        "code": one.unit.code,
        "name": one.unit.name,
        "population": one.unit.population,
        "structures": one.unit.events,
        "rate": one.rate,
        "smoothed": one.smoothed,
        "z": one.z,
        "lag": one.lag,
        "moran": one.statistic,
        "quadrant": one.quadrant.value,
        "p": one.p,
        "q": one.q,
        "established": one.significant,
        "own": one.unit.code in found.units.own,
    }


def _group(one: Group, answer: Dynamics) -> Plain:
    return {
        "pair": one.pair.id,
        "activities": list(one.pair.between),
        "why": one.pair.why,
        "around": {"code": one.centre, "name": answer.names.get(one.centre, one.centre)},
        "first": len(one.first),
        "second": len(one.second),
        "structures": len(one.members),
        "units": one.units,
        "outside_ess": one.others,
        "by_commune": one.by_commune,
    }


def _invitation(one: Invitation) -> Plain:
    held = one.structure
    return {
        "siret": held.siret,
        "name": held.name,
        "diffusible": held.diffusible,
        "commune": held.commune_name,
        "activities": list(one.activities),
        "naf": held.naf,
        "siae_kinds": list(held.kinds),
        "family": held.family,
        "employer": held.employer,
        "around": one.around,
        "distance_km": one.distance_km,
        "why": list(one.why),
        "registered": held.registered,
        "fictitious": held.fictitious,
    }
