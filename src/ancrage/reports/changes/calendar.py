"""The last days of aids in a territory as a calendar any agenda reads (iCalendar, RFC 5545)."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from ancrage.changes.noting import Noted, Sort
from ancrage.reports.topic import Telling

DAY = re.compile(r":(\d{4}-\d\d-\d\d):")
"""The day of a deadline in its key."""
DATED = ("Dernier jour", "Jour")
"""What the day of the event says already."""


def write(telling: Telling) -> bytes:
    """The deadlines noted on the day asked, which stamps them."""
    answer = telling.answer
    name = answer.territory.name if answer.territory else ""
    return calendar_of(answer.facts.reading.values(), f"Échéances des aides, {name}", answer.on)


def calendar_of(noted: Iterable[Noted], name: str, on: date) -> bytes:
    """A calendar of what has a day among what was noted, stamped with a day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Nouveautés//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in noted:
        if one.sort is Sort.ECHEANCE and (day := DAY.search(one.key)):
            calendar.add_component(_event(one, date.fromisoformat(day[1]), on))
    return bytes(calendar.to_ical())


def _event(noted: Noted, day: date, on: date) -> Event:
    event = Event()
    event.add("uid", f"{noted.key}@ancrage")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("summary", noted.label)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    told = [f"{name} : {words}" for name, words in noted.parts if name not in DATED]
    event.add("description", "\n".join((*told, *([f"Source : {noted.title}"] if noted.title else ()))))
    if noted.href:
        event.add("url", noted.href)
    return event
