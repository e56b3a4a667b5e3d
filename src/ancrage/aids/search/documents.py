"""What is searched: an aid of the catalogue, or an imported one, as a document in French."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ancrage.aids.declaration import Aid, Condition, Version
from ancrage.aids.search.amounts import most_euros
from ancrage.aids.vocabulary import WORDS, Nature, Theme
from ancrage.dating import Period
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.declarations.texts import Status, Text
from ancrage.facts.situation import Audience
from ancrage.language.days import short_day
from ancrage.reasoning import Verdict

CATALOGUE = "Catalogue d'Ancrage"
CATALOGUE_LICENCE = "AGPL-3.0-or-later"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of an aid, both included; ``None`` is an end nobody knows or fixed.

    When not ``sure``, or after ``attested_until``, that the aid is in force remains to be checked.
    """

    since: date | None
    until: date | None
    sure: bool = True
    attested_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of these."""
        return day in Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class AidDocument:
    """An aid as it is searched and exported. An empty tuple is what is not known, never none.

    ``coverage`` and ``excludes`` are codes as in the catalogue (``fr``, ``reg:75``); ``desk`` is where to
    ask; ``licence`` is that of ``provenance``, empty when it is not known. ``conditions`` are those of every
    version, ``latest`` those of the last one; ``caveats`` tell what of it is not established. ``row`` is the
    aid as the exchange format of the DGE told it, when it came in it. ``amount`` is how much, in words, and
    ``most_eur`` the largest sum that its words or its rule tell, ``None`` when they tell none. ``group`` is
    the first aid that is told the same, itself when none is.
    """

    id: str
    name: str
    summary: str
    funder: str
    desk: str
    href: str
    natures: tuple[Nature, ...]
    audiences: tuple[Audience, ...]
    themes: tuple[Theme, ...]
    conditions: tuple[str, ...]
    coverage: tuple[str, ...]
    excludes: tuple[str, ...]
    spans: tuple[Span, ...]
    provenance: str
    licence: str
    updated_on: date | None = None
    description: str = ""
    latest: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    row: tuple[tuple[str, str], ...] = ()
    amount: str = ""
    most_eur: float | None = None
    group: str = ""

    def standing(self, day: date) -> Verdict:
        """Whether it is in force on a day: yes, no, or to be checked."""
        span = next((span for span in self.spans if span.holds(day)), None)
        if span is None:
            return Verdict.NON
        stale = span.attested_until is not None and day > span.attested_until
        return Verdict.OUI if span.sure and not stale else Verdict.A_VERIFIER

    def last_day(self, day: date) -> date | None:
        """The last of the days it is open, this one among them; ``None`` when nobody tells it."""
        return next((span.until for span in self.spans if span.holds(day)), None)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Funder, desk, and the French words of its themes, natures and audiences."""
        said = (WORDS[value] for value in (*self.themes, *self.natures, *self.audiences))
        return (self.funder, self.desk, *said)


def document_of(aid: Aid) -> AidDocument:
    """The document of an aid of the catalogue: the conditions of all its versions, its dated spans."""
    texts = list(_texts(aid))
    return AidDocument(
        id=aid.id,
        name=aid.name,
        summary=aid.summary.strip(),
        funder=aid.funder,
        desk=aid.desk.name,
        href=aid.desk.href or next((text.href for text in reversed(texts) if text.href), ""),
        natures=(aid.nature,),
        audiences=aid.audience,
        themes=aid.themes,
        conditions=tuple(dict.fromkeys(said for version in aid.versions for said in _sentences(version))),
        coverage=aid.territory.includes,
        excludes=aid.territory.excludes,
        spans=tuple(_spans(aid)),
        provenance=CATALOGUE,
        licence=CATALOGUE_LICENCE,
        updated_on=max(text.checked_on for text in texts),
        latest=tuple(condition.label for condition in aid.versions[-1].conditions),
        caveats=tuple(_caveats(aid.versions[-1])),
        amount=amount.label if (amount := aid.versions[-1].amount) else "",
        most_eur=_most(aid.versions[-1]),
    )


_IN_RULE = re.compile(r'"(?P<parameter>[^"]+)"|(?<![\w.])(?P<number>\d+(?:\.\d+)?)')


def _most(version: Version) -> float | None:
    """The largest sum of an amount in euros: in its words, its rule, or a number fixed by a text."""
    told = version.amount
    if told is None or not told.unit.startswith("EUR"):
        return most_euros(told.label) if told else None
    parameters = load_parameters()
    sums = [most_euros(told.label)]
    for found in _IN_RULE.finditer(told.rule):
        parameter = parameters.get(found["parameter"] or "")
        sums.append(float(found["number"]) if found["number"] else None)
        if parameter is not None and parameter.unit.startswith("EUR"):
            sums += [value.value for value in parameter.values]
    return max((one for one in sums if one is not None), default=None)


def _sentences(version: Version) -> Iterator[str]:
    yield from (condition.label for condition in version.conditions)
    if version.amount is not None and version.amount.label:
        yield version.amount.label
    if version.note:
        yield version.note.strip()


def _caveats(version: Version) -> Iterator[str]:
    if version.status is Status.DESCRIPTIF:
        yield "Ses règles n'ont pas pu être établies : elle est seulement décrite."
    if version.status is Status.A_VERIFIER:
        yield "Sa règle reste à vérifier."
    for condition in version.conditions:
        if condition.status is Status.A_VERIFIER:
            yield f"Condition à vérifier : {condition.label}."
    if version.attested_until is not None:
        yield f"Dernière preuve qu'elle existe : {short_day(version.attested_until)}."


def _texts(aid: Aid) -> Iterator[Text]:
    for version in aid.versions:
        yield version.text
        parts: tuple[Version | Condition, ...] = version.conditions
        yield from (part.text for part in parts if part.text is not None)


def _spans(aid: Aid) -> Iterator[Span]:
    """Days its versions tell, and those on which a partial history tells that it existed."""
    if aid.history == "partial":
        yield Span(None, aid.versions[0].since - ONE_DAY, sure=False)
    for version in aid.versions:
        yield Span(version.since, version.until, attested_until=version.attested_until)
    if aid.history == "partial":
        for earlier, later in pairwise(aid.versions):
            if earlier.until is not None and earlier.until + ONE_DAY < later.since:
                yield Span(earlier.until + ONE_DAY, later.since - ONE_DAY, sure=False)
