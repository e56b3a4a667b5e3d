"""Telling a need, and confirming it: nothing leaves for a support before the address is confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ancrage.edition.opened import Opened
from ancrage.errors import NeedError
from ancrage.needs import links
from ancrage.needs.models import Asked, Asker, Letter, Need, Stage, Step
from ancrage.needs.proposing import Proposal, Support, email_of, propose
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind

MOST_SUPPORTS = 5
"""Supports that one need may be sent to at once."""
MOST_WAITING, MOST_IN_A_MONTH = 3, 6
"""Needs of one address: not confirmed yet, and confirmed in thirty days."""
LONGEST, SHORTEST = 2000, 20
MONTH = timedelta(days=30)
LEVELS = ("commune", "epci", "departement", "region")
HELD = {Kind.EPCI: LEVELS[1:], Kind.DEPARTEMENT: LEVELS[2:], Kind.REGION: LEVELS[3:]}
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person tells: her words, the facts she chose, the supports she chose, by their keys."""

    email: str
    words: str
    asker: str
    chosen: Sequence[str]
    name: str = ""
    phone: str = ""
    facts: Sequence[Fact] = ()
    may_pass: bool = False


def state(told: Stated, proposal: Proposal, opened: Opened, *, now: datetime) -> Need:
    """A need to be confirmed, and the message that asks for it. Raises :class:`NeedError`."""
    email, words, supports = _email(told.email), _words(told.words), _chosen(told.chosen, proposal)
    if told.asker not in Asker.values:
        raise NeedError("Dites qui demande.", f"Choisissez : {', '.join(Asker.labels)}.")
    answer = proposal.answer
    territory, need = answer.territory, answer.facts.need
    assert territory is not None and need is not None  # noqa: S101, PT018 it is asked of both
    with transaction.atomic():
        _find_room(email, now)
        made = Need.objects.create(
            kind=need.id,
            asker=told.asker,
            territory=str(territory.code),
            place=territory.name[:200],
            **_held(opened.atlas, proposal),
            email=email,
            name=" ".join(written(told.name).split())[:150],
            phone=" ".join(written(told.phone).split())[:40],
            words=words,
            facts=[list(one) for one in told.facts],
            may_pass=told.may_pass,
            asked_at=now,
        )
        Asked.objects.bulk_create([asked_of(made, one) for one in supports])
        write(made, Step.CONFIRMER, now=now)
    return made


def _email(typed: str) -> str:
    local, _, domain = typed.strip().rpartition("@")
    try:
        validate_email(typed.strip())
    except ValidationError as error:
        raise NeedError(
            "Ce n’est pas une adresse de courriel.", "Écrivez-la en entier : anne@mairie.fr."
        ) from error
    return f"{local}@{domain.lower()}"


def _words(typed: str) -> str:
    words = written(typed)
    if len(words) < SHORTEST:
        raise NeedError(
            "Dites votre besoin en une phrase au moins.", "Le support qui la lit doit savoir s’il peut aider."
        )
    if len(words) > LONGEST:
        raise NeedError(f"Votre texte fait {len(words)} signes ; {LONGEST} au plus.", "Gardez l’essentiel.")
    return words


def written(typed: str) -> str:
    """What was typed, without the signs that no database keeps."""
    return typed.replace("\0", "").strip()


def _chosen(keys: Sequence[str], proposal: Proposal) -> list[Support]:
    keys = list(dict.fromkeys(keys))
    if not keys:
        raise NeedError("Aucun support n’est choisi.", "Cochez ceux à qui demander.")
    if len(keys) > MOST_SUPPORTS:
        raise NeedError(
            f"{len(keys)} supports sont cochés ; {MOST_SUPPORTS} au plus.", "Gardez les plus utiles."
        )
    found = [proposal.by_key.get(key) for key in keys]
    kept = [one for one in found if one and (one.written_to or one.called)]
    if len(kept) < len(keys):
        raise NeedError(
            "Un des supports choisis n’est plus proposé ici, ou rien ne permet de le joindre.",
            "Regardez la liste et choisissez de nouveau.",
        )
    return kept


