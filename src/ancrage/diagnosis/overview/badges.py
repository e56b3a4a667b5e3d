"""Zonings as badges: a short name, on how much of the territory, the contract or the quarter it leads to."""

import re
from collections.abc import Iterable, Iterator

from ancrage.diagnosis.model import TerritoryRef, ZoningAnswer
from ancrage.diagnosis.overview.model import Badge, Badges
from ancrage.language.numbers import count, number
from ancrage.reasoning import Verdict
from ancrage.territories.codes import PATTERNS, Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.declaration import load_zonings

CONCERNED = (Verdict.OUI, Verdict.PARTIEL)
NAMED = {
    kind: re.compile(rf"(?P<name>.*?)\s*\((?P<code>{PATTERNS[kind][0]})\)") for kind in (Kind.CRTE, Kind.QPV)
}
PREFIX = {Kind.CRTE: "", Kind.QPV: "qpv:"}


def badges_of(zonings: Iterable[ZoningAnswer], territory: Territory) -> Badges:
    """Those that say yes or in part, those that say no, those that are not known."""
    told = [_badge(one, territory) for one in zonings]
    return Badges(
        here=tuple(one for one in told if one.verdict in CONCERNED),
        absent=tuple(one for one in told if one.verdict is Verdict.NON),
        unknown=tuple(one for one in told if one.verdict is Verdict.A_VERIFIER),
    )


def _badge(one: ZoningAnswer, territory: Territory) -> Badge:
    return Badge(
        id=one.id,
        short=load_zonings()[one.id].short,
        label=one.label,
        kind=one.kind,
        verdict=one.verdict,
        extent=_extent(one, territory) if one.verdict in CONCERNED else "",
        leads_to=tuple(_named(one.details)),
    )


def _extent(one: ZoningAnswer, territory: Territory) -> str:
    """« 2 communes sur 26 » where a part is concerned, « 9 quartiers » where quarters are.

    « au moins 2 communes sur 26 » where nothing is known of others.
    """
    least = "au moins " if one.communes.a_verifier else ""
    quarters = [ref for ref in _named(one.details) if ref.kind == Kind.QPV.value]
    if quarters and territory.kind is not Kind.QPV:
        return f"{least}{count(len(quarters), 'quartier')}"
    concerned, whole = one.communes.oui + one.communes.partiel, len(territory.communes)
    return f"{least}{count(concerned, 'commune')} sur {number(whole)}" if concerned < whole else ""


def _named(details: Iterable[str]) -> Iterator[TerritoryRef]:
    for detail in details:
        for kind, pattern in NAMED.items():
            if found := pattern.fullmatch(detail):
                code = PREFIX[kind] + found["code"]
                yield TerritoryRef(kind=kind.value, code=code, name=found["name"] or found["code"])
