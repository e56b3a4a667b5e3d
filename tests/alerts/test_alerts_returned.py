"""Reports of what could not be delivered suspend the address of our own message; pauses and frequencies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ancrage.alerts.delivering import Digests
from ancrage.alerts.digests import build
from ancrage.alerts.models import (
    Content,
    Event,
    Frequency,
    Mail,
    Run,
    State,
    Subscriber,
    Subscription,
    Topic,
)
from ancrage.alerts.posting import message_id
from ancrage.alerts.returns import Outcome, read_folder
from ancrage.alerts.subscribing import tune
from ancrage.errors import AlertError, StorageError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
BOXES = (Digests(NOW),)
REPORT = """From: MAILER-DAEMON@relais.example
To: ne-pas-repondre@ancrage.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: {kind}

Message-ID: {id}
Subject: Ancrage, 1 changement
{body}--b--
"""


@pytest.fixture
def mail() -> Mail:
    """A message that the server took."""
    run = Run.objects.create(frequency=Frequency.JOUR, since=NOW - timedelta(days=1), until=NOW, built_at=NOW)
    anne = Subscriber.objects.create(email="anne@mairie.fr")
    return Mail.objects.create(run=run, subscriber=anne, next_at=NOW, state=State.REMIS)


def id_of(mail: Mail) -> str:
    return message_id("alerte", mail.pk, mail.run_id)


def report(folder: Path, name: str, mail: Mail, **changed: str) -> None:
    told = {"recipient": "anne@mairie.fr", "action": "failed", "status": "5.1.1", "id": id_of(mail)}
    told |= {"kind": "text/rfc822-headers", "body": ""} | changed
    (folder / name).write_text(REPORT.format_map(told), "utf-8")


def suspended() -> list[str]:
    return list(Subscriber.objects.exclude(suspended_at=None).values_list("email", flat=True))


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_refusal_for_good_suspends_the_address_of_our_message_once(
    mail: Mail, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "new").mkdir()
    report(tmp_path / "new", "1.eml", mail, kind=kind, body="\nBonjour\n", recipient="relayee@ailleurs.fr")
    assert read_folder(tmp_path, BOXES, now=NOW) == {Outcome.REFUSED: 1}
    assert suspended() == ["anne@mairie.fr"], "it may have been forwarded"
    mail.refresh_from_db()
    assert (mail.state, mail.reply) == (State.REFUSE, "5.1.1 550 5.1.1 no such user")
    assert read_folder(tmp_path, BOXES, now=NOW) == {Outcome.KNOWN: 1}


def test_what_is_forged_passing_or_no_report_suspends_nobody(mail: Mail, tmp_path: Path) -> None:
    domain = id_of(mail).partition("@")[2]
    report(tmp_path, "1", mail, action="delayed", status="4.4.1")
    report(tmp_path, "2", mail, status="4.2.2")
    report(tmp_path, "3", mail, id=f"<alerte-{mail.pk}-{mail.run_id + 1}@{domain}")
    report(tmp_path, "4", mail, id="<autre@ailleurs.fr>")
    report(tmp_path, "5", mail, action="relayed", status="2.0.0")
    (tmp_path / "6").write_bytes(b"\x00\xff not a message")
    (tmp_path / "7").write_text("Subject: Absence\n\nJe suis en vacances.", "utf-8")
    found = read_folder(tmp_path, BOXES, now=NOW)
    assert (found[Outcome.TEMPORARY], found[Outcome.FOREIGN], found[Outcome.UNREADABLE]) == (2, 2, 2)
    assert found[Outcome.DELIVERED] == 1
    assert suspended() == []
    with pytest.raises(StorageError, match="n'est pas un dossier"):
        read_folder(tmp_path / "1", BOXES, now=NOW)


def owed(frequency: Frequency) -> Subscription:
    told: dict[str, Any] = {"question": "q", "follows": "q", "label": "Q", "state": b"", "edition": "e"}
    topic = Topic.objects.create(digest="a" * 64, read_on=NOW.date(), **told)
    anne = Subscriber.objects.create(email="anne@mairie.fr")
    one = Subscription.objects.create(
        subscriber=anne, topic=topic, frequency=frequency, asked_at=NOW, confirmed_at=NOW
    )
    event = Event.objects.create(identity="b" * 64, sort="zonage", document={}, seen_at=NOW)
    Content.objects.create(subscription=one, subscriber=anne, event=event, at=NOW)
    return one


def test_a_pause_holds_what_is_owed_until_its_day_and_a_frequency_changes_without_asking_again() -> None:
    one = owed(Frequency.MOIS)
    tune([one], frequency="jour", days=30, now=NOW)
    end = NOW + timedelta(days=30)
    assert build(Frequency.JOUR, now=end - timedelta(days=1)) == 0
    assert build(Frequency.MOIS, now=end + timedelta(days=31)) == 0, "it is daily by now"
    assert build(Frequency.JOUR, now=end + timedelta(days=1)) == 1
    one.refresh_from_db()
    assert (one.frequency, one.paused_until, one.confirmed_at) == ("jour", end, NOW)
    tune([one], days=0, now=NOW)
    one.refresh_from_db()
    assert one.paused_until is None
    wrongs: tuple[dict[str, Any], ...] = ({"frequency": "toujours"}, {"days": 7})
    for wrong in wrongs:
        with pytest.raises(AlertError):
            tune([one], now=NOW, **wrong)
