"""Reading again what is followed, and writing what changed: events, matches, contents, each once.

A reading is compared with the one kept: a run that was missed is made up by the next, whose comparison
reaches further back. Killed, it leaves either the old reading or the new one with its events.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ancrage.alerts.following import FOLLOWED, canonical, followed, noted
from ancrage.alerts.keeping import packed, unpacked
from ancrage.alerts.large import differences
from ancrage.alerts.models import Content, Event, Match, Reason, Subscription, Topic
from ancrage.changes.comparing import Change, Turn
from ancrage.changes.noting import Sort
from ancrage.edition.opened import Opened
from ancrage.errors import AncrageError, CeasedTerritoryError
from ancrage.territories.designating import successor

logger = logging.getLogger("ancrage.alerts")
BATCH = 1000


def notice(opened: Opened, *, now: datetime) -> int:
    """Read every topic that somebody follows, once an edition and a day; gives how many events matched."""
    live = Subscription.objects.filter(topic=OuterRef("pk"), ended_at=None).exclude(confirmed_at=None)
    read = Q(edition=opened.edition, read_on=opened.today) & ~_living()
    due = Topic.objects.filter(Exists(live), over=False).exclude(read)
    names = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_look(Topic.objects.get(pk=name), opened, now) for name in names)


def _living() -> Q:
    """Topics that what people write changes: read at each pass."""
    found = Q(pk__in=())
    for name, kind in FOLLOWED.items():
        found |= Q(follows__startswith=f"{name}?") if kind.living else Q(pk__in=())
    return found


def _look(topic: Topic, opened: Opened, now: datetime) -> int:
    try:
        return _look_again(topic, opened, now)
    except CeasedTerritoryError as error:
        return _succeeded(topic, opened, now, str(error))
    except AncrageError as error:
        logger.warning("an alert cannot be read: %s", type(error).__name__)
        Topic.objects.filter(pk=topic.pk).update(fault=f"{error.title} : {error.message}")
        return 0


def _look_again(topic: Topic, opened: Opened, now: datetime) -> int:
    before, question = unpacked(bytes(topic.state)), followed(topic.follows)
    after = noted(question, opened, on=opened.today, gone_since=topic.read_on)
    changes = differences(
        question, opened, before, after, edition=topic.edition, since=topic.read_on, on=opened.today
    )
    if not changes and (topic.edition, topic.read_on) == (opened.edition, opened.today):
        return 0
    return write(topic, changes, state=packed(after), opened=opened, now=now)


def write(
    topic: Topic,
    changes: Iterable[Change],
    *,
    state: bytes,
    opened: Opened,
    now: datetime,
    follows: str = "",
    over: bool = False,
) -> int:
    """Keep a reading and what it changed, together or not at all; nothing when somebody else just did."""
    with transaction.atomic():
        kept = Topic.objects.select_for_update().get(pk=topic.pk)
        if kept.turn != topic.turn:
            return 0
        told = _events(kept, changes, now)
        _match(kept, told, now)
        Topic.objects.filter(pk=kept.pk).update(
            state=state,
            edition=opened.edition,
            read_on=opened.today,
            turn=kept.turn + 1,
            follows=follows or kept.follows,
            fault="",
            over=over,
        )
    return len(told)


def _events(topic: Topic, changes: Iterable[Change], now: datetime) -> list[Event]:
    documents = dict(_told_of(topic, changes))
    made = [
        Event(identity=identity, sort=str(document["sort"]), document=document, seen_at=now)
        for identity, document in documents.items()
    ]
    Event.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    names = list(documents)
    return [
        event
        for at in range(0, len(names), BATCH)
        for event in Event.objects.filter(identity__in=names[at : at + BATCH]).order_by("pk")
    ]


def _told_of(topic: Topic, changes: Iterable[Change]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each change under its identity; one that comes back (gained, lost, gained) is another event."""
    for change in changes:
        again = Match.objects.filter(topic=topic, event__identity__startswith=change.identity).count()
        yield (f"{change.identity}-{again}" if again else change.identity), document(change)


def document(change: Change) -> dict[str, object]:
    """The words of an event."""
    return {
        "sort": change.sort.value,
        "turn": change.turn.value,
        "label": change.label,
        "what": change.what,
        "before": [list(part) for part in change.before],
        "after": [list(part) for part in change.after],
        "day": change.day.isoformat() if change.day else None,
        "subject": change.subject,
        "title": change.title,
        "href": change.href,
        "key": change.key,
    }


def _match(topic: Topic, events: list[Event], now: datetime) -> None:
    """Tie events to the topic and to each subscription confirmed by now."""
    matches = [Match(topic=topic, event=event, at=now) for event in events]
    Match.objects.bulk_create(matches, batch_size=BATCH, ignore_conflicts=True)
    owed = Subscription.objects.filter(topic=topic, ended_at=None, confirmed_at__lte=now)
    pairs = list(owed.values_list("pk", "subscriber_id")) if events else []
    for event in events:
        contents = [
            Content(subscription_id=one, subscriber_id=who, event=event, at=now) for one, who in pairs
        ]
        Content.objects.bulk_create(contents, batch_size=BATCH, ignore_conflicts=True)


def _succeeded(topic: Topic, opened: Opened, now: datetime, why: str) -> int:
    """A territory that ceased: its heir is followed from now on, or the alert ends; either is told."""
    question = followed(topic.follows)
    code = getattr(question, "territory", "")
    heir = successor(opened.atlas, code, on=opened.today)
    if heir is None:
        told = (_ceased(topic, f"n’existe plus, l’alerte s’arrête. {why}", opened),)
        found = write(topic, told, state=bytes(topic.state), opened=opened, now=now, over=True)
        ended = Subscription.objects.filter(topic=topic, ended_at=None)
        ended.update(ended_at=now, ended_reason=Reason.TERRITOIRE)
        return found
    renamed = question.model_copy(update={"territory": str(heir.place.code)})
    settled, label = canonical(renamed, opened)
    reading = noted(settled, opened, on=opened.today, gone_since=opened.today)
    told = (_ceased(topic, f"n’existe plus ; l’alerte suit maintenant « {label} »", opened),)
    state = packed(reading)
    return write(topic, told, state=state, opened=opened, now=now, follows=settled.address)


def _ceased(topic: Topic, what: str, opened: Opened) -> Change:
    return Change(
        key=f"territoire:{topic.follows}",
        sort=Sort.TERRITOIRE,
        turn=Turn.PERDU,
        label=topic.label,
        what=what,
        before=(),
        after=(),
        day=opened.today,
    )
