"""What changed in a territory as an Atom feed (RFC 4287): a change has the same identifier for ever."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from html import escape

from django.utils.feedgenerator import Atom1Feed

from ancrage.changes.comparing import Change
from ancrage.reports.changes.wording import said
from ancrage.reports.topic import Telling

NEVER: Mapping[str, datetime] = {}


def atom(telling: Telling, page: str, address: str, built: datetime) -> str:
    """The feed. ``page``: what it is about; ``built``: the day of what no text gives a day to."""
    answer = telling.answer
    name = answer.territory.name if answer.territory else ""
    return feed_of(answer.facts.changes, f"Nouveautés, {name}", page, address, built)


def feed_of(
    changes: Iterable[Change],
    title: str,
    page: str,
    address: str,
    built: datetime,
    seen: Mapping[str, datetime] = NEVER,
) -> str:
    """The feed of some changes, the last first. ``page``: what they are about.

    ``seen``: when one was noticed, by its identity, which dates what no text gives a day to.
    """
    feed = Atom1Feed(
        title=title,
        link=page,
        description="Zonages, structures, aides, échéances, lieux : ce qui change.",
        language="fr",
        feed_url=address,
        feed_guid=page,
        author_name="Ancrage",
    )
    ordered = sorted(changes, key=lambda one: _moment(one, built, seen), reverse=True)
    for change in ordered:
        _add(feed, change, page, _moment(change, built, seen))
    return str(feed.writeString("utf-8"))


def _add(feed: Atom1Feed, change: Change, page: str, moment: datetime) -> None:
    feed.add_item(
        title=f"{change.label} : {change.what}",
        link=f"{page}#{change.sort.value}",
        description=described(change),
        unique_id=f"urn:ancrage:changement:{change.identity}",
        updateddate=moment,
        categories=[change.sort.label],
    )


def described(change: Change) -> str:
    """Before, after and the text, a line each, as the HTML that a summary holds."""
    before, after = said(change)
    told = (
        ("Avant", before.replace("\n", " ; ")),
        ("Après", after.replace("\n", " ; ")),
        ("Texte ou source", " ".join(filter(None, (change.title, change.href)))),
    )
    return "<br>".join(escape(f"{name} : {words}") for name, words in told if words)


def _moment(change: Change, built: datetime, seen: Mapping[str, datetime]) -> datetime:
    return datetime.combine(change.day, time(), UTC) if change.day else seen.get(change.identity, built)
