"""Regional aid: the most that public aid may be of an investment, by zone and by size of enterprise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ancrage.financing.money import ZERO, cents_down, eur, pct
from ancrage.financing.plan import Holder, Plan, Regime, Resource, Size
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import RuleVersion, rules
from ancrage.reasoning import Verdict

RULE = "intensite_afr"
INVESTMENT = "2"
ASK_ZONE = (
    "Demander à la préfecture de région si la commune est à l'annexe 1 du décret, puis écrire « zone_afr »."
)
ASK_SIZE = "Écrire la taille de l'entreprise (« taille »), au sens de l'annexe I du règlement (UE) 651/2014."
ASK_BIG = "Au-delà de 50 millions d'euros, le taux est ajusté : la préfecture de région le dit."


@dataclass(frozen=True, slots=True)
class Intensities:
    """The rates that may hold, from the lowest to the highest, and what is to be asked to choose."""

    low: Decimal
    high: Decimal
    ask: str = ""


def regional(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Public aid to an investment that receives regional aid, against the ceiling of its zone."""
    given = [one for one in plan.resources if one.counted and one.regime is Regime.AFR]
    rule = rules()[RULE]
    version = rule.version_on(on)
    if not given:
        return
    ids = tuple(one.id for one in given)
    if version is None:
        told = ("Aucune carte des aides à finalité régionale n'a été lue pour ce jour.",)
        yield RuleAnswer(RULE, Verdict.A_VERIFIER, rule.label, rule.versions[-1].text, told, ASK_ZONE, ids)
        return
    yield _ceiling(plan, version, given, ids)


def _ceiling(plan: Plan, version: RuleVersion, given: list[Resource], ids: tuple[str, ...]) -> RuleAnswer:
    base, label = _base(plan, given), rules()[RULE].label
    rates = _rates(plan.holder, version)
    if rates is None:
        told = ("La commune n'est pas en zone d'aide à finalité régionale : ce régime n'y existe pas.",)
        change = "Placer l'aide sous un autre régime, ou choisir une commune de la zone."
        return RuleAnswer(RULE, held(version, False), label, version.text, told, change, ids)
    beside = _beside(plan, given)
    total = sum((one.amount for one in (*given, *beside)), ZERO)
    least, most = (cents_down(rate * base) for rate in (rates.low, rates.high))
    big = base > version.values["investissement"]
    fits = True if total <= least and not big else False if total > most else None
    span = pct(rates.high) if rates.low == rates.high else f"de {pct(rates.low)} à {pct(rates.high)}"
    reasons = [f"{eur(total)} d'aides publiques sur {eur(base)} d'investissement éligible ; {span} au plus."]
    if beside:
        reasons.append(f"Comptées avec elle : {', '.join(one.label for one in beside)}.")
    if _loans(plan, ids):
        reasons.append(
            "D'un prêt ou d'une garantie, seul l'équivalent-subvention compterait ; il n'est pas connu."
        )
        fits = None if fits else fits
    return RuleAnswer(
        RULE, held(version, fits), label, version.text, tuple(reasons),
        _change(fits, total - most, rates, big=big), ids,
    )  # fmt: skip


def _change(fits: bool | None, over: Decimal, rates: Intensities, *, big: bool) -> str:
    if fits is False:
        return (
            f"Réduire ces aides de {eur(over)}, ou les remplacer par des fonds propres ou un prêt sans aide."
        )
    return "" if fits else ASK_BIG if big else rates.ask


def _base(plan: Plan, given: list[Resource]) -> Decimal:
    """Investment that regional aid pays for, as the plan or the convention bounds it."""
    costs = {
        each.id: each.amount for one in given for each in plan.costs_of(one) if each.line.code == INVESTMENT
    }
    declared = [one.base for one in given if one.base is not None]
    return max(declared) if declared else sum(costs.values(), ZERO)


def _beside(plan: Plan, given: list[Resource]) -> tuple[Resource, ...]:
    """Other public grants, that are State aid or of which nothing is said, to the same costs."""
    paid = {each.id for one in given for each in plan.costs_of(one) if each.line.code == INVESTMENT}
    return tuple(
        one
        for one in plan.resources
        if one.counted
        and one.grant
        and one not in given
        and one.regime is not Regime.AUCUN
        and paid & {each.id for each in plan.costs_of(one)}
    )


def _loans(plan: Plan, ids: tuple[str, ...]) -> bool:
    return any(not one.grant for one in plan.resources if one.id in ids)


def _rates(holder: Holder, version: RuleVersion) -> Intensities | None:
    """``None`` outside the zone."""
    if holder.regional_zone is False:
        return None
    base, asked = _zone(holder, version)
    more = {
        None: (ZERO, version.values["petite"]),
        Size.GRANDE: (ZERO, ZERO),
        Size.MOYENNE: (version.values["moyenne"],) * 2,
        Size.PETITE: (version.values["petite"],) * 2,
    }[holder.size]
    if base is None:
        return Intensities(ZERO, version.values["plus_haut"] + more[1], asked)
    sure = holder.regional_zone or not asked
    told = asked or ("" if holder.size else ASK_SIZE)
    return Intensities(base + more[0] if sure else ZERO, base + more[1], told)


def _zone(holder: Holder, version: RuleVersion) -> tuple[Decimal | None, str]:
    """The rate of large enterprises, and what to ask when the place of the holder does not settle it."""
    code = holder.commune.upper()
    if len(code) != len("23077"):
        return None, ASK_ZONE
    place = code[:3] if code.startswith(("97", "98")) else code[:2]
    if (overseas := version.values.get(f"d{place}")) is not None and place.startswith("97"):
        return overseas, ""
    if place.startswith(("97", "98")):
        return None, ASK_ZONE
    rate = version.values.get(f"d{place}", version.values["zone_c"])
    return rate, "" if holder.regional_zone else ASK_ZONE
