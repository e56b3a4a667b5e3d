"""Ceilings of a resource, of the grants of the State, and of a local owner."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ancrage.declarations.texts import Basis, Text
from ancrage.financing.money import ZERO, cents_down, eur, pct
from ancrage.financing.plan import Funder, Plan, Resource
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import Rule, RuleVersion, rules
from ancrage.reasoning import Verdict

STATE_GRANTS = frozenset({"detr", "dsil", "dsid", "dpv"})
OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978")


def most_of(plan: Plan, resource: Resource) -> Decimal | None:
    """The most that a resource may be, as its funder says; ``None`` when nothing is said."""
    bounds = []
    if resource.rate is not None:
        base = resource.base if resource.base is not None else plan.paid_by(resource)
        bounds.append(cents_down(resource.rate * base))
    if resource.ceiling is not None:
        bounds.append(resource.ceiling)
    return min(bounds, default=None)


def declared(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Each resource against the rate, the base and the ceiling that the plan says of it."""
    rule = rules()["plafond"]
    for one in plan.resources:
        most = most_of(plan, one) if one.counted else None
        if most is None or rule.version_on(on) is None:
            continue
        fits = one.amount <= most
        yield RuleAnswer(
            f"plafond:{one.id}",
            Verdict.OUI if fits else Verdict.NON,
            f"{rule.label} : {one.label}",
            Text(title=one.text or rule.versions[0].text.title, checked_on=on, basis=Basis.A_VERIFIER),
            (f"{eur(one.amount)} demandés ; {_how(plan, one)}, soit {eur(most)} au plus.",),
            "" if fits else f"Ramener « {one.label} » à {eur(most)}, soit {eur(one.amount - most)} de moins.",
            (one.id,),
        )


def _how(plan: Plan, one: Resource) -> str:
    base = one.base if one.base is not None else plan.paid_by(one)
    told = [f"{pct(one.rate)} de {eur(base)}"] if one.rate is not None else []
    return ", ".join([*told, *([f"plafond de {eur(one.ceiling)}"] if one.ceiling is not None else [])])


def state_grants(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """DETR, DSIL, DSID and DPV: 80 % of the expense together at most, 20 % each at least."""
    given = [one for one in plan.resources if one.counted and one.aid in STATE_GRANTS]
    rule = rules()["dotations_etat"]
    version = rule.version_on(on)
    if not given or version is None:
        return
    total = sum((one.amount for one in given), ZERO)
    base = max(one.base if one.base is not None else plan.paid_by(one) for one in given)
    top, floor = version.values["plafond"], version.values["plancher"]
    most, least = cents_down(top * base), floor * base
    small = [one for one in given if one.amount < least]
    reasons = [
        f"{eur(total)} ensemble, pour {eur(most)} au plus ({pct(version.values['plafond'])} de {eur(base)})."
    ]
    reasons += [f"« {one.label} » est sous {pct(floor)} de la dépense." for one in small]
    change = f"Les ramener ensemble à {eur(most)}." if total > most else ""
    change = change or (f"Demander {eur(least)} au moins de chacune." if small else "")
    yield RuleAnswer(
        "dotations_etat",
        held(version, total <= most and not small),
        rule.label,
        version.text,
        tuple(reasons),
        change,
        tuple(one.id for one in given),
    )


def own_share(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """The least that a local authority pays of its own investment."""
    rule = rules()["participation_minimale"]
    version = rule.version_on(on)
    invests = any(one.line.code == "2" for one in plan.expenses)
    if version is None or not plan.holder.authority or not invests:
        return
    if plan.holder.commune.startswith(OVERSEAS):
        told = ("La règle ne vaut pas outre-mer.",)
        yield RuleAnswer("participation_minimale", Verdict.OUI, rule.label, version.text, told)
        return
    yield _share(plan, rule, version)


def _share(plan: Plan, rule: Rule, version: RuleVersion) -> RuleAnswer:
    money = [one for one in plan.resources if one.counted and one.line.kind == "argent"]
    own = sum((one.amount for one in money if one.funder in (Funder.PORTEUR, Funder.BANQUE)), ZERO)
    grants = sum((one.amount for one in money if one.grant and one.funder is not Funder.EUROPE), ZERO)
    europe = sum((one.amount for one in money if one.grant and one.funder is Funder.EUROPE), ZERO)
    lead = plan.holder.lead
    shares = {None: ("part", "chef_de_file"), True: ("chef_de_file",), False: ("part",)}[lead]
    tests = {
        own >= version.values[share] * (own + public)
        for share in shares
        for public in {grants, grants + europe}
    }
    least = cents_down(version.values[shares[-1]] * (own + grants + europe))
    whole = own + grants + europe
    part = pct(own / whole) if whole else pct(ZERO)
    reasons = [f"{eur(own)} de la collectivité sur {eur(whole)} de financements publics, soit {part}."]
    if len(tests) > 1:
        reasons.append(
            "Le verdict dépend du domaine (chef de file ou non), ou du compte des fonds européens."
        )
    fits = tests.pop() if len(tests) == 1 else None
    change = "" if fits else f"Porter sa part à {eur(least)} au moins, ou demander au préfet d'y déroger."
    return RuleAnswer(
        "participation_minimale", held(version, fits), rule.label, version.text, tuple(reasons), change
    )
