"""The aids that may be had in a territory on a day, noted: what they ask, their days, the last ones."""

from collections.abc import Iterator
from datetime import date, timedelta

from ancrage.aids.declaration import Aid, Version
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.search.territories import coverage_codes
from ancrage.changes.noting import Noted, Parts, Sort, Standing
from ancrage.changes.sides import Side
from ancrage.language.days import day as day_words
from ancrage.sources.catalogue import get_source

SOON = timedelta(days=30)
"""A last day is told when it is no further."""
AHEAD = timedelta(days=1096)
"""How far ahead a calendar shows them."""


def noted(side: Side) -> Iterator[Noted]:
    """Aids of the catalogue and published ones, then the last days that come soon."""
    here = coverage_codes(side.territory)
    for aid in side.catalogue.aids.values():
        if here & {*aid.territory.includes} and not here & {*aid.territory.excludes}:
            yield from of_aid(aid, side.on)
    for published in side.shelf.aids():
        if here & {*published.coverage} and not here & {*published.excluded}:
            yield from of_published(published, side.on)


def of_aid(aid: Aid, on: date, within: timedelta = SOON) -> Iterator[Noted]:
    """An aid of the catalogue, and its last days that come ``within`` so long."""
    version = aid.version_on(on)
    told = version or _last(aid, on)
    yield Noted(
        key=f"aide:{aid.id}",
        sort=Sort.AIDE,
        label=aid.name,
        standing=_standing(aid, version, on),
        parts=_parts_of(aid, version, on) if version else (),
        since=version.since if version else None,
        until=_ended(told),
        subject=aid.id,
        title=told.text.title,
        href=told.text.href or "",
    )
    for day, label, text in closings(aid, on, on + within):
        yield _deadline(aid.id, aid.name, day, label, *text)


def closings(aid: Aid, first: date, last: date) -> Iterator[tuple[date, str, tuple[str, str]]]:
    """The closing days of the version in force on the first day: day, words, text and its address."""
    version = aid.version_on(first)
    if version is None:
        return
    for one in version.deadlines:
        if one.kind == "cloture" and first <= one.day <= last:
            text = one.text or version.text
            yield one.day, one.label, (text.title, text.href or "")
    told = {one.day for one in version.deadlines}
    if version.until and version.until not in told and first <= version.until <= last:
        yield version.until, "Dernier jour de l’aide", (version.text.title, version.text.href or "")


def of_published(aid: ImportedAid, on: date, within: timedelta = SOON) -> Iterator[Noted]:
    """An aid that others publish, and its last day, when it comes ``within`` so long."""
    over = aid.closes is not None and aid.closes < on and aid.closes_surely
    early = aid.opens is not None and aid.opens > on
    link = aid.links[0] if aid.links else ""
    publisher = get_source(aid.source).producer
    yield Noted(
        key=f"aide:{aid.id}",
        sort=Sort.AIDE,
        label=aid.name,
        standing=Standing.FINI if over else Standing.NON if early else Standing.OUI,
        parts=() if over or early else tuple(_parts_of_published(aid)),
        since=aid.opens,
        until=aid.closes + timedelta(days=1) if aid.closes else None,
        subject=aid.id,
        title=f"Publiée par {aid.funder_told or publisher}",
        href=link,
    )
    if aid.closes and aid.closes_surely and on <= aid.closes <= on + within:
        yield _deadline(
            aid.id, aid.name, aid.closes, "Clôture", f"Publiée par {get_source(aid.source).producer}", link
        )


def _deadline(aid: str, name: str, day: date, label: str, title: str, href: str) -> Noted:
    return Noted(
        key=f"echeance:{aid}:{day.isoformat()}:{label}",
        sort=Sort.ECHEANCE,
        label=f"{name} : {label}",
        parts=(("Dernier jour", day_words(day)),),
        subject=aid,
        title=title,
        href=href,
    )


def _standing(aid: Aid, version: Version | None, on: date) -> Standing:
    if version is not None:
        return Standing.OUI
    if aid.history == "partial":
        return Standing.INCONNU
    return Standing.NON if aid.versions[0].since > on else Standing.FINI


def _last(aid: Aid, on: date) -> Version:
    """The version that came last by that day; the first to come when none did."""
    begun = [version for version in aid.versions if version.since <= on]
    return begun[-1] if begun else aid.versions[0]


def _ended(version: Version) -> date | None:
    return version.until + timedelta(days=1) if version.until else None


def _parts_of(aid: Aid, version: Version, on: date) -> Parts:
    attested = version.attested_until is None or on <= version.attested_until
    told = (
        ("Période", _period(version)),
        ("Existence", "" if attested else "à confirmer au guichet"),
        ("Financeur", aid.funder),
        ("Guichet", aid.desk.name),
        ("Conditions", " ; ".join(one.label for one in version.conditions)),
        ("Montant", version.amount.label or "calculé par sa règle" if version.amount else ""),
        ("Règle", _mark(version)),
        ("Texte", version.text.title),
    )
    return tuple((name, words) for name, words in told if words)


def _mark(version: Version) -> str:
    """A mark of the rules themselves, so that a change which no label tells is told."""
    import hashlib

    rules = [one.rule for one in version.conditions]
    amount = version.amount.rule if version.amount else ""
    return f"version {hashlib.sha256(repr((rules, amount)).encode()).hexdigest()[:8]}"


def _period(version: Version) -> str:
    until = f" au {day_words(version.until)}" if version.until else ""
    return f"du {day_words(version.since)}{until}"


def _parts_of_published(aid: ImportedAid) -> Iterator[tuple[str, str]]:
    told = (
        ("Financeur", aid.funder),
        ("Ouverture", day_words(aid.opens) if aid.opens else ""),
        ("Clôture", day_words(aid.closes) if aid.closes else ""),
        ("Montant", aid.amount),
        ("Conditions", " ; ".join(aid.notes)),
    )
    yield from ((name, words) for name, words in told if words)
