"""Which zonings hold at a point."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, WithJsonSchema

from ancrage.questions.fields import Asked
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, DatedQuestion, Worked
from ancrage.reasoning import Verdict
from ancrage.territories.pointing import Point, communes_at, in_quarter

if TYPE_CHECKING:
    from ancrage.territories.zonings.answering import CommuneAnswer
    from ancrage.territories.zonings.declaration import Zoning

PLAIN = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d*)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d*)?)\s*")
FRENCH = re.compile(r"\s*([+-]?\d{1,3}(?:,\d*)?)(?:\s*;\s*|\s+)([+-]?\d{1,3}(?:,\d*)?)\s*")
"""A comma parts two numbers, or a number's decimals when another sign parts the two."""
SHAPE = "écrivez la longitude puis la latitude, en degrés, par exemple 1.8713,46.1707"
QUARTER = re.compile(r"\bQ[NP]\w{6}\b")
SURROUNDED = "Le point est à moins d’un kilomètre d’une limite de commune : "


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
    """The communes a point may be in, by code, the likeliest first, and what each zoning says there."""

    point: Point
    communes: Mapping[str, str]
    zonings: tuple[ZoningAt, ...]


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
        from ancrage.territories.resolving import resolve
        from ancrage.territories.zonings.answering import answer_few

        atlas, on = asking.opened.atlas, self.on or asking.on
        codes = communes_at(atlas, self.point, on=on)
        answers = tuple(answer_few(atlas, codes, on=on))
        names = {one.commune: one.name for _, one in answers}
        found = tuple(
            self._at(
                asking, zoning, sorted((one for _, one in each), key=lambda one: codes.index(one.commune))
            )
            for zoning, each in groupby(answers, key=itemgetter(0))
        )
        sources = ("contours-communes", *(one.source for one in found if one.source))
        facts = PointFacts(self.point, {code: names[code] for code in codes}, found)
        return Worked(facts, resolve(atlas, codes[0], on=on), sources=cited(atlas, sources))

    def _at(self, asking: Asking, zoning: "Zoning", answers: "Sequence[CommuneAnswer]") -> ZoningAt:
        """The same answer in every commune it may be in is the answer; otherwise it is to be checked."""
        told = [self._in(asking, zoning, one) for one in answers]
        first = told[0]
        if len({one.verdict for one in told}) == 1:
            return first
        each = " ; ".join(
            f"{one.verdict.label} à {answer.name}" for one, answer in zip(told, answers, strict=True)
        )
        details = tuple(dict.fromkeys(detail for one in told for detail in one.details))
        return ZoningAt(zoning, Verdict.A_VERIFIER, f"{SURROUNDED}{each}.", details, first.source)

    def _in(self, asking: Asking, zoning: "Zoning", answer: "CommuneAnswer") -> ZoningAt:
        source = answer.edition.source if answer.edition else None
        quarters = tuple(QUARTER.findall(" ".join(answer.details)))
        if zoning.id != "qpv" or not quarters:
            return ZoningAt(zoning, answer.verdict, answer.reason, answer.details, source)
        found = in_quarter(asking.opened.atlas, self.point, quarters, on=self.on or asking.on)
        named = tuple(one for one in answer.details if set(QUARTER.findall(one)) & set(found.quarters))
        return ZoningAt(zoning, found.verdict, found.reason, named, source)
