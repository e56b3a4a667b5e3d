"""Asking: one organisation, or several each by itself, to be put in touch with one's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ancrage.edition.opened import Opened
from ancrage.errors import IntroductionError
from ancrage.introductions.finding import Found, find
from ancrage.introductions.letters import invite
from ancrage.introductions.models import Address, Aim, Details, Introduction, Side, Standing
from ancrage.introductions.silence import is_silent, mark_of
from ancrage.language.days import short_day
from ancrage.people.acting import day
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.people.models import Organisation, Person

MOST_ASKED = 12
"""Organisations that one request asks."""
MOST_WAITING = 3
"""Requests that wait for the answer of one address."""
LONGEST_WORDS, LEAST_WORDS = 2_000, 20
REACHING = re.compile(r"https?:|www\.|\S@\S|(?:\d[\s.]?){9,}", re.IGNORECASE)
TYPED = "l’adresse a été donnée par {asker}, qui n’en dit pas l’origine"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An organisation to ask, by its code; ``email``: the address typed for it, if any."""

    code: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one asks: what for, in which words, from which page; ``phone``: given with one's own address."""

    aim: str
    words: str
    subject: str = ""
    phone: str = ""
    page: str = ""


def ask(
    by: Person,
    organisation: Organisation,
    wanted: Sequence[Wanted],
    wish: Wish,
    opened: Opened,
    *,
    now: datetime,
) -> Side:
    """Ask, in the name of an organisation one belongs to; gives its own side.

    Raises :class:`NotAllowedError`, :class:`IntroductionError`: nobody is asked unless all can be.
    """
    require(by, Act.INTRODUCE, the_organisation(organisation), on=day(now))
    _refuse_unfit(wish, wanted)
    found = [(find(opened, one.code), one.email) for one in wanted]
    for one, _ in found:
        _refuse_again(organisation, one, wish.aim)
    with transaction.atomic():
        made = Introduction.objects.create(
            aim=wish.aim,
            subject=" ".join(wish.subject.split())[:200],
            words=wish.words.strip(),
            page=wish.page[:500],
            asked_at=now,
        )
        mine = _asking(made, by, organisation, wish.phone, now)
        for one, email in found:
            invite(_asked(made, mine, one, email, now), mine, one.members, now=now)
    return mine


def _asking(made: Introduction, by: Person, organisation: Organisation, phone: str, now: datetime) -> Side:
    mine = Side.objects.create(
        introduction=made,
        asks=True,
        siren=organisation.siren,
        siret=organisation.siret,
        name=organisation.name,
        organisation=organisation,
        person=by,
        standing=Standing.ACCEPTED,
        asked_at=now,
        answered_at=now,
    )
    Details.objects.create(side=mine, phone=phone_of(phone))
    return mine


def _asked(made: Introduction, mine: Side, one: Found, email: str, now: datetime) -> Side:
    side = Side.objects.create(
        introduction=made,
        siren=one.registered.siren,
        siret=one.registered.siret,
        name=one.registered.name,
        organisation=one.organisation,
        asked_at=now,
    )
    if email.strip() and not one.sure:
        _reach(side, address_of(email), TYPED.format(asker=mine.name))
    elif one.public[0] and not one.members:
        _reach(side, one.public[0], f"l’adresse est publiée par {one.public[1]}")
    elif not one.members:
        raise IntroductionError(
            f"Personne de {side.name} n'est inscrit ici, et aucune source n'en publie l'adresse.",
            "Donnez une adresse où lui écrire.",
        )
    return side


def _reach(side: Side, email: str, told: str) -> None:
    mark = mark_of(email)
    if is_silent(mark):
        raise IntroductionError(
            f"L'adresse donnée pour {side.name} a demandé à ne plus recevoir de telles demandes.",
            "Joignez cette structure autrement : rien ne lui sera envoyé d'ici.",
        )
    waiting = Address.objects.filter(mark=mark, side__standing=Standing.ASKED)
    if waiting.count() >= MOST_WAITING:
        raise IntroductionError(
            f"L'adresse donnée pour {side.name} a déjà {MOST_WAITING} demandes sans réponse.",
            "Attendez qu'elle réponde.",
        )
    Address.objects.create(side=side, email=email, mark=mark, told=told)


def _refuse_unfit(wish: Wish, wanted: Sequence[Wanted]) -> None:
    if not wanted:
        raise IntroductionError("Aucune structure n'est nommée.", "Choisissez-en une dans l'annuaire.")
    refuse_too_many(len(wanted))
    if wish.aim not in Aim.values:
        raise IntroductionError("La raison de la rencontre manque.", "Choisissez-la dans la liste.")
    length = len(wish.words.strip())
    if not LEAST_WORDS <= length <= LONGEST_WORDS:
        raise IntroductionError(
            f"Votre message a {length} caractères : il en faut de {LEAST_WORDS} à {LONGEST_WORDS}.",
            "Dites qui vous êtes et ce que vous proposez.",
        )
    if REACHING.search(wish.words) or REACHING.search(wish.subject):
        raise IntroductionError(
            "Votre message contient une adresse ou un numéro.",
            "Retirez-les : vos coordonnées partiront d'elles-mêmes quand l'autre aura dit oui.",
        )


def refuse_too_many(count: int) -> None:
    """Raises :class:`IntroductionError` past what one request may ask."""
    if count > MOST_ASKED:
        raise IntroductionError(
            f"Plus de {MOST_ASKED} structures sont nommées : {MOST_ASKED} au plus à la fois.",
            "Revenez en arrière, et choisissez-en moins.",
        )


def _refuse_again(organisation: Organisation, one: Found, aim: str) -> None:
    """One who said no is not asked again by the same; one who has not answered yet, not for the same."""
    if one.registered.siren == organisation.siren:
        raise IntroductionError("C'est votre propre organisation.", "Choisissez-en une autre à rencontrer.")
    theirs = Side.objects.filter(asks=True, organisation=organisation).values("introduction")
    asked = Side.objects.filter(asks=False, siren=one.registered.siren, introduction__in=theirs)
    if said := asked.filter(standing=Standing.DECLINED).first():
        when = short_day(day(said.answered_at or said.asked_at))
        raise IntroductionError(
            f"{said.name} a répondu le {when} ne pas souhaiter cette mise en relation.",
            "Elle ne peut pas vous être proposée de nouveau tant que cette réponse est gardée (un an).",
        )
    waiting = asked.filter(standing=Standing.ASKED, introduction__aim=aim, introduction__ended_at=None)
    if waits := waiting.first():
        when = short_day(day(waits.asked_at))
        raise IntroductionError(f"{waits.name} a déjà reçu cette demande le {when}.", "Attendez sa réponse.")


def address_of(email: str) -> str:
    """An address, its domain in small letters. Raises :class:`IntroductionError`."""
    local, _, domain = email.strip().rpartition("@")
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise IntroductionError(
            f"« {email.strip()[:80]} » n'est pas une adresse de courriel.", "Exemple : contact@asso.fr"
        ) from error
    return f"{local}@{domain.lower()}"


def phone_of(typed: str) -> str:
    """A telephone as it was typed. Raises :class:`IntroductionError` when it has other than a number."""
    told = " ".join(typed.split())[:30]
    if told and not re.fullmatch(r"\+?[\d\s.()/-]{4,}", told):
        raise IntroductionError(f"« {told} » n'est pas un numéro de téléphone.", "Exemple : 05 55 00 00 00")
    return told


ANSWER_WITHIN = timedelta(days=30)
"""How long one may answer; the address it was asked at is then forgotten."""