def _find_room(email: str, now: datetime) -> None:
    own = Need.objects.filter(email=email)
    if own.filter(confirmed_at=None).count() >= MOST_WAITING:
        raise NeedError(
            f"{MOST_WAITING} demandes de cette adresse attendent déjà d’être confirmées.",
            "Confirmez-les depuis leurs messages.",
        )
    if own.filter(confirmed_at__gt=now - MONTH).count() >= MOST_IN_A_MONTH:
        raise NeedError(
            f"Cette adresse a déjà envoyé {MOST_IN_A_MONTH} demandes en trente jours.",
            "Suivez celles qui sont en cours, ou appelez un support.",
        )


def _held(atlas: Atlas, proposal: Proposal) -> dict[str, str]:
    """What holds the territory, itself included: a need of a département is of none of its communes."""
    origin, territory = proposal.answer.facts.origin, proposal.answer.territory
    if origin is None or territory is None:
        return {}
    kept = HELD.get(territory.kind, LEVELS)
    row = atlas.warehouse.row(
        "SELECT code AS commune, epci, departement, region FROM commune WHERE code = ? "
        "ORDER BY vintage DESC LIMIT 1",
        (origin.code.code,),
    )
    return {name: value or "" for name, value in (row or {}).items() if name in kept}


def asked_of(need: Need, support: Support) -> Asked:
    """A support about to be asked."""
    contact = support.contact
    return Asked(
        need=need,
        key=support.key,
        kind=contact.kind.value,
        name=contact.name[:250],
        email=email_of(contact) if support.written_to else "",
        phone=contact.phone[:60],
        website=contact.website[:300] if contact.website.startswith("http") else "",
        km=support.helper.km,
    )


def ask_also(need: Need, support: Support, *, now: datetime) -> Asked:
    """Ask one more support. Raises :class:`NeedError` for one that somebody asked in the meantime."""
    asked = asked_of(need, support)
    if not Asked.objects.filter(need=need, key=asked.key).exists():
        Asked.objects.bulk_create([asked], ignore_conflicts=True)
    kept = Asked.objects.get(need=need, key=asked.key)
    if kept.pk != asked.pk:
        raise NeedError(f"{kept.name} est déjà demandé.", "Choisissez-en un autre.")
    send(kept, Stage.ENVOYEE, now=now)
    return kept


def write(need: Need, step: Step, *, now: datetime, asked: Asked | None = None, told: str = "") -> None:
    """A message to be sent, once however many times it is asked for. ``told``: what makes it another one."""
    key = "|".join(filter(None, (step.value, str(asked.pk if asked else need.pk), told)))
    letter = Letter(need=need, asked=asked, step=step, key=key, made_at=now, next_at=now)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def found(purpose: str, given: str) -> Need:
    """The need of a link of who asks. Raises :class:`NeedError`."""
    one = Need.objects.filter(pk=links.read(purpose, given)).first()
    if one is None or one.erased_at:
        raise NeedError(
            "Cette demande n’est plus gardée : ce qui la disait a été effacé.",
            "Si le besoin demeure, faites une nouvelle demande.",
        )
    return one


def confirm(given: str, opened: Opened, *, now: datetime) -> Need:
    """Send a need to the supports chosen; a link used twice changes nothing. Raises :class:`NeedError`.

    One that closed in the meantime is not asked.
    """
    need = found(links.CONFIRM, given)
    proposal = propose(opened, need.territory, need.kind)
    closed = {one.key for one in proposal.supports if one.closed}
    with transaction.atomic():
        if Need.objects.filter(pk=need.pk, confirmed_at=None).update(confirmed_at=now):
            for asked in need.asked.filter(stage=Stage.A_CONFIRMER):
                over = asked.key in closed
                send(asked, Stage.FERMEE if over else Stage.ENVOYEE, now=now)
            write(need, Step.PARTIE, now=now)
    need.refresh_from_db()
    return need


def send(asked: Asked, stage: Stage, *, now: datetime) -> None:
    """Ask a support, unless it closed; one that no message reaches waits for who asks to call it."""
    if stage == Stage.ENVOYEE and not asked.email:
        stage = Stage.A_JOINDRE
    Asked.objects.filter(pk=asked.pk).update(stage=stage)
    if stage == Stage.ENVOYEE:
        write(asked.need, Step.DEMANDE, asked=asked, now=now)
