"""Which zonings hold at a point, or at an address."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from ancrage.questions.fields import Asked
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, DatedQuestion, Worked
from ancrage.reasoning import Verdict
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.pointing import ROUNDED_KM, Point, communes_at, in_quarter
from ancrage.territories.quarters import drawn_by
from ancrage.territories.territory import Territory

if TYPE_CHECKING:
    from ancrage.sources.api_adresses import Located
    from ancrage.territories.atlas import Atlas
    from ancrage.territories.zonings.answering import CommuneAnswer
    from ancrage.territories.zonings.declaration import Zoning

PLAIN = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d*)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d*)?)\s*")
FRENCH = re.compile(r"\s*([+-]?\d{1,3}(?:,\d*)?)(?:\s*;\s*|\s+)([+-]?\d{1,3}(?:,\d*)?)\s*")
"""A comma parts two numbers, or a number's decimals when another sign parts the two."""
SHAPE = "écrivez la longitude puis la latitude, en degrés, par exemple 1.8713,46.1707"
QUARTER = re.compile(r"\bQ[NP]\w{6}\b")
SEVERAL = "Le point peut être dans plusieurs communes de ce jour : "
LONGEST_ADDRESS = 200


def _point(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = FRENCH.fullmatch(value) or PLAIN.fullmatch(value)
    if found is None:
        raise ValueError(SHAPE)
    longitude, latitude = (float(part.replace(",", ".")) for part in found.groups())
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(SHAPE)
    return Point(longitude, latitude)


def is_point(text: str) -> bool:
    """Whether a text is written as a point is."""
    return any(shape.fullmatch(text) for shape in (FRENCH, PLAIN))


@dataclass(frozen=True, slots=True)
class ZoningAt:
    """What a zoning says at a point; ``source``: the list that answers, ``None`` when none does."""

    zoning: "Zoning"
    verdict: Verdict
    reason: str
    details: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True, eq=False)
class PointFacts:
    """The communes a point may be in, by code, the likeliest first, and what each zoning says there.

    ``address``: the place the point tells, when an address was asked.
    """

    point: Point
    communes: Mapping[str, str]
    zonings: tuple[ZoningAt, ...]
    address: "Located | None" = None


class PointQuestion(DatedQuestion):
    """The zonings at a point.

    Raises ``UnknownTerritoryError`` where no commune is, ``MissingSourceError`` without outlines.
    """

    name: ClassVar = "zonages_point"
    label: ClassVar = "Les zonages, à un point"
    help: ClassVar = "Donne les zonages à un point : ceux de sa commune, et son quartier prioritaire."
    needs: ClassVar = ("point",)

    point: Annotated[
        Point,
        BeforeValidator(_point),
        WithJsonSchema({"type": "string", "maxLength": 40}),
        Asked(
            name="point",
            label="Point",
            help="Longitude et latitude, en degrés : tous les zonages à ce point.",
            example="1.8713,46.1707",
            metavar="LON,LAT",
        ),
    ]

    def work_out(self, asking: Asking) -> Worked[PointFacts]:
        """The communes, then each zoning."""
        on = self.on or asking.on
        codes = communes_at(asking.opened.atlas, self.point, on=on)
        return told_at(asking, self.point, codes, on=on, sources=("contours-communes",))


