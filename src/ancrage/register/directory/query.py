"""What is asked of the directory: a territory on its day, and what the structures must be."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ancrage.errors import DirectoryQueryError
from ancrage.language.days import short_day
from ancrage.language.folding import plain_words
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import divisions, families, sections, siae_kinds, workforce_bands
from ancrage.register.codes import Naf
from ancrage.register.directory.vocabulary import Employer, Order
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.declaration import load_zonings

FARTHEST_KM = 200.0
MEMBERSHIPS = (Verdict.OUI, Verdict.A_VERIFIER)
CENTRED = (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL)
"""Kinds a distance can be measured from."""


@dataclass(frozen=True, slots=True)
class InZoning:
    """The commune has this verdict for a zoning, that day."""

    zoning: str
    verdict: Verdict = Verdict.OUI


@dataclass(frozen=True, slots=True)
class DirectoryQuery:
    """A question put to the directory, on the day of its territory. An empty tuple asks for nothing.

    Several values of one field widen it, several fields narrow the answer. ``radius_km``: straight
    kilometres around the commune that the territory is, its own structures included. ``activities``: sections
    (« Q »), divisions (« 88 ») or classes (« 88.99A ») of NAF rév. 2. ``selling``: words of what they do, in
    the name of their activity or in their own; structures whose activity nobody published stay, after the
    others. ``bands``: published workforce bands;
    "" for those that have none. ``families``: "" for structures without one. ``text``: beginnings of words of
    the name, or a SIREN, a SIRET or an RNA number.
    """

    territory: Territory
    radius_km: float | None = None
    text: str = ""
    families: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    employers: tuple[Employer, ...] = ()
    bands: tuple[str, ...] = ()
    memberships: tuple[Verdict, ...] = ()
    quarters: tuple[Verdict, ...] = ()
    zonings: tuple[InZoning, ...] = ()
    selling: str = ""
    order: Order = Order.NAME

    def __post_init__(self) -> None:
        """Write activities as they are published, then refuse what cannot be answered, all at once."""
        object.__setattr__(self, "activities", tuple(map(_written, self.activities)))
        if faults := list(_faults(self)):
            raise DirectoryQueryError(" ".join(faults), "Corrigez ces valeurs, puis relancez.")

    @property
    def everything(self) -> bool:
        """Whether it asks for the whole directory, in whatever order."""
        if self.territory.kind is not Kind.FRANCE:
            return False
        return self == DirectoryQuery(self.territory, order=self.order)

    @property
    def digits(self) -> str:
        """The SIREN or SIRET typed, or an empty text."""
        compact = "".join(self.text.split())
        return compact if compact.isdecimal() and compact.isascii() and len(compact) in (9, 14) else ""

    @property
    def rna(self) -> str:
        """The number of an association (RNA) typed, or an empty text."""
        compact = "".join(self.text.split()).upper()
        return compact if RNA.fullmatch(compact) else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words to look for."""
        return tuple(dict.fromkeys(plain_words(self.text)))

    @property
    def digest(self) -> str:
        """Changes with anything that changes the answer or its order."""
        asked = repr((str(self.territory.code), self.territory.on, self.territory.communes, self.order,
                      self.radius_km, self.text, self.families, self.activities, self.kinds, self.employers,
                      self.bands, self.memberships, self.quarters, self.zonings, self.selling))  # fmt: skip
        return hashlib.sha256(asked.encode()).hexdigest()[:12]


RNA = re.compile(r"W\d[0-9A-Z]{2}\d{6}", re.ASCII)
CLASS = re.compile(r"\d{2}\.?\d{2}[A-Z]", re.ASCII)


def _written(activity: str) -> str:
    typed = activity.strip().upper()
    return Naf(typed).value if CLASS.fullmatch(typed) and typed[:2] in divisions() else typed


def _faults(query: DirectoryQuery) -> Iterator[str]:
    yield from _unknown("Famille inconnue", query.families, {"", *families()})
    yield from _unknown("Type de SIAE inconnu", query.kinds, set(siae_kinds()))
    yield from _unknown("Tranche d'effectif inconnue", query.bands, {"", *workforce_bands()})
    yield from _unknown("Appartenance à l'ESS inconnue", query.memberships, set(MEMBERSHIPS))
    yield from _unknown(
        "Réponse inconnue sur les quartiers", query.quarters, set(Verdict) - {Verdict.PARTIEL}
    )
    yield from _unknown("Zonage inconnu", [one.zoning for one in query.zonings], set(load_zonings()))
    yield from _faults_of_activities(query.activities)
    yield from _faults_of_days(query)
    yield from _faults_of_distance(query)


def _unknown(told: str, given: Sequence[str], known: Collection[str]) -> Iterator[str]:
    possible = ", ".join(sorted(filter(None, known)))
    for value in given:
        if value not in known:
            yield f"{told} : « {value} » ; possible : {possible}."


def _faults_of_activities(activities: Sequence[str]) -> Iterator[str]:
    for activity in activities:
        is_class = CLASS.fullmatch(activity) and activity[:2] in divisions()
        if not is_class and activity not in sections() and activity not in divisions():
            yield (
                f"Activité inconnue : « {activity} » ; possible : une section (A à U), une division (88) "
                "ou une classe (88.99A) de la NAF rév. 2."
            )


def _faults_of_days(query: DirectoryQuery) -> Iterator[str]:
    on = query.territory.on
    for asked in query.zonings:
        zoning = load_zonings().get(asked.zoning)
        if zoning is not None and on not in zoning.period:
            since = f" depuis le {short_day(zoning.since)}" if zoning.since else ""
            until = f" jusqu'au {short_day(zoning.until)}" if zoning.until else ""
            yield f"Le zonage {zoning.id} n'existe pas le {short_day(on)}, seulement{since}{until}."


def _faults_of_distance(query: DirectoryQuery) -> Iterator[str]:
    if query.radius_km is None:
        if query.order is Order.DISTANCE:
            yield "Ranger par distance demande une distance autour d'une commune."
        return
    if not 0 < query.radius_km <= FARTHEST_KM:
        yield f"Rayon impossible : {query.radius_km:g} km ; possible : plus de 0, {FARTHEST_KM:g} au plus."
    if query.territory.kind not in CENTRED:
        yield (
            f"Un rayon se prend autour d'une commune ; {query.territory.name} est : "
            f"{query.territory.code.label}."
        )
