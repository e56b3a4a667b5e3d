"""The deadlines of aids as a calendar any agenda reads (iCalendar, RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from ancrage.aids.answering import AidAnswer
from ancrage.reasoning import Verdict
from ancrage.reports.topic import Telling

PARIS = ZoneInfo("Europe/Paris")


def write(telling: Telling) -> bytes:
    """Deadlines, from the day asked on, of the aids that are not refused. That day stamps the events."""
    report = telling.answer.facts.report
    at = datetime.combine(report.on, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Aides//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Échéances des aides, {report.name}".strip(", "))
    for answer in report.answers:
        if answer.verdict is not Verdict.NON:
            for number, deadline in enumerate(answer.entry.deadlines):
                if date.fromisoformat(deadline["day"]) >= report.on:
                    calendar.add_component(_event(answer, number, at))
    return bytes(calendar.to_ical())


def _event(answer: AidAnswer, number: int, at: datetime) -> Event:
    entry, deadline = answer.entry, answer.entry.deadlines[number]
    event = Event()
    event.add("uid", f"{entry.id}-{deadline['day']}-{number}@ancrage")
    event.add("dtstamp", at)
    event.add("summary", f"{entry.name} : {deadline['label']}")
    day = date.fromisoformat(deadline["day"])
    if deadline["at"]:
        event.add(
            "dtstart", datetime.combine(day, datetime.fromisoformat(f"{day}T{deadline['at']}").time(), PARIS)
        )
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    text = deadline["text"] or entry.text
    event.add("description", f"{entry.desk['name']}. Aide {answer.verdict.label}. Source : {text['title']}")
    if entry.desk["href"]:
        event.add("url", entry.desk["href"])
    return event
