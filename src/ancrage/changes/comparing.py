"""Two readings compared: what was gained, lost, changed; what is known now, what is not any more."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.changes.noting import Noted, Parts, Reading, Sort, Standing
from ancrage.changes.rewording import reworded
from ancrage.language.days import day as day_words


class Turn(StrEnum):
    """How a thing changes. ``su``: now known, which is no gain; ``incertain``: the reverse, no loss."""

    GAGNE = "gagne"
    PERDU = "perdu"
    CHANGE = "change"
    SU = "su"
    INCERTAIN = "incertain"


ABSENT = None
STANDINGS = (Standing.OUI, Standing.NON, Standing.INCONNU, Standing.FINI, ABSENT)
NOT_THERE = (Standing.NON, Standing.FINI, ABSENT)
TURNS: dict[tuple[Standing | None, Standing | None], Turn] = {
    **{(was, Standing.OUI): Turn.GAGNE for was in NOT_THERE},
    **{(Standing.OUI, now): Turn.PERDU for now in NOT_THERE},
    (Standing.OUI, Standing.OUI): Turn.CHANGE,
    (Standing.INCONNU, Standing.OUI): Turn.SU,
    (Standing.INCONNU, Standing.NON): Turn.SU,
    (Standing.INCONNU, Standing.FINI): Turn.SU,
    (Standing.OUI, Standing.INCONNU): Turn.INCERTAIN,
    (Standing.NON, Standing.INCONNU): Turn.INCERTAIN,
}
"""Whatever is not there is silent: what never stood and still does not, what was over and is gone, what
begins to exist without anybody knowing whether it does here."""
SILENT_ONCE_GONE = (Sort.ECHEANCE, Sort.RETARD)
"""A deadline that is past was told before it came; one that was late is told by what it was of."""
SAID = {
    Standing.OUI: "oui",
    Standing.NON: "non",
    Standing.INCONNU: "à vérifier",
    Standing.FINI: "terminé",
    ABSENT: "absent",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of a thing, from what to what. ``day``: when it took effect, where that is known."""

    key: str
    sort: Sort
    turn: Turn
    label: str
    what: str
    before: Parts
    after: Parts
    day: date | None
    subject: str = ""
    title: str = ""
    href: str = ""

    @property
    def identity(self) -> str:
        """Forty hexadecimal digits: the same for the same change, whoever finds it and whenever."""
        told = [self.key, self.turn.value, self.before, self.after, str(self.day or "")]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:40]

    @property
    def differing(self) -> tuple[tuple[str, str, str], ...]:
        """What is said otherwise: a name, the words of before, those of after."""
        was, now = dict(self.before), dict(self.after)
        names = dict.fromkeys((*was, *now))
        return tuple(
            (name, was.get(name, ""), now.get(name, "")) for name in names if was.get(name) != now.get(name)
        )


def compare(before: Reading, after: Reading, *, since: date, on: date) -> tuple[Change, ...]:
    """What changed from one reading to the other, the first of ``since``, the second of ``on``."""
    keys = dict.fromkeys((*after, *before))
    found = (_change(before.get(key), after.get(key), since, on) for key in keys)
    return tuple(sorted((one for one in found if one), key=_order))


def _order(one: Change) -> tuple[int, int, str, str]:
    newest = -one.day.toordinal() if one.day else 0
    return list(Sort).index(one.sort), newest, one.label, one.key


def _change(was: Noted | None, now: Noted | None, since: date, on: date) -> Change | None:
    turn = TURNS.get((was.standing if was else ABSENT, now.standing if now else ABSENT))
    told = now or was
    if turn is None or told is None or (turn is Turn.CHANGE and _same(was, now)):
        return None
    if turn is Turn.PERDU and told.sort in SILENT_ONCE_GONE:
        return None
    day = _day(turn, was, now, since, on)
    before, after = reworded(_parts(was), _parts(now))
    return Change(
        key=told.key,
        sort=told.sort,
        turn=turn,
        label=told.label,
        what=what_happened(told.sort, turn, day, gone=now is None),
        before=before,
        after=after,
        day=day,
        subject=told.subject,
        title=told.title,
        href=told.href,
    )


