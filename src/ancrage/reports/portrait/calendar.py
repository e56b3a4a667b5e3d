"""The shared calendar of local events: iCalendar (RFC 5545) and Atom (RFC 4287)."""

from datetime import UTC, date, datetime, time, timedelta
from html import escape
from zoneinfo import ZoneInfo

from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event

from ancrage.portrait.agenda import Happening
from ancrage.reports.portrait import sentences as say
from ancrage.reports.topic import Telling
from ancrage.reports.wording import FICTITIOUS

PARIS = ZoneInfo("Europe/Paris")
TITLE = "Agenda de l’ESS"


def write(telling: Telling) -> bytes:
    """The events that are not over, stamped by the day asked."""
    answer = telling.answer
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//ESS d'ici//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{TITLE}, {answer.territory.name if answer.territory else ''}")
    for one in answer.facts.agenda:
        calendar.add_component(_event(one, answer.on))
    return bytes(calendar.to_ical())


def _event(one: Happening, on: date) -> Event:
    """An event of a day and an hour begins there; any other takes its days whole."""
    event = Event()
    event.add("uid", f"{one.id}@ancrage")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("summary", _title(one))
    if one.at and one.begins == one.ends:
        event.add("dtstart", datetime.combine(one.begins, one.at, PARIS).astimezone(UTC))
    else:
        event.add("dtstart", one.begins)
        event.add("dtend", one.ends + timedelta(days=1))
    event.add("location", say.where(one))
    event.add("description", "\n".join(filter(None, (one.words, f"Par : {one.organiser}", one.source))))
    if one.href:
        event.add("url", one.href)
    return event


def _title(one: Happening) -> str:
    return f"{one.title} ({FICTITIOUS})" if one.fictitious else one.title


def atom(telling: Telling, page: str, address: str) -> str:
    """The feed of the same. ``page``: what it is about; an event keeps its identifier for ever."""
    answer = telling.answer
    feed = Atom1Feed(
        title=f"{TITLE}, {answer.territory.name if answer.territory else ''}",
        link=page,
        description="Ce qui se passe, annoncé par les ateliers et par l’éditeur du site.",
        language="fr",
        feed_url=address,
        feed_guid=page,
        author_name="Ancrage",
    )
    for one in answer.facts.agenda:
        told = (say.when(one), say.where(one), one.organiser, one.words, one.source)
        feed.add_item(
            title=_title(one),
            link=one.href or f"{page}#agenda",
            description="<br>".join(escape(words) for words in told if words),
            unique_id=f"urn:ancrage:evenement:{one.id}",
            updateddate=datetime.combine(answer.on, time(), UTC),
        )
    return str(feed.writeString("utf-8"))
