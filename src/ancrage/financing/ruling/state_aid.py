"""State aid: ceilings of de minimis aid on any day, and the regime of each public resource."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ancrage.dating import add_years
from ancrage.financing.money import ZERO, eur
from ancrage.financing.plan import Plan, Regime
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import RuleVersion, rules
from ancrage.language.days import day as day_text
from ancrage.reasoning import Verdict

CEILINGS = {Regime.DE_MINIMIS: "de_minimis", Regime.DE_MINIMIS_SIEG: "de_minimis_sieg"}


@dataclass(frozen=True, slots=True)
class Granted:
    """Aid that counts in a ceiling from the day it is granted; ``known``: whether that day is told."""

    label: str
    on: date
    amount: Decimal
    known: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """What counts beside an aid on the day it is granted."""

    since: date
    until: date
    total: Decimal
    ceiling: Decimal
    version: RuleVersion

    @property
    def over(self) -> Decimal:
        """Euros above the ceiling, none below zero."""
        return max(ZERO, self.total - self.ceiling)


def window_of(granted: Iterable[Granted], identifier: str, on: date) -> Window | None:
    """What counts on a day: the three years back to the day, or before 2024 the fiscal years.

    ``None`` on a day for which no wording is known.
    """
    version = rules()[identifier].version_on(on)
    if version is None:
        return None
    years = int(version.values["annees"])
    since = add_years(on, -years) if version.window == "glissante" else date(on.year - years + 1, 1, 1)
    total = sum((one.amount for one in granted if since <= one.on <= on), ZERO)
    return Window(since, on, total, version.values["plafond"], version)


def small_aid(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Ceilings of de minimis aid, on each day an aid of the plan is granted."""
    for regime, identifier in CEILINGS.items():
        granted = _granted(plan, regime, on)
        if any(one.id for one in granted):
            yield _ceiling(plan, identifier, granted, on)


def _granted(plan: Plan, regime: Regime, on: date) -> list[Granted]:
    own = [
        Granted(one.label, one.granted_on or on, one.amount, one.granted_on is not None, one.id)
        for one in plan.resources
        if one.counted and one.regime is regime
    ]
    past = [Granted(one.label, one.granted_on, one.amount) for one in plan.past if one.regime is regime]
    return [*past, *own]


def _ceiling(plan: Plan, identifier: str, granted: list[Granted], on: date) -> RuleAnswer:
    rule, ids = rules()[identifier], tuple(one.id for one in granted if one.id)
    windows = [window_of(granted, identifier, day) for day in sorted({one.on for one in granted if one.id})]
    known = [one for one in windows if one is not None]
    if not known or len(known) < len(windows):
        told = ("Aucun règlement lu ne couvre ce jour.",)
        return RuleAnswer(identifier, Verdict.A_VERIFIER, rule.label, rule.versions[-1].text, told, "", ids)
    worst = max(known, key=lambda one: (one.over, one.total))
    loans = [one for one in plan.resources if one.id in ids and not one.grant]
    unknown = _unsaid(plan)
    fits: bool | None = not worst.over
    reasons = [
        f"{eur(worst.total)} du {day_text(worst.since)} au {day_text(worst.until)} inclus ; "
        f"{eur(worst.ceiling)} au plus."
    ]
    if any(not one.known for one in granted):
        reasons.append(f"Une aide sans jour d'accord est comptée comme accordée le {day_text(on)}.")
    if loans:
        reasons.append(
            "D'un prêt ou d'une garantie, seul l'équivalent-subvention compte ; il n'est pas connu."
        )
        fits = None if worst.over else fits
    if fits and worst.total + unknown > worst.ceiling:
        reasons.append(f"{eur(unknown)} d'aides publiques sans régime dit pourraient compter.")
        fits = None
    change = _change(granted, identifier, worst) if worst.over else ""
    return RuleAnswer(
        identifier, held(worst.version, fits), rule.label, worst.version.text, tuple(reasons), change, ids
    )


def _unsaid(plan: Plan) -> Decimal:
    """Public grants of which nothing says under which regime they stand."""
    return sum(
        (one.amount for one in plan.resources if one.counted and one.grant and one.regime is None), ZERO
    )


def _change(granted: list[Granted], identifier: str, worst: Window) -> str:
    """How much less, or from which day the same amount fits."""
    later = fits_from(granted, identifier, worst.until)
    wait = f" Accordée à partir du {day_text(later)}, elle tiendrait." if later else ""
    return f"Réduire ces aides de {eur(worst.over)}, ou les placer sous un autre régime.{wait}"


def fits_from(granted: Iterable[Granted], identifier: str, on: date) -> date | None:
    """First day on which what is granted on ``on`` would fit, as older aid leaves the window."""
    told = list(granted)
    moving = [one for one in told if one.on == on and one.id]
    fixed = [one for one in told if one not in moving]
    amount = sum((one.amount for one in moving), ZERO)
    candidates = sorted({after for one in fixed for after in _leaves(one, identifier, on)})
    for day in candidates:
        window = window_of(fixed, identifier, day)
        if window and window.total + amount <= window.ceiling:
            return day
    return None


def _leaves(one: Granted, identifier: str, on: date) -> Iterator[date]:
    """The day on which an aid no longer counts, when it is after ``on``."""
    version = rules()[identifier].version_on(on)
    if version:
        years = int(version.values["annees"])
        end = add_years(one.on, years)
        day = (
            date.fromordinal(end.toordinal() + 1)
            if version.window == "glissante"
            else date(one.on.year + years, 1, 1)
        )
        if day > on:
            yield day


def regimes(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Which public resource has no regime said, for a holder that has an economic activity."""
    rule = rules()["notification"]
    version = rule.version_on(on)
    given = [one for one in plan.resources if one.counted and one.grant]
    if version is None or not given or plan.holder.authority:
        return
    silent = [one for one in given if one.regime is None]
    told = [f"« {one.label} » : aucun régime n'est dit." for one in silent]
    yield RuleAnswer(
        "notification",
        held(version, None if silent else True),
        rule.label,
        version.text,
        tuple(told) or ("Le régime de chaque aide publique est dit.",),
        "Demander à chaque financeur son régime : de minimis, exempté, notifié, hors aides d'État."
        if silent
        else "",
        tuple(one.id for one in silent),
    )