class AddressQuestion(DatedQuestion):
    """The zonings at an address, which the national service places.

    Raises ``SourceUnavailableError`` when it does not answer, ``UnknownAddressError``,
    ``AmbiguousAddressError`` when several places may be meant.
    """

    name: ClassVar = "zonages_adresse"
    label: ClassVar = "Les zonages, à une adresse"
    help: ClassVar = "Donne les zonages à une adresse : ceux de sa commune, et son quartier prioritaire."
    needs: ClassVar = ("adresse",)
    private: ClassVar = True

    address_text: Annotated[
        str,
        Field(min_length=3, max_length=LONGEST_ADDRESS),
        Asked(
            name="adresse",
            label="Adresse",
            help="Numéro, rue et commune : tous les zonages à cette adresse (demandée au service national "
            "d'adresses, jamais gardée).",
            example="rue Jules Ferry 64110 Mazères-Lezons",
            metavar="ADRESSE",
        ),
    ]

    def work_out(self, asking: Asking) -> Worked[PointFacts]:
        """The place, its commune, then each zoning."""
        from ancrage.sources.api_adresses import SOURCE, locate
        from ancrage.sources.catalogue import get_source
        from ancrage.territories.addressing import HOUSE, HOUSE_KM, communes_of, the_one

        on = self.on or asking.on
        place = the_one(self.address_text, locate(self.address_text))
        within = HOUSE_KM if place.kind == HOUSE else math.inf
        worked = told_at(
            asking,
            Point(place.longitude, place.latitude),
            communes_of(asking.opened.atlas, place, on=on),
            on=on,
            within_km=within,
        )
        source = get_source(SOURCE)
        service = f"{source.title}, {source.producer}, {source.vintage}, {source.licence}"
        return replace(worked, facts=replace(worked.facts, address=place), sources=(service, *worked.sources))


def told_at(
    asking: Asking,
    point: Point,
    codes: Sequence[str],
    *,
    on: date,
    within_km: float = ROUNDED_KM,
    sources: Sequence[str] = (),
) -> Worked[PointFacts]:
    """What each zoning says at a point of one of these communes, ``within_km`` of the place it tells."""
    from ancrage.territories.zonings.answering import answer_few

    atlas = asking.opened.atlas
    answers = tuple(answer_few(atlas, codes, on=on))
    communes = {one.commune: one for _, one in answers}
    zonings = {zoning.id: zoning for zoning, _ in answers}
    placed = _Placed(atlas, point, on, within_km)
    found = tuple(
        placed.among(
            zonings[name], sorted((one for _, one in each), key=lambda one: codes.index(one.commune))
        )
        for name, each in groupby(answers, key=lambda answer: answer[0].id)
    )
    cited_ids = (*sources, *(one.source for one in found if one.source))
    facts = PointFacts(point, {code: communes[code].name for code in codes}, found)
    territory = _without_parents(communes[codes[0]], on=on, vintage=atlas.vintage_on(on))
    return Worked(facts, territory, sources=cited(atlas, cited_ids))


def _without_parents(commune: "CommuneAnswer", *, on: date, vintage: int) -> Territory:
    """The commune as it is named: what holds it is not told of a point, and takes longer to read."""
    code = TerritoryCode(Kind.COMMUNE, commune.commune)
    return Territory(
        code=code,
        name=commune.name,
        on=on,
        vintage=vintage,
        population=commune.population,
        communes=(commune.commune,),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A point whose zonings are asked."""

    atlas: "Atlas"
    point: Point
    on: date
    within_km: float

    def among(self, zoning: "Zoning", answers: "Sequence[CommuneAnswer]") -> ZoningAt:
        """The same answer in every commune it may be in is the answer; otherwise it is to be checked."""
        told = [self._in(zoning, one) for one in answers]
        first = told[0]
        if len({one.verdict for one in told}) == 1:
            return first
        each = " ; ".join(
            f"{one.verdict.label} à {answer.name}" for one, answer in zip(told, answers, strict=True)
        )
        details = tuple(dict.fromkeys(detail for one in told for detail in one.details))
        return ZoningAt(zoning, Verdict.A_VERIFIER, f"{SEVERAL}{each}.", details, first.source)

    def _in(self, zoning: "Zoning", answer: "CommuneAnswer") -> ZoningAt:
        source = answer.edition.source if answer.edition else None
        quarters = tuple(QUARTER.findall(" ".join(answer.details)))
        if zoning.id != "qpv" or not quarters:
            return ZoningAt(zoning, answer.verdict, answer.reason, answer.details, source)
        found = in_quarter(self.atlas, self.point, quarters, on=self.on, within_km=self.within_km)
        named = tuple(one for one in answer.details if set(QUARTER.findall(one)) & set(found.quarters))
        drawn = None if math.isinf(self.within_km) else drawn_by(self.atlas, on=self.on)
        by = drawn if found.verdict is not Verdict.A_VERIFIER or found.quarters != quarters else None
        return ZoningAt(zoning, found.verdict, found.reason, named, by or source)
