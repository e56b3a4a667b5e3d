"""What a digest says: which subscription, what changed, before and after, why it was sent, how to stop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ancrage.alerts.links import address, stopping
from ancrage.alerts.models import Content, Event, Frequency, Mail, Subscription
from ancrage.changes.noting import Sort
from ancrage.language.numbers import count

RULE = "Règle"
LONGEST = 400
CONFIRM_SUBJECT = "Confirmez votre alerte Ancrage : {label}"
CONFIRM = """Bonjour,

Quelqu'un a demandé qu'Ancrage prévienne cette adresse, {frequency}, de ce qui change pour :

    {label}

Pour le confirmer, ouvrez cette adresse et pressez « Confirmer ». Elle sert sept jours :

    {link}

Vous n'avez rien demandé ? Ignorez ce message : sans confirmation, rien ne vous sera envoyé."""
PAGES = {
    Sort.AIDE: "aid",
    Sort.ECHEANCE: "aid",
    Sort.POUR_MOI: "aid",
    Sort.STRUCTURE: "structure",
    Sort.PLAN: "atelier-deadlines",
    Sort.RETARD: "atelier-deadlines",
}
"""The page of a thing of each sort, by its subject."""
Told = tuple[Event, list[Subscription]]
"""An event, and the subscriptions it was matched to."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message: subject, text, and the address that stops all it tells in one click."""

    subject: str
    text: str
    stop: str


def confirmation(subscription: Subscription, link: str) -> tuple[str, str]:
    """Subject and text of the message that asks to confirm."""
    words = {
        "label": subscription.topic.label,
        "link": link,
        "frequency": subscription.get_frequency_display(),
    }
    return CONFIRM_SUBJECT.format_map(words), CONFIRM.format_map(words)


def digest(mail: Mail, contents: Iterable[Content]) -> Written:
    """The words of a message; each event once, under the first subscription it answers, all of them named."""
    told: dict[int, Told] = {}
    for content in contents:
        told.setdefault(content.event_id, (content.event, []))[1].append(content.subscription)
    named = {one.pk: one for _, many in told.values() for one in many}
    groups: dict[Any, list[Told]] = {}
    for event, many in told.values():
        groups.setdefault(many[0].pk, []).append((event, many))
    parts = [_part(named[key], events, mail) for key, events in groups.items()]
    others = [one for key, one in named.items() if key not in groups]
    parts += [_also(one, mail) for one in others]
    changes = count(len(told), "changement")
    stop = address("alert-stop", stopping(subscriber=mail.subscriber_id, mail=mail.pk))
    text = f"Bonjour,\n\n{changes} parmi ce que vous suivez.\n\n" + "\n\n".join(parts) + _foot(stop)
    labels = {one.topic.label for one in named.values()}
    subject = next(iter(labels)) if len(labels) == 1 else f"{len(labels)} alertes"
    return Written(" ".join(f"Ancrage, {changes} : {subject}".split()), text, stop)


def _foot(stop: str) -> str:
    return (
        "\n\nNe plus rien recevoir de ces alertes, ou régler chacune (fréquence, pause, arrêt) :\n\n"
        f"    {stop}\n\nChaque changement n'est dit qu'une fois."
    )


def _part(subscription: Subscription, told: list[Told], mail: Mail) -> str:
    label = subscription.topic.label
    lines: list[str | None] = [label, "=" * len(label), ""]
    for event, many in sorted(told, key=lambda one: _order(one[0].document)):
        lines += [*event_lines(event.document), _page_of(event.document), _also_for(subscription, many), ""]
    return "\n".join([*(line for line in lines if line is not None), _why(subscription, mail)])


def _page_of(document: Mapping[str, Any]) -> str | None:
    """Where the thing is read on this site, where it has a page."""
    page = PAGES.get(Sort(document["sort"]))
    return f"  Sa page : {address(page, document['subject'])}" if page and document["subject"] else None


def _also_for(subscription: Subscription, many: list[Subscription]) -> str | None:
    others = [one.topic.label for one in many if one.pk != subscription.pk]
    return f"  Répond aussi à : {' ; '.join(others)}" if others else None


def _also(subscription: Subscription, mail: Mail) -> str:
    label = subscription.topic.label
    nothing = "Rien d'autre que ce qui est dit plus haut."
    return f"{label}\n{'=' * len(label)}\n\n{nothing}\n\n{_why(subscription, mail)}"


def _why(subscription: Subscription, mail: Mail) -> str:
    link = address("alert-stop", stopping(subscriber=mail.subscriber_id, subscription=str(subscription.pk)))
    day = subscription.confirmed_at
    since = f"depuis le {day:%d/%m/%Y}, " if day else ""
    often = Frequency(subscription.frequency).label
    why = f"Pourquoi ce message : {since}vous suivez « {subscription.topic.label} », {often}."
    return f"{why}\nChanger sa fréquence, la mettre en pause ou l'arrêter : {link}"


def _order(document: Mapping[str, Any]) -> tuple[int, str]:
    return list(Sort).index(Sort(document["sort"])), str(document["label"])


def event_lines(document: Mapping[str, Any]) -> list[str]:
    """An event, a line a thing: what, before, after, on which text."""
    before, after = dict(document["before"]), dict(document["after"])
    names = [name for name in {**before, **after} if before.get(name) != after.get(name) and name != RULE]
    lines = [f"* {document['label']} : {document['what']}."]
    lines += [f"  Avant, {name.lower()} : {_short(before[name])}" for name in names if before.get(name)]
    lines += [f"  Maintenant, {name.lower()} : {_short(after[name])}" for name in names if after.get(name)]
    if before.get(RULE) and after.get(RULE) and before[RULE] != after[RULE]:
        lines.append("  La règle exacte a changé : voir la fiche.")
    if document["title"]:
        lines.append(f"  Texte ou source : {document['title']} {document['href']}".rstrip())
    return lines


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
