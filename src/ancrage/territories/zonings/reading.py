"""Read a pattern on a day: which list answers, what it says, and why nothing answers when none does."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ancrage.language.days import period, short_day
from ancrage.language.typography import capitalised
from ancrage.reasoning import Verdict
from ancrage.territories.zonings.declaration import Classified, Edition, Status, Zoning, load_zonings
from ancrage.territories.zonings.judging import judge, label
from ancrage.territories.zonings.patterns import Inherited, Pattern, parse_pattern, read_inherited


@dataclass(frozen=True, slots=True)
class Found:
    """Verdict for a commune, with the reason in French and the list that answered, if one did.

    ``since`` and ``until``: days of the classification, ``None`` where no list and no text tells them.
    """

    verdict: Verdict
    reason: str
    edition: Edition | None = None
    since: date | None = None
    until: date | None = None


def read_pattern(zoning: Zoning, pattern: Pattern, *, on: date) -> Found:
    """Answer of a zoning for the communes of a pattern: the most recent list that covers them decides."""
    if on not in zoning.period:
        return Found(Verdict.NON, _out_of_days(zoning, on))
    for edition in zoning.editions_on(on):
        if said := pattern.get(edition.id):
            inherited = read_inherited(said)
            verdict = judge(inherited.statuses, certain=inherited.certain, edition=edition, on=on)
            told = Found(verdict, _sentence(edition, inherited, on), edition)
            return _dated(told, zoning, pattern, on) if verdict in CLASSIFIED else told
    return Found(Verdict.A_VERIFIER, _hint(zoning, pattern, on))


def verdict_of(zoning: Zoning, text: str | None, *, on: date) -> Verdict:
    """The verdict alone of a pattern as it is written: that of :func:`read_text`, without words nor days."""
    ladder = _ladder(zoning.id, on)
    if ladder is None:
        return Verdict.NON
    pattern = parse_pattern(text)
    for rank, edition in ladder:
        if said := pattern.get(edition):
            return _judged(zoning.id, rank, said, on)
    return Verdict.A_VERIFIER


@lru_cache(maxsize=256)
def _ladder(zoning: str, on: date) -> tuple[tuple[int, str], ...] | None:
    """Lists that may answer, the first that speaks decides: their rank on that day, their identifier.

    ``None`` on a day when there is no such zoning.
    """
    if on not in load_zonings()[zoning].period:
        return None
    return tuple((rank, one.id) for rank, one in enumerate(load_zonings()[zoning].editions_on(on)))


@lru_cache(maxsize=16_384)
def _judged(zoning: str, rank: int, said: str, on: date) -> Verdict:
    edition = [*load_zonings()[zoning].editions_on(on)][rank]
    inherited = read_inherited(said)
    return judge(inherited.statuses, certain=inherited.certain, edition=edition, on=on)


def read_text(zoning: Zoning, text: str | None, *, on: date) -> Found:
    """The same of a pattern as it is written; what the declared zonings say of it is kept."""
    if load_zonings().get(zoning.id) is zoning:
        return _kept(zoning.id, text, on)
    return read_pattern(zoning, parse_pattern(text), on=on)


@lru_cache(maxsize=8_192)
def _kept(zoning: str, text: str | None, on: date) -> Found:
    return read_pattern(load_zonings()[zoning], parse_pattern(text), on=on)


CLASSIFIED = (Verdict.OUI, Verdict.PARTIEL)


def _dated(told: Found, zoning: Zoning, pattern: Pattern, on: date) -> Found:
    """With the days of the classification: told by the status, by that of another list, or by the text."""
    assert told.edition is not None  # noqa: S101 a list answered
    others = [edition for edition in zoning.editions if edition is not told.edition]
    own = [status.classified for edition in (told.edition, *others) for status in _said(edition, pattern, on)]
    days = [*own, told.edition.classified, Classified(until=zoning.until)]
    since = next((one.since for one in days if one.since), None)
    return replace(told, since=since, until=next((one.until for one in days if one.until), None))


def _said(edition: Edition, pattern: Pattern, on: date) -> list[Status]:
    """What a list says of the communes, if all of it says the same and holds on the day."""
    said = pattern.get(edition.id)
    if said is None:
        return []
    found = [edition.status(raw) for raw in read_inherited(said).statuses]
    return found if len(found) == 1 and found[0].on(on) in CLASSIFIED else []


def _out_of_days(zoning: Zoning, on: date) -> str:
    if zoning.until and on > zoning.until:
        return f"Ce zonage a pris fin le {short_day(zoning.until)}."
    if zoning.since:
        return f"Ce zonage n'existe que depuis le {short_day(zoning.since)}."
    return "Ce zonage n'existe pas ce jour-là."


def _sentence(edition: Edition, inherited: Inherited, on: date) -> str:
    words = label(inherited.statuses, edition)
    told = capitalised(words)
    if len(inherited.statuses) > 1:
        told = f"Commune née de communes au statut différent : {words}"
    if not inherited.certain:
        told += ", dans une commune d'origine depuis partagée"
    for raw in inherited.statuses:
        status = edition.status(raw)
        if status.on(on) is not status.verdict:
            told += f" ({_days(status)} ; la liste ne dit rien du {short_day(on)})"
    return told + "."


def _hint(zoning: Zoning, pattern: Pattern, on: date) -> str:
    """Say why nothing answers, and what a list of another day says, which proves nothing here."""
    for edition in zoning.editions_off(on):
        if said := pattern.get(edition.id):
            words = label(read_inherited(said).statuses, edition)
            return (
                f"Aucune liste disponible ne vaut pour le {short_day(on)} ; celle qui vaut "
                f"{_days(edition)} dit : {words}."
            )
    return f"Aucune liste disponible ne couvre cette commune le {short_day(on)}."


def _days(dated: Edition | Status) -> str:
    return period(dated.since, dated.until, write=short_day, opening="à partir du")
