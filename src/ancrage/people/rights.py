"""May this person do this act on this thing, on this day? Yes, no or to be checked, and always why.

A refusal says why, and who could. Nothing here knows a database: what is asked is given as values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ancrage.dating import Period
from ancrage.language.days import short_day
from ancrage.people.acts import TABLE, Act
from ancrage.people.roles import Limit, Role
from ancrage.reasoning import Answer, Verdict

ALWAYS = Period()


class Standing(StrEnum):
    """How far the belonging of a person to an organisation is known."""

    CONFIRMED = "confirmee"
    DECLARED = "declaree"
    """By the first person of an organisation: nobody could confirm it. It acts, and is told."""
    WAITING = "attendue"
    """The organisation has members, and none of them has confirmed it yet: it does not act."""

    @property
    def label(self) -> str:
        """French words shown to people."""
        return {"confirmee": "confirmée", "declaree": "déclarée", "attendue": "à confirmer"}[self.value]


@dataclass(frozen=True, slots=True)
class Belonging:
    """The belonging of a person to an organisation."""

    organisation: str
    name: str
    period: Period = ALWAYS
    standing: Standing = Standing.CONFIRMED


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given in a workspace, to an organisation, or to the person herself (``organisation`` empty).

    ``workspace`` is empty for what is held everywhere (who keeps the server). ``only`` names the one thing
    that the role bears on: the contract of an evaluator.
    """

    role: Role
    workspace: str
    organisation: str = ""
    period: Period = ALWAYS
    only: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: nobody known (``person`` empty), or a person with what she belongs to and holds.

    ``acting_for``: the organisation she says she acts for; empty, whatever she belongs to counts.
    """

    person: str = ""
    belongings: tuple[Belonging, ...] = ()
    grants: tuple[Grant, ...] = ()
    acting_for: str = ""


NOBODY = Actor()
NO_ROLE = "Vous n'avez aucun rôle dans cet atelier."
NO_ORGANISATION = "Vous n'appartenez pas à cette organisation."
DECLARED_ONLY = "Votre appartenance à cette organisation est déclarée ; personne ne l'a confirmée."


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act bears on; identifiers of organisations everywhere.

    ``concerns``: those it is about (parties, addressees, the organisation itself). ``pilots``: those that
    pilot it. ``awaited``: those whose answer is awaited, hence never the one that declared. ``author``: the
    person whose act it is. ``holders``: names of those who hold each role, to say who could.
    """

    workspace: str = ""
    id: str = ""
    concerns: frozenset[str] = frozenset()
    pilots: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()
    author: str = ""
    published: bool = False
    holders: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)


def may(actor: Actor, act: Act, thing: Thing, *, on: date) -> Answer:
    """The verdict and its reasons, in French; only *oui* lets the act be done."""
    if found := grounds(actor, act, thing, on=on):
        return Answer(Verdict.OUI, _why(actor, found[0]))
    if waiting := _waiting(actor, act, thing, on):
        return Answer(Verdict.A_VERIFIER, tuple(map(_told_waiting, waiting)))
    return Answer(Verdict.NON, (*_why_not(actor, act, thing, on), who_could(act, thing)))


def grounds(actor: Actor, act: Act, thing: Thing, *, on: date) -> tuple[Grant, ...]:
    """The roles by which the actor may do it; the first is the one that the journal keeps."""
    return tuple(
        grant
        for grant in _live(actor, thing, on)
        if (limit := TABLE[act].get(grant.role)) is not None and _holds(limit, actor, grant, thing, on)
    )


def who_could(act: Act, thing: Thing) -> str:
    """Who may do an act, in a French sentence: roles, their limits, and who holds them when it is told."""
    told = (_one_who_could(role, limit, thing) for role, limit in TABLE[act].items())
    return f"Peut {act.label} : {' ; '.join(told)}."


def _one_who_could(role: Role, limit: Limit, thing: Thing) -> str:
    names = ", ".join(thing.holders.get(role, ()))
    within = "" if limit is Limit.ALWAYS else f" ({limit.value})"
    return f"{role.label}{within}{f' – {names}' if names else ''}"


