"""A real SMTP server for the tests, and what one does with it: read the code, open the link."""

import database_here  # noqa: F401 - sets Django up

# isort: split
import email
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from ancrage.people.mailbox import Received, received, serving
from ancrage.people.models import Person
from ancrage.people.persons import rename

CODE = re.compile(r"^ {4}(\d{4}-\d{4})$", re.MULTILINE)
SPACE = "/espace/"


@pytest.fixture
def local_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where a real server of this machine keeps what the site sends."""
    cache.clear()
    folder = tmp_path / "courriels"
    with serving(folder) as port:
        # The tests of Django send nothing by themselves: here messages do leave.
        monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        monkeypatch.setattr(settings, "EMAIL_PORT", port)
        yield folder


def sent_to(folder: Path, address: str) -> list[Received]:
    """What an address received, the last first."""
    return [one for one in received(folder) if one.to == address]


REPORT = """From: MAILER-DAEMON@relais.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {identity}

--b--
"""


def returned(folder: Path, address: str) -> Path:
    """A folder of reports: all that an address received came back, refused for good."""
    there = folder / "revenus"
    there.mkdir(exist_ok=True)
    for one in folder.glob("*.eml"):
        message = email.message_from_bytes(one.read_bytes())
        if address in str(message["To"]):
            told = REPORT.format(address=address, identity=message["Message-ID"])
            (there / one.name).write_text(told, "utf-8")
    return there


def code_for(folder: Path, address: str) -> str:
    """The last code an address received."""
    found = CODE.search(sent_to(folder, address)[0].text)
    assert found, received(folder)
    return found[1]


@pytest.fixture
def enter(local_mail: Path) -> Callable[..., Client]:
    """Sign in by the code that the address received: ``enter("anne@mairie.fr", name="Anne")``."""

    def do(address: str, *, name: str = "", strict: bool = False) -> Client:
        browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=strict)
        browser.post("/espace/connexion/", {"courriel": address})
        answer = browser.post("/espace/connexion/code/", {"code": code_for(local_mail, address)})
        assert answer.status_code == 302, answer.content.decode()
        if name:
            rename(Person.objects.get(emailaddress__email=address), name)
        return browser

    return do
