"""Which activities are worth a collective dynamic: « dynamique à explorer », yes, partly, no, or unknown.

Three signs are looked for: the activity is over-represented, complementary structures are near one another,
the territory lies among places with high rates like its own. Two signs make a yes, one a partial; a sign
whose data is missing is unknown, and never counts as absent. These thresholds are a proposal of Ancrage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.dynamics.association import Association, Quadrant
from ancrage.dynamics.complementarities import Activity, Complementarities
from ancrage.dynamics.counting import Level, Representation, Represented
from ancrage.dynamics.gatherings import LEAST_MEMBERS, Group
from ancrage.dynamics.quotients import Presence
from ancrage.dynamics.structures import Held, Structure
from ancrage.dynamics.units import SIAE_RATE
from ancrage.language.numbers import count as counted
from ancrage.reasoning import Answer, Verdict

SIGNS_FOR_YES = 2
MOST_NAMED = 6
"""Neighbours named in a reason: a country has sixty, and as many activities that would name them again."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether a sign is there (``None``: unknown), with its reason (French)."""

    there: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Exploration:
    """What is said of one declared activity of the territory; ``units`` counts the legal units behind."""

    activity: Activity
    structures: int
    units: int
    signs: tuple[Sign, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdicts rest on; ``None`` stands for what could not be worked out.

    ``whole``: the register knows the whole territory, so that a structure not found does not exist.
    """

    structures: Sequence[Structure] | None
    levels: Sequence[Representation]
    groups: Sequence[Group] | None  # the most balanced first
    association: Association | None
    whole: bool
    counted: Held | None = None
    """Instead of the structures themselves (none is then given), where there are too many to be listed."""

    def is_complete_for(self, *activities: Activity) -> bool:
        """Whether every structure of these activities is known: the list of SIAE covers the country."""
        return self.structures is not None and (self.whole or not any(one.naf for one in activities))


def explore(activity: Activity, evidence: Evidence, declared: Complementarities) -> Exploration:
    """The verdict on an activity."""
    held, units = _held(activity, evidence)
    signs = (
        over_represented(activity, evidence.levels),
        gathered(activity, evidence, declared),
        among_alike(activity, evidence.association),
    )
    enough = held >= LEAST_MEMBERS and units > 1
    complete = evidence.is_complete_for(activity)
    answer = judge(signs, held, complete=complete, enough=enough)
    return Exploration(activity, held, units, signs, answer)


def _held(activity: Activity, evidence: Evidence) -> tuple[int, int]:
    """Structures of the activity, and the legal units behind them."""
    if evidence.counted:
        return evidence.counted.of[activity.id]
    held = [one for one in evidence.structures or () if activity.id in one.activities]
    return len(held), len({one.unit for one in held})


def judge(signs: Sequence[Sign], held: int, *, complete: bool, enough: bool) -> Answer:
    """Verdict from the signs. Too few structures is a no where all are known, else to be checked."""
    reasons = tuple(sign.reason for sign in signs)
    if not enough:
        few = f"{count(held)} : il en faut {LEAST_MEMBERS}, d'au moins deux unités légales" + (
            "." if complete else ", et toutes ne sont pas connues ici."
        )
        return Answer(Verdict.NON if complete else Verdict.A_VERIFIER, (few,))
    there = sum(sign.there is True for sign in signs)
    if there >= SIGNS_FOR_YES:
        return Answer(Verdict.OUI, reasons)
    if there:
        return Answer(Verdict.PARTIEL, reasons)
    unknown = any(sign.there is None for sign in signs)
    return Answer(Verdict.A_VERIFIER if unknown else Verdict.NON, reasons)


def over_represented(activity: Activity, levels: Sequence[Representation]) -> Sign:
    """Whether a division or a kind of the activity is over-represented."""
    wanted = {Level.DIVISION: {code[:2] for code in activity.naf}, Level.SIAE: set(activity.siae)}
    looked = [level for level in levels if wanted.get(level.level)]
    rows = [row for level in looked for row in level.rows if row.quotient.key in wanted[level.level]]
    over = [row for row in rows if row.quotient.presence is Presence.OVER]
    if over:
        return Sign(True, f"Sur-représentée : {', '.join(_named(row) for row in over)}.")
    if any(level.reason for level in looked):
        return Sign(None, "Représentation inconnue : " + next(one.reason for one in looked if one.reason))
    return Sign(False, "Pas de sur-représentation établie.")


def _named(row: Represented) -> str:
    return f"{row.label} ({row.quotient.key})" if row.level is not Level.SIAE else row.label


def count(held: int) -> str:
    """« 2 structures connues »."""
    return counted(held, "structure connue", "structures connues")


def gathered(activity: Activity, evidence: Evidence, declared: Complementarities) -> Sign:
    """Whether structures of the activity have complementary ones near them."""
    if evidence.groups is None:
        return Sign(None, "Structures complémentaires proches : inconnu.")
    mine = [group for group in evidence.groups if activity.id in group.pair.between]
    if mine:
        best = mine[0]
        groups = "1 groupe" if len(mine) == 1 else f"{len(mine)} groupes, dont un"
        sides = f"{len(best.first)} et {len(best.second)}"
        return Sign(True, f"Structures complémentaires proches : {groups} de {sides} structures.")
    if any(one.longitude is None for one in evidence.structures or ()):
        return Sign(None, "Structures complémentaires proches : inconnu, des positions manquent.")
    partners = [
        declared.activities[one]
        for pair in declared.pairs
        if activity.id in pair.between
        for one in pair.between
    ]
    if evidence.is_complete_for(*partners):
        return Sign(False, "Aucune structure complémentaire à la distance demandée.")
    return Sign(None, "Aucune structure complémentaire connue, mais toutes ne sont pas connues ici.")


def among_alike(activity: Activity, association: Association | None) -> Sign:
    """Whether the territory lies in a set of neighbours with high rates."""
    if association is None:
        return Sign(None, "Association avec les voisins : inconnu.")
    if not association.own:
        return Sign(
            None, "Association avec les voisins : inconnu, le territoire n'est dans aucun lieu comparé."
        )
    if association.units.rate is SIAE_RATE and not activity.siae:
        return Sign(None, "Association avec les voisins : connue pour les seules structures d'insertion.")
    high = [one for one in association.own if one.significant and one.quadrant is Quadrant.HIGH_HIGH]
    if high:
        names = ", ".join(one.unit.name for one in high[:MOST_NAMED])
        others = counted(len(high) - MOST_NAMED, "autre") if len(high) > MOST_NAMED else ""
        told = f"{names}{' et ' if others else ''}{others}"
        return Sign(True, f"Taux fort parmi des voisins forts ({_rated(association)}) : {told}.")
    return Sign(False, f"Aucun ensemble de voisins à taux fort n'est établi ici ({_rated(association)}).")


def _rated(association: Association) -> str:
    """What the rates are of: never of one activity, which the reader of its row must know."""
    siae = association.units.rate is SIAE_RATE
    return "toutes structures d'insertion ensemble" if siae else "toutes activités de l'ESS ensemble"
