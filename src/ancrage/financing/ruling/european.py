"""The share of each European fund: in all that is spent, or in what is public, by region when it is known."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_UP, Decimal

from ancrage.declarations.texts import Status
from ancrage.financing.money import CENT, ZERO, cents_down, eur, pct
from ancrage.financing.plan import Fund, Funder, Plan, Resource
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import Rule, RuleVersion, rules
from ancrage.reasoning import Verdict

LEAST = "au_moins"
"""The lowest of the rates that may hold, when the region of the holder is not told."""
UNREAD = "Ce taux n'a pas été lu dans son texte : l'autorité de gestion le dit."
BY_PRIORITY = (
    "C'est le taux de la catégorie de la région, pour une priorité du programme : "
    "l'autorité de gestion dit celui du projet."
)
ASK_PLACE = "Écrire la commune du porteur : le taux est celui de la catégorie de sa région."


def european(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """The share of each European fund that the plan asks for."""
    for fund in Fund:
        given = [one for one in plan.resources if one.counted and one.fund is fund]
        if given:
            yield _rate(plan, rules()[f"taux_{fund.value}"], version_of(fund, given, on), given)


def version_of(fund: Fund, given: Sequence[Resource], on: date) -> RuleVersion | None:
    """The rate of a fund on a day: what the catalogue says of the aids, where the holder is, else its text.

    ``None`` on a day of which nothing is known.
    """
    version = rules()[f"taux_{fund.value}"].version_on(on)
    known = [one.known_rate for one in given if one.known_rate is not None]
    if version is None or not known or len(known) < len(given) or version.share_of == "depense_publique":
        return version
    told = max(known, key=lambda one: one.high)
    values = {"taux": told.high, LEAST: min(one.low for one in known)}
    status = Status.ETABLI if all(one.certain for one in known) else Status.A_VERIFIER
    return version.model_copy(update={"values": values, "status": status, "text": told.text})


def _rate(plan: Plan, rule: Rule, version: RuleVersion | None, given: list[Resource]) -> RuleAnswer:
    identifier, ids = f"taux_europeen:{given[0].fund}", tuple(one.id for one in given)
    if version is None:
        last = rule.versions[-1]
        told = ("Aucun taux n'est connu pour ce jour : la programmation n'est pas celle qui a été lue.",)
        return RuleAnswer(identifier, Verdict.A_VERIFIER, rule.label, last.text, told, "", ids)
    amount = sum((one.amount for one in given), ZERO)
    base, what = european_base(plan, version, given)
    rate = version.values["taux"]
    least = version.values.get(LEAST, rate)
    fits = True if amount <= cents_down(least * base) else False if amount > cents_down(rate * base) else None
    share = pct(amount / base) if base else "tout"
    span = pct(rate) if least == rate else f"de {pct(least)} à {pct(rate)}, selon la région,"
    reasons = [f"{eur(amount)} sur {eur(base)} {what}, soit {share} ; {span} au plus."]
    settled = version.certain or (fits is True and all(map(_agreed, given)))
    if not settled:
        reasons.append(BY_PRIORITY if LEAST in version.values else UNREAD)
    elif not version.certain:
        acts = " ; ".join(dict.fromkeys(one.text for one in given))
        reasons.append(f"L'autorité de gestion a fixé le taux du projet : {acts}.")
    return RuleAnswer(
        identifier,
        Verdict.OUI if settled and fits else held(version, fits),
        rule.label,
        version.text,
        tuple(reasons),
        "" if fits else _mended(version, amount, base, rate) if fits is False else ASK_PLACE,
        ids,
    )


def _agreed(one: Resource) -> bool:
    """Whether the managing authority set the rate of the project by an act that the plan cites."""
    return one.state.granted and one.rate is not None and bool(one.text)


def european_base(plan: Plan, version: RuleVersion, given: list[Resource]) -> tuple[Decimal, str]:
    """What a rate is a share of, and its words."""
    if version.share_of == "depense_publique":
        others = sum((one.amount for one in public_counterparts(plan) if one not in given), ZERO)
        return others + sum((one.amount for one in given), ZERO), "de dépense publique"
    return max((plan.paid_by(one) for one in given), default=ZERO), "de dépenses éligibles"


def public_counterparts(plan: Plan) -> tuple[Resource, ...]:
    """Public money that calls a European fund: grants, and what a public owner pays itself."""
    own = plan.holder.authority
    return tuple(
        one
        for one in plan.resources
        if one.counted
        and one.line.kind == "argent"
        and (one.grant or (own and one.funder in (Funder.PORTEUR, Funder.BANQUE)))
    )


def _mended(version: RuleVersion, amount: Decimal, base: Decimal, rate: Decimal) -> str:
    if version.share_of == "depense_publique":
        others = base - amount
        most = cents_down(others * rate / (1 - rate)) if rate < 1 else amount
        more = (amount * (1 - rate) / rate) - others
        return (
            f"Ramener le fonds européen à {eur(most)}, ou trouver {eur(_cents_up(more))} de plus "
            "d'une collectivité ou de l'État, à la place d'autres ressources."
        )
    return f"Ramener le fonds européen à {eur(cents_down(rate * base))}."


def _cents_up(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_UP)