def _live(actor: Actor, thing: Thing, on: date) -> Iterator[Grant]:
    """The roles held that day for a thing, those that follow from what one is included."""
    organisations = _organisations(actor, on)
    for grant in _given(actor, thing):
        theirs = not grant.organisation or grant.organisation in organisations
        if theirs and on in grant.period and grant.only in ("", thing.id):
            yield grant
    if not thing.workspace:
        yield from (Grant(Role.MEMBRE, "", organisation) for organisation in organisations)
    yield Grant(Role.PUBLIC, thing.workspace)


def _given(actor: Actor, thing: Thing) -> tuple[Grant, ...]:
    return tuple(one for one in actor.grants if actor.person and one.workspace in ("", thing.workspace))


def _organisations(actor: Actor, on: date) -> tuple[str, ...]:
    """Those the actor answers for that day."""
    return tuple(
        one.organisation
        for one in actor.belongings
        if on in one.period
        and one.standing is not Standing.WAITING
        and actor.acting_for in ("", one.organisation)
    )


def _holds(limit: Limit, actor: Actor, grant: Grant, thing: Thing, on: date) -> bool:
    own = {grant.organisation} if grant.organisation else set(_organisations(actor, on))
    held = {
        Limit.ALWAYS: True,
        Limit.OWN: bool(own & thing.concerns),
        Limit.PILOTS: bool(own & thing.pilots),
        Limit.AWAITED: bool(own & thing.awaited),
        Limit.OWN_ACTS: thing.author == actor.person,
        Limit.ITS_CONTRACT: bool(grant.only) and grant.only == thing.id,
        Limit.PUBLISHED: thing.published,
    }
    return held[limit]


def _why(actor: Actor, ground: Grant) -> tuple[str, ...]:
    belonging = next((one for one in actor.belongings if one.organisation == ground.organisation), None)
    if belonging is None:
        return (f"Vous agissez comme {ground.role.label}.",)
    named = f"Vous agissez comme {ground.role.label}, pour « {belonging.name} »."
    return (named, DECLARED_ONLY) if belonging.standing is Standing.DECLARED else (named,)


def _waiting(actor: Actor, act: Act, thing: Thing, on: date) -> tuple[Belonging, ...]:
    """Belongings whose confirmation would let the act be done."""
    return tuple(
        one
        for one in actor.belongings
        if one.standing is Standing.WAITING
        and grounds(replace(actor, belongings=(_confirmed(one),)), act, thing, on=on)
    )


def _confirmed(belonging: Belonging) -> Belonging:
    return replace(belonging, standing=Standing.CONFIRMED)


def _told_waiting(belonging: Belonging) -> str:
    return f"Votre appartenance à « {belonging.name} » attend d'être confirmée par un de ses membres."


def _why_not(actor: Actor, act: Act, thing: Thing, on: date) -> tuple[str, ...]:
    if not actor.person:
        return ("Vous n'êtes pas connecté.",)
    held = [grant for grant in _live(actor, thing, on) if grant.role is not Role.PUBLIC]
    told = [_too_little(grant.role, act) for grant in held] or [*_past_or_to_come(actor, thing, on)]
    return tuple(dict.fromkeys(told)) or (NO_ROLE if thing.workspace else NO_ORGANISATION,)


def _too_little(role: Role, act: Act) -> str:
    limit = TABLE[act].get(role)
    if limit is None:
        return f"Comme {role.label}, vous ne pouvez pas {act.label}."
    return f"Comme {role.label}, {limit.unmet}."


def _past_or_to_come(actor: Actor, thing: Thing, on: date) -> Iterator[str]:
    given = _given(actor, thing)
    for grant in given:
        if grant.period.until and grant.period.until < on:
            yield f"Votre rôle ({grant.role.label}) a pris fin le {short_day(grant.period.until)}."
        if grant.period.since and on < grant.period.since:
            yield f"Votre rôle ({grant.role.label}) ne commence que le {short_day(grant.period.since)}."
    named = {grant.organisation for grant in given} | thing.concerns
    for one in actor.belongings:
        if one.organisation in named and one.period.until and one.period.until < on:
            yield f"Votre appartenance à « {one.name} » a pris fin le {short_day(one.period.until)}."
