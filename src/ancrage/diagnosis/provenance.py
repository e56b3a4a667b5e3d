"""What a diagnosis rests on, and what it lacks with the command that brings it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.diagnosis.model import MissingPiece, SourceUse
from ancrage.reasoning import Verdict
from ancrage.register.reach import Reach
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import ZoningAnswer

SYNC = "ancrage sources sync"
EVENTS = "mouvements-communes"
REGISTER_SOURCES = ("sirene-etablissements", "sirene-unites-legales")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the assembly found to be absent."""

    reach: Reach
    outline: bool


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
    pieces = (
        *_register(lacking.reach, absent),
        *_zonings(zonings, absent, atlas.vintages[0]),
        *_lists(absent),
        *_outlines(lacking, absent),
    )
    only_mirrored = frozenset(atlas.warehouse.manifest["only_mirrored"])
    return tuple(_from_mirror(piece, only_mirrored) for piece in pieces)


def _from_mirror(piece: MissingPiece, only_mirrored: frozenset[str]) -> MissingPiece:
    """A source whose producer's address is not confirmed comes from a mirror: the command must say so."""
    if piece.command is None or not only_mirrored & set(piece.command.split()):
        return piece
    return piece.model_copy(update={"command": f"{piece.command} --mirror DOSSIER"})


def _register(reach: Reach, absent: frozenset[str]) -> Iterable[MissingPiece]:
    whys = {
        Reach.NONE: "le registre de cette édition ne couvre pas ce territoire",
        Reach.PART: "le registre de cette édition ne couvre qu'une partie de ce territoire",
        Reach.SAMPLE: "le registre de cette édition n'est qu'un échantillon",
    }
    if reach in whys:
        yield MissingPiece(
            subject="Tissu de l'ESS", why=whys[reach], command=f"{SYNC} {' '.join(REGISTER_SOURCES)}"
        )
    elif absent & set(REGISTER_SOURCES):
        yield MissingPiece(
            subject="Registre réel",
            why="SIRENE n'est pas synchronisé : les chiffres viennent de données de démonstration, fictives",
            command=f"{SYNC} {' '.join(REGISTER_SOURCES)}",
        )


def _zonings(
    zonings: tuple[ZoningAnswer, ...], absent: frozenset[str], first_vintage: int
) -> Iterable[MissingPiece]:
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
        yield MissingPiece(
            subject=answer.zoning.label,
            why=answer.reason[:1].lower() + answer.reason[1:].rstrip("."),
            command=f"{SYNC} {' '.join(wanted)}" if wanted else None,
        )


def _lists(absent: frozenset[str]) -> Iterable[MissingPiece]:
    for source, subject in (("liste-ess", "Liste ESS France"), ("siae", "Structures d'insertion (SIAE)")):
        if source in absent:
            yield MissingPiece(subject=subject, why="source non synchronisée", command=f"{SYNC} {source}")


def _outlines(lacking: Lacking, absent: frozenset[str]) -> Iterable[MissingPiece]:
    if "contours-communes" in absent:
        yield MissingPiece(
            subject="Carte et densité",
            why="les contours des communes ne sont pas synchronisés",
            command=f"{SYNC} contours-communes",
        )
    elif not lacking.outline:
        yield MissingPiece(subject="Carte", why="aucun contour n'est connu pour ce territoire", command=None)
