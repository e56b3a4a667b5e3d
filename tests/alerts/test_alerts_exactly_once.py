"""Thirty days of runs missed, killed and doubled: each change reaches each subscriber once."""

import itertools
import random
import smtplib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage

from ancrage.alerts import digests, noticing, personal, posting
from ancrage.alerts.checking import told
from ancrage.alerts.following import FOLLOWED
from ancrage.alerts.keeping import packed
from ancrage.alerts.models import Content, Frequency, Mail, Run, Subscriber, Subscription, Topic
from ancrage.alerts.passing import pass_once
from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAYS, TOPICS, PEOPLE = 30, 6, 8
LOSING, LOST_ON = (1, 5), 15
"""Who loses access to what they follow from their space, and when."""
Sent = list[EmailMessage]


class Killed(BaseException):
    """The process ends here."""


def reading_on(topic: int, day: int) -> Reading:
    """One more thing a day in a topic, two topics sharing the same things."""
    keys = [f"chose:{topic // 2}:{one}" for one in range(day + 1) if (one + topic // 2) % 3]
    return {key: Noted(key, Sort.LIEU, f"<{key}>") for key in keys}


def number_of(address: str) -> int:
    return int(address.rpartition("=")[2])


class Simulation:
    """A site whose processes die, whose server of messages is down, and whose runs are missed or doubled."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.dice, self.sent, self.day, self.ended = random.Random(seed), [], 0, False  # noqa: S311
        self.losing: dict[UUID, str] = {}
        self.down = set(self.dice.sample(range(DAYS - 3), 1))
        self.down |= {day + 1 for day in self.down}
        monkeypatch.setattr(noticing, "followed", number_of)
        monkeypatch.setattr(personal, "followed", number_of)
        monkeypatch.setattr(personal, "kind_of", lambda _topic: SimpleNamespace(may=self.may))
        monkeypatch.setattr(noticing, "noted", lambda topic, *_, **__: reading_on(topic, self.day))
        monkeypatch.setattr(posting, "post", self.post)
        monkeypatch.setattr(digests, "_fill", self.dying(digests._fill))
        monkeypatch.setattr(noticing, "_match", self.dying(noticing._match))
        monkeypatch.setattr(posting, "_end", self.dying(posting._end))

    def dying(self, do: Any) -> Any:
        def done(*given: Any, **named: Any) -> Any:
            self.perhaps()
            found = do(*given, **named)
            self.perhaps()
            return found

        return done

    def perhaps(self) -> None:
        if not self.ended and self.dice.random() < 0.08:
            raise Killed

    def post(self, message: EmailMessage, _backend: object) -> None:
        if self.day in self.down:
            raise smtplib.SMTPServerDisconnected
        assert self.day < LOST_ON or message.to[0] not in self.losing.values(), "told to who lost access"
        self.sent.append(message)
        self.perhaps()

    def may(self, _topic: int, person: UUID, _on: date) -> bool:
        return self.day < LOST_ON or person not in self.losing

    def settle(self) -> None:
        for number in range(TOPICS):
            address = f"{list(FOLLOWED)[-1 - number]}?sujet={number}"
            Topic.objects.create(
                digest=str(number),
                question=address,
                follows=address,
                label=f"sujet {number}",
                state=packed(reading_on(number, 0)),
                edition="0",
                read_on=FIRST.date(),
            )
        topics = list(Topic.objects.order_by("pk"))
        for who in range(PEOPLE):
            person = Subscriber.objects.create(email=f"p{who}@example.org")
            known = Person.objects.create(created_at=FIRST).pk if who % 2 else None
            if who in LOSING and known:
                self.losing[known] = person.email
            for topic in self.dice.sample(topics, 1 + who % 3):
                often = self.dice.choice(list(Frequency))
                asked = {"frequency": often, "person": known, "asked_at": FIRST, "confirmed_at": FIRST}
                Subscription.objects.create(subscriber=person, topic=topic, **asked)

    def live(self) -> None:
        for self.day in range(1, DAYS):
            for _ in range(self.dice.choice((0, 1, 1, 2))):
                self.run(self.dice.randrange(12))
        self.ended = True
        for extra in range(40):  # the longest frequency, and the longest wait of a message
            self.run(0, extra)

    def run(self, hours: int, extra: int = 0) -> None:
        now = FIRST + timedelta(days=self.day + extra, hours=hours)
        opened: Any = SimpleNamespace(edition=str(self.day), today=(now.date()), atlas=None)
        try:
            pass_once(opened, now=now)
        except Killed:
            return

    def owed(self) -> Counter[tuple[str, str]]:
        found = Counter[tuple[str, str]]()
        for one in Subscription.objects.select_related("topic", "subscriber"):
            topic = number_of(one.topic.follows)
            new = reading_on(topic, DAYS - 1).keys() - reading_on(topic, 0).keys()
            found |= Counter({(one.subscriber.email, key): 1 for key in new})
        return found

    def received(self) -> Counter[tuple[str, str]]:
        """What each was told, a message received twice under the same Message-ID being one."""
        once = {message.extra_headers["Message-ID"]: message for message in self.sent}
        return Counter(
            (message.to[0], line[3:].partition(">")[0])
            for message in once.values()
            for line in str(message.body).splitlines()
            if line.startswith("* <")
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_change_reaches_each_subscriber_exactly_once_whatever_dies(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Simulation(seed, monkeypatch)
    site.settle()
    site.live()
    owed, received = site.owed(), site.received()
    lost = set(site.losing.values())
    assert {who for who, _ in owed} > lost
    assert {one: many for one, many in received.items() if one[0] not in lost} == {
        one: many for one, many in owed.items() if one[0] not in lost
    }
    assert received <= owed, "who lost access was told each thing once at most, before"
    assert not Content.objects.filter(mail=None, subscription__ended_at=None).exists()
    assert told(FIRST + timedelta(days=DAYS + 41))[0]
    for frequency in Frequency:
        runs = list(Run.objects.filter(frequency=frequency).order_by("since"))
        assert all(one.until == two.since for one, two in itertools.pairwise(runs))


def test_a_message_that_died_between_the_server_and_the_base_leaves_again_as_the_same_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = Simulation(0, monkeypatch)
    site.settle()
    site.ended, site.down, site.day = True, set(), 1
    Subscription.objects.update(frequency=Frequency.AUSSITOT)
    kept = posting._end
    monkeypatch.setattr(posting, "_end", lambda *_: (_ for _ in ()).throw(Killed))
    site.run(1)
    monkeypatch.setattr(posting, "_end", kept)
    (first,) = site.sent
    site.run(2)
    again = [one for one in site.sent[1:] if one.to == first.to]
    assert [one.extra_headers["Message-ID"] for one in again] == [first.extra_headers["Message-ID"]]


def test_an_address_that_refuses_is_suspended_and_one_that_is_full_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = Simulation(0, monkeypatch)
    site.settle()
    site.ended, site.down, site.day = True, set(), 1
    Subscription.objects.update(frequency=Frequency.AUSSITOT)
    codes = iter([550, 452])

    def refuse(message: EmailMessage, backend: object) -> None:
        if code := next(codes, None):
            raise smtplib.SMTPRecipientsRefused({message.to[0]: (code, b"non")})
        site.post(message, backend)

    monkeypatch.setattr(posting, "post", refuse)
    site.run(1)
    refused, full = Mail.objects.order_by("pk")[:2]
    assert (refused.state, refused.subscriber.refusal) == ("refuse", "550 non")
    assert (full.state, full.subscriber.suspended_at) == ("a_envoyer", None)
    site.run(2)
    full.refresh_from_db()
    assert full.state == "remis"
    assert refused.subscriber.email not in {one.to[0] for one in site.sent}


def test_the_day_that_follows_another_is_the_eve_of_the_next_digest() -> None:
    seven = datetime(2026, 3, 2, 7, tzinfo=digests.PARIS)
    before, after = seven - timedelta(seconds=1), seven
    assert digests.end_of(Frequency.JOUR, before).date() == date(2026, 3, 1)
    assert digests.end_of(Frequency.JOUR, after) == seven
    assert digests.end_of(Frequency.SEMAINE, after).weekday() == 0
    assert digests.end_of(Frequency.MOIS, after).day == 1
