"""The last days of aids in a territory as a calendar any agenda reads (iCalendar, RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from ancrage.changes.noting import Noted, Sort
from ancrage.reports.topic import Telling


def write(telling: Telling) -> bytes:
    """The deadlines noted on the day asked, which stamps them."""
    answer = telling.answer
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Nouveautés//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Échéances des aides, {answer.territory.name if answer.territory else ''}")
    for noted in answer.facts.reading.values():
        if noted.sort is Sort.ECHEANCE:
            calendar.add_component(_event(noted, answer.on))
    return bytes(calendar.to_ical())


def _event(noted: Noted, on: date) -> Event:
    day = date.fromisoformat(noted.key.split(":")[-2])
    event = Event()
    event.add("uid", f"{noted.key}@ancrage")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("summary", noted.label)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("description", f"Source : {noted.title}")
    if noted.href:
        event.add("url", noted.href)
    return event
