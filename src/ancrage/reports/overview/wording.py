"""What the overview says in words, the same on a page, a paper and a terminal."""

from ancrage.diagnosis.overview.model import Badge, Caller, Glance, Place, Priority, Window
from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number, percent, signed_percent
from ancrage.language.typography import NO_BREAK_SPACE, capitalised
from ancrage.reports import cells
from ancrage.reports.aids.desks import written
from ancrage.sources.catalogue import get_source

HERE_KM = 1.0
AUTHORITIES = {
    "commune": "la commune",
    "epci": "l’intercommunalité",
    "departement": "le département",
    "region": "la région",
    "etat": "l’État",
    "caf": "la Caf",
}
SIMILAR = {
    "commune": "communes",
    "arrondissement_municipal": "arrondissements municipaux",
    "epci": "intercommunalités",
    "ept": "établissements publics territoriaux",
    "arrondissement": "arrondissements",
    "departement": "départements",
    "region": "régions",
    "crte": "contrats",
}


def identity(place: Place) -> str:
    """« 26 communes · 11 488 habitants (−2,6 % depuis 2018) »."""
    parts = []
    if place.commune_count > 1:
        parts.append(count(place.commune_count, "commune"))
    if place.population is not None:
        parts.append(f"{count(place.population, 'habitant')}{_trend(place)}")
    return " · ".join(parts)


def _trend(place: Place) -> str:
    if place.trend is None:
        return ""
    return f" ({signed_percent(place.trend.change, 1)} depuis {place.trend.since})"


def badge_words(badge: Badge) -> str:
    """« PVD : 2 communes sur 26 »."""
    return f"{badge.short} : {badge.extent}" if badge.extent else badge.short


def grounds(tool: Priority) -> str:
    """Why a tool comes first here: its reason, then the figure it rests on."""
    told = (one.strip().rstrip(".") for one in (tool.reasons[0] if tool.reasons else "", tool.figure))
    return " ".join(f"{capitalised(one)}." for one in told if one)


def value_of(glance: Glance) -> str:
    """The figure, or that it is not known."""
    if glance.value is None:
        return cells.UNKNOWN
    return percent(glance.value) if glance.is_share else number(glance.value)


def bounds_of(glance: Glance) -> str:
    """« 225 à 452 » where the figure is an interval; empty where it is not."""
    if glance.low is None or glance.low == glance.high:
        return ""
    return interval(int(glance.low), None if glance.high is None else int(glance.high))


def rank_words(glance: Glance, kind: str) -> str:
    """« plus que 7 des 10 intercommunalités qui lui ressemblent, pour 1 000 habitants »."""
    rank = glance.rank
    if rank is None:
        return ""
    if not rank.above:
        return f"aucun des {number(rank.among)} territoires semblables n’en a moins, {rank.per}"
    like = f"{number(rank.among)} {SIMILAR.get(kind, 'territoires')} semblables"
    under = "" if rank.above == rank.among else f"{number(rank.above)} des "
    return f"plus que {under or 'les '}{like}, {rank.per}"


def figure_of(glance: Glance) -> cells.Cell:
    """The figure as a typed cell."""
    if glance.is_share:
        return cells.share(glance.value)
    return cells.figure(glance.value)


def where(caller: Caller) -> str:
    """« à 32 km », « sur place », or nothing where it is not known."""
    if caller.km is None:
        return ""
    return "sur place" if caller.km < HERE_KM else f"à {number(caller.km)}{NO_BREAK_SPACE}km"


def seen(caller: Caller) -> str:
    """« Annuaire de l’administration, octobre 2019 : vérifiez avant d’appeler »."""
    when = written(caller.seen_on) if caller.seen_on else "jour inconnu"
    caution = "\u00a0: vérifiez avant d’appeler" if caller.to_check else ""
    title = get_source(caller.source).title
    return f"{title}{caution}" if when.replace(NO_BREAK_SPACE, " ") in title else f"{title}, {when}{caution}"


def role(caller: Caller) -> str:
    """What it is, as a title."""
    return capitalised(caller.kind_label)


def event(window: Window) -> str:
    """« jusqu’au 15 février 2027 » or « ouvre le 1er mars 2027 »."""
    told = day(window.day)
    return f"ouvre le {told}" if window.event == "ouvre" else f"jusqu’au {told}"


def left(window: Window) -> str:
    """« aujourd’hui », « demain » or « dans 79 jours »."""
    if window.days_left < 2:
        return ("aujourd’hui", "demain")[window.days_left]
    return f"dans {count(window.days_left, 'jour')}"
