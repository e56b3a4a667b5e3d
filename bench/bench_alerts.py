"""Digests of 100,000 subscriptions and 2,000 events, each event matching ten topics: a million contents.

The base is SQLite, alone on its disk; or the one that ``ANCRAGE_BENCH_DATABASE`` names (``postgres://…``), of
which the tables of alerts are emptied first: the processor's time is then of this process alone, the server
has its own. What is measured is the making of the messages: each address gets one, that tells each event
once, whichever of its five subscriptions it answers. The time of the processor is told beside that of the
clock, which the other work of the machine lengthens. Half as many must take half as long.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

SUBSCRIPTIONS, EVENTS, TOPICS_AN_EVENT, EACH = 100_000, 2_000, 10, 5
TOPICS = 2_000
SECONDS, LINEAR = 120.0, 1.4
BATCH = 5_000
NOW = datetime(2026, 11, 2, 5, tzinfo=UTC)


def main() -> None:
    wall, spent, mails = measured(SUBSCRIPTIONS)
    tell("tournée, 100 000 abonnements × 2 000 événements", wall, "s", SECONDS, wall <= SECONDS)
    tell("la même, temps de processeur", spent, "s", None, None)
    tell("messages faits", mails, "messages", SUBSCRIPTIONS // EACH, mails == SUBSCRIPTIONS // EACH)
    _, half, _ = measured(SUBSCRIPTIONS // 2)
    ratio = spent / half / 2
    tell("deux fois plus d’abonnements : temps rapporté au double", ratio, "", LINEAR, ratio <= LINEAR)


def tell(bench: str, value: float, unit: str, threshold: float | None, ok: bool | None) -> None:
    told = {"bench": bench, "value": round(value, 2), "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(told, ensure_ascii=False), flush=True)


def measured(subscriptions: int) -> tuple[float, float, int]:
    """Seconds of the clock, of the processor, and messages made."""
    from django.db import connection

    emptied()
    fill(subscriptions)
    connection.close()
    from ancrage.alerts.digests import build
    from ancrage.alerts.models import Frequency

    began, worked = time.perf_counter(), time.process_time()
    made = build(Frequency.JOUR, now=NOW + timedelta(days=1))
    return time.perf_counter() - began, time.process_time() - worked, made


def emptied() -> None:
    """What was measured before, deleted; the tables of the journal refuse that anything be erased."""
    from ancrage.alerts.models import Content, Event, Mail, Run, Subscriber, Subscription, Topic

    for model in (Content, Mail, Run, Event, Subscription, Topic, Subscriber):
        rows: Any = model._default_manager.all()
        rows._raw_delete(rows.db)


def fill(subscriptions: int) -> None:
    """Addresses of five subscriptions each, topics, events, and what is owed."""
    from ancrage.alerts.models import Content, Event, Subscriber, Subscription, Topic

    people = subscriptions // EACH
    inserted(Subscriber, (Subscriber(pk=one, email=f"a{one}@mairie.fr") for one in range(1, people + 1)))
    about: dict[str, Any] = {"follows": "q", "label": "Q", "state": b"", "edition": "e"}
    about |= {"read_on": NOW.date()}
    inserted(
        Topic,
        (Topic(pk=one, digest=f"{one:064}", question=f"q{one}", **about) for one in range(1, TOPICS + 1)),
    )
    made = [
        Subscription(
            subscriber_id=1 + rank // EACH,
            topic_id=1 + (rank // EACH * 7 + rank % EACH) % TOPICS,
            frequency="jour",
            asked_at=NOW,
            confirmed_at=NOW,
        )
        for rank in range(subscriptions)
    ]
    inserted(Subscription, made)
    inserted(
        Event,
        (
            Event(pk=one, identity=f"{one:064}", sort="zonage", document={}, seen_at=NOW)
            for one in range(1, EVENTS + 1)
        ),
    )
    inserted(
        Content,
        (
            Content(subscription_id=one.pk, subscriber_id=one.subscriber_id, event_id=event, at=NOW)
            for one in made
            for event in events_of(one.topic_id)
        ),
    )


def events_of(topic: int) -> Iterator[int]:
    """Ten events a topic; neighbouring topics share nine of them."""
    return (1 + (topic + rank) % EVENTS for rank in range(TOPICS_AN_EVENT))


def inserted(model: Any, rows: Iterable[Any]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        model.objects.bulk_create(some)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ANCRAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
        os.environ["DATABASE_URL"] = os.environ.get("ANCRAGE_BENCH_DATABASE", "")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        main()