def _same(was: Noted | None, now: Noted | None) -> bool:
    return was is not None and now is not None and was.parts == now.parts


def _parts(noted: Noted | None) -> Parts:
    if noted is None:
        return ()
    return noted.parts or (("Réponse", SAID[noted.standing]),)


def _day(turn: Turn, was: Noted | None, now: Noted | None, since: date, on: date) -> date | None:
    """The day it took effect, if it falls between the two; one told late is only seen."""
    days: Iterable[date | None] = ()
    if turn in (Turn.GAGNE, Turn.CHANGE) and now:
        days = (now.since,)
    elif turn is Turn.PERDU:
        days = (one.until for one in (now, was) if one)
    return next((one for one in days if one and since < one <= on), None)


WORDS = {
    (Sort.ZONAGE, Turn.GAGNE): "entre dans le zonage",
    (Sort.ZONAGE, Turn.PERDU): "sort du zonage",
    (Sort.ZONAGE, Turn.SU): "la réponse est maintenant connue",
    (Sort.ZONAGE, Turn.INCERTAIN): "la réponse est maintenant à vérifier",
    (Sort.STRUCTURE, Turn.GAGNE): "nouvelle dans le registre",
    (Sort.STRUCTURE, Turn.PERDU): "fermée",
    (Sort.AIDE, Turn.GAGNE): "ouvre",
    (Sort.AIDE, Turn.PERDU): "n’est plus en vigueur",
    (Sort.AIDE, Turn.SU): "son existence est maintenant connue",
    (Sort.AIDE, Turn.INCERTAIN): "son existence est maintenant à vérifier",
    (Sort.ECHEANCE, Turn.GAGNE): "l’échéance approche",
    (Sort.LIEU, Turn.GAGNE): "nouveau lieu dans la liste",
    (Sort.LIEU, Turn.PERDU): "n’est plus dans la liste",
    (Sort.LIEU, Turn.CHANGE): "a changé",
    (Sort.POUR_MOI, Turn.GAGNE): "nouvelle, ou devenue possible pour vous",
    (Sort.POUR_MOI, Turn.PERDU): "n’est plus pour vous",
    (Sort.POUR_MOI, Turn.CHANGE): "la réponse pour vous change",
    (Sort.POUR_MOI, Turn.SU): "ses règles sont maintenant connues",
    (Sort.POUR_MOI, Turn.INCERTAIN): "ses règles ne sont plus sûres",
    (Sort.TEXTE, Turn.GAGNE): "maintenant cité",
    (Sort.TEXTE, Turn.PERDU): "n’est plus cité",
    (Sort.TEXTE, Turn.CHANGE): "sa rédaction change",
    (Sort.TEXTE, Turn.SU): "sa rédaction est maintenant lue",
    (Sort.TEXTE, Turn.INCERTAIN): "sa rédaction n’est plus lue",
    (Sort.PLAN, Turn.GAGNE): "nouvelle échéance",
    (Sort.PLAN, Turn.PERDU): "faite, ou n’est plus attendue",
    (Sort.PLAN, Turn.CHANGE): "l’échéance change",
    (Sort.RETARD, Turn.GAGNE): "l’échéance est dépassée",
}


def what_happened(sort: Sort, turn: Turn, day: date | None, *, gone: bool) -> str:
    """What happened, in French words, with its day."""
    words = WORDS.get((sort, turn), "change")
    if sort is Sort.STRUCTURE and turn is Turn.GAGNE and day:
        words = "créée"
    if sort is Sort.STRUCTURE and turn is Turn.PERDU and gone:
        return "n’est plus dans le registre"
    return f"{words} le {day_words(day)}" if day else words
