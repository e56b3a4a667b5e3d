"""What was recorded of what is followed, as feeds tell it: the changes of every edition read, not of one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from ancrage.alerts.models import Event
from ancrage.changes.comparing import Change, Turn
from ancrage.changes.noting import Sort
from ancrage.questions.question import Question

BACK = timedelta(days=365)


def change_of(event: Event) -> Change:
    """The change of an event, as it was told."""
    told: Mapping[str, Any] = event.document
    return Change(
        key=told["key"],
        sort=Sort(told["sort"]),
        turn=Turn(told["turn"]),
        label=told["label"],
        what=told["what"],
        before=tuple((name, words) for name, words in told["before"]),
        after=tuple((name, words) for name, words in told["after"]),
        day=date.fromisoformat(told["day"]) if told["day"] else None,
        subject=told["subject"],
        title=told["title"],
        href=told["href"],
    )


def recorded(question: Question, *, now: datetime) -> list[Event]:
    """The events of a year of a question that somebody follows; none where nobody does."""
    found = Event.objects.filter(matches__topic__digest=question.fingerprint, seen_at__gte=now - BACK)
    return list(found.distinct().order_by("-seen_at", "-pk"))


def joined(events: Iterable[Event], changes: Iterable[Change]) -> tuple[list[Change], Mapping[str, datetime]]:
    """What was recorded, then what this edition tells besides, each once; and when each was seen."""
    seen: dict[str, datetime] = {}
    found: dict[str, Change] = {}
    for event in events:
        change = change_of(event)
        seen.setdefault(change.identity, event.seen_at)
        found.setdefault(change.identity, change)
    for change in changes:
        found.setdefault(change.identity, change)
    return list(found.values()), seen
