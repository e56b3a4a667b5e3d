"""Sessions as their person can list and close them: when each was opened and last used, with which browser.

Neither an address of the network nor a place is kept: the browser and the system, in two words.
"""

import hashlib
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from ancrage.people.models import OpenSession, Person

IDLE = timedelta(hours=12)
"""A session that nobody used that long is over: a working day, so that a long form is not lost at noon."""
LONGEST = timedelta(days=7)
"""A session is over that long after it was opened, however much it is used: who is there says it again."""
MARKED_EACH = timedelta(minutes=5)
"""How often its last use is written."""
OPENED, SEEN, AGENT = "ancrage-ouverte", "ancrage-vue", "ancrage-navigateur"
BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Sessions in the database, each with the person it is open for."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        """The table."""
        return OpenSession

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        """A row, with what its person reads of it."""
        row: Any = super().create_model_instance(data)
        row.person = _identity(data.get(SESSION_KEY))
        row.opened_at, row.seen_at = _moment(data.get(OPENED)), _moment(data.get(SEEN))
        row.agent = str(data.get(AGENT, ""))[:60]
        return row  # type: ignore[no-any-return]


def _identity(written: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(written)) if written else None
    except ValueError:
        return None


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) else None


def in_use(session: Any, agent: str) -> bool:
    """Mark a session of somebody as used now; ``False`` when it was left for too long, or is too old."""
    if SESSION_KEY not in session:
        return True
    now, seen = timezone.now(), _moment(session.get(SEEN))
    opened = _moment(session.get(OPENED))
    if (seen is not None and now - seen > IDLE) or (opened is not None and now - opened > LONGEST):
        return False
    if seen is None or now - seen > MARKED_EACH or (agent and not session.get(AGENT)):
        session[SEEN] = now.isoformat()
        session.setdefault(OPENED, now.isoformat())
        session[AGENT] = browser(agent)
    return True


def browser(agent: str) -> str:
    """« Firefox, Linux »: what a browser says of itself, in two words; empty when it says nothing known."""
    name = next((told for mark, told in BROWSERS if mark in agent), "")
    system = next((told for mark, told in SYSTEMS if re.search(mark, agent)), "")
    return ", ".join(filter(None, (name, system)))


def mark_of(key: str) -> str:
    """What names a session on a page: its key opens it, and is never shown."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def open_for(person: Person) -> list[OpenSession]:
    """The sessions of a person that are not over, the last used first."""
    now = timezone.now()
    found = OpenSession.objects.filter(person=person.pk, expire_date__gt=now, seen_at__gt=now - IDLE)
    return list(found.filter(opened_at__gt=now - LONGEST).order_by("-seen_at"))


def close(person: Person, mark: str) -> bool:
    """Close one session of a person; whether there was one."""
    for one in open_for(person):
        if mark_of(one.session_key) == mark:
            one.delete()
            return True
    return False
