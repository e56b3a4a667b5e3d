"""What a diagnosis rests on, and what it lacks with the sources that bring it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.diagnosis.model import MissingPiece, SourceUse
from ancrage.language.typography import uncapitalised
from ancrage.reasoning import Verdict
from ancrage.register.reach import Reach
from ancrage.repairs import SynchroniseSources
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import ZoningAnswer

EVENTS = "mouvements-communes"
PERIMETERS = ("qpv-2024-polygones",)
FABRIC = "Tissu de l'ESS"
"""Subject of what a whole register tells."""
UNDRAWN_QUARTER = "Périmètre du quartier"
UNDRAWN = "le périmètre de ce quartier, ce jour-là, n'est pas dans les données et rien n'y est compté"
REGISTER_SOURCES = ("sirene-etablissements", "sirene-unites-legales")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the assembly found to be absent."""

    reach: Reach
    outline: bool
    undrawn: bool = False
    """Whether the territory is a quarter whose perimeter is not known."""


def sources_used(atlas: Atlas) -> tuple[SourceUse, ...]:
    """Sources of the edition, one line each, the geography first."""
    found: dict[tuple[str, str], SourceUse] = {}
    for entry in atlas.warehouse.manifest["sources"]:
        use = _use(entry)
        found.setdefault((use.id, use.vintage), use)
    return tuple(found.values())


def _use(entry: dict[str, Any]) -> SourceUse:
    return SourceUse(
        id=entry["id"],
        title=entry["title"],
        producer=entry["producer"],
        vintage=entry["vintage"],
        licence=entry["licence"],
        href=entry["href"],
        fictitious=entry["fictitious"],
        sample=entry["sample"],
        fetched_on=date.fromisoformat(entry["fetched_on"]) if entry["fetched_on"] else None,
    )


def missing_pieces(
    atlas: Atlas, zonings: tuple[ZoningAnswer, ...], lacking: Lacking
) -> tuple[MissingPiece, ...]:
    """Everything the reader should know is absent, most important first."""
    absent = frozenset(atlas.warehouse.manifest["missing_sources"])
    gaps = (
        *_perimeter(lacking, absent),
        *_register(lacking.reach, absent),
        *_zonings(zonings, absent, atlas.vintages[0]),
        *_lists(absent),
        *_outlines(lacking, absent),
    )
    only_mirrored = frozenset(atlas.warehouse.manifest["only_mirrored"])
    return tuple(_piece(gap, only_mirrored) for gap in gaps)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is absent, why, and the sources that would bring it."""

    subject: str
    why: str
    sources: tuple[str, ...] = ()


def _perimeter(lacking: Lacking, absent: frozenset[str]) -> Iterator[_Gap]:
    if lacking.undrawn:
        yield _Gap(UNDRAWN_QUARTER, UNDRAWN, tuple(one for one in PERIMETERS if one in absent))


def _piece(gap: _Gap, only_mirrored: frozenset[str]) -> MissingPiece:
    """A source whose producer's address is not confirmed comes from a mirror: the repair must say so."""
    mirror = bool(only_mirrored & set(gap.sources))
    repairs = (SynchroniseSources(gap.sources, mirror=mirror),) if gap.sources else ()
    return MissingPiece(subject=gap.subject, why=gap.why, repairs=repairs)


def _register(reach: Reach, absent: frozenset[str]) -> Iterable[_Gap]:
    whys = {
        Reach.NONE: "le registre de cette édition ne couvre pas ce territoire",
        Reach.PART: "le registre de cette édition ne couvre qu'une partie de ce territoire",
        Reach.SAMPLE: "le registre de cette édition n'est qu'un échantillon",
    }
    if reach in whys:
        yield _Gap(FABRIC, whys[reach], REGISTER_SOURCES)
    elif absent & set(REGISTER_SOURCES):
        yield _Gap(
            "Registre réel",
            "SIRENE n'est pas synchronisé : les chiffres viennent de données de démonstration, fictives",
            REGISTER_SOURCES,
        )


def _zonings(zonings: tuple[ZoningAnswer, ...], absent: frozenset[str], first_vintage: int) -> Iterable[_Gap]:
    """Zonings to be checked, with the source to synchronise when that is the cause."""
    for answer in zonings:
        if answer.verdict is not Verdict.A_VERIFIER:
            continue
        sources = [edition.source for edition in answer.zoning.editions if answer.edition is None]
        wanted = [source for source in dict.fromkeys(sources) if source in absent]
        # A list older than the first vintage is carried by INSEE's events: without them it is of no use.
        old = any(edition.cog < first_vintage for edition in answer.zoning.editions)
        if wanted and old and EVENTS in absent:
            wanted.append(EVENTS)
        yield _Gap(
            answer.zoning.label,
            uncapitalised(answer.reason).rstrip("."),
            tuple(wanted),
        )


def _lists(absent: frozenset[str]) -> Iterable[_Gap]:
    for source, subject in (("liste-ess", "Liste ESS France"), ("siae", "Structures d'insertion (SIAE)")):
        if source in absent:
            yield _Gap(subject, "source non synchronisée", (source,))


def _outlines(lacking: Lacking, absent: frozenset[str]) -> Iterable[_Gap]:
    if "contours-communes" in absent:
        yield _Gap(
            "Carte et densité",
            "les contours des communes ne sont pas synchronisés",
            ("contours-communes",),
        )
    elif not lacking.outline:
        yield _Gap("Carte", "aucun contour n'est connu pour ce territoire")
