"""The structures of a territory, as a sheet: how many, of which families, and the list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ancrage.errors import DirectoryQueryError
from ancrage.language.days import day
from ancrage.language.numbers import count, kilometres, number
from ancrage.questions.question import Answer
from ancrage.questions.structures import StructureFacts
from ancrage.register.catalogue import families, sections, siae_kind_label, siae_kinds
from ancrage.register.directory.cards import Card
from ancrage.register.directory.listing import Facets
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.structure import Standing, StructurePage
from ancrage.register.directory.vocabulary import MOST_IN_WORKBOOK, MOST_ROWS, Told
from ancrage.repairs import GiveField
from ancrage.reports.cells import UNKNOWN, Cell, day_cell, figure, jobs, structure, territory
from ancrage.reports.documents import heading, named
from ancrage.reports.sheet import Block, Grid, Items, KeyFigure, Paragraph, Section, Sheet, Where
from ancrage.reports.structures.directory import (
    COLUMNS,
    card_as_json,
    chosen,
    features_of,
    points_told,
    row_of,
)
from ancrage.reports.structures.document import StructureDocument, StructuresDocument
from ancrage.reports.topic import Topic

METHOD = "annuaire"
HIDDEN = "nom non diffusible"
NAMELESS = "sans nom publié"
NOTHING = (
    "Aucune structure ne répond à ces filtres. Élargissez-les ; un registre qui n’est pas synchronisé ici "
    "n’en montre aucune : voyez les sources."
)


def describe(answer: Answer[StructureFacts]) -> Sheet:
    """The first structures that answer, and how they share out."""
    query, facets = answer.facts.query, answer.facts.facets
    territory = query.territory
    around = "" if query.radius_km is None else f", et à {kilometres(query.radius_km)} à la ronde"
    return Sheet(
        kicker=f"Annuaire des structures, au {day(territory.on)}",
        title=f"{territory.name} ({territory.code.code}){around}",
        lead="Établissements de l’ESS du registre en vigueur, et structures que des listes publient.",
        figures=(_total(answer),),
        warnings=tuple(_warnings(facets)),
        sections=(
            Section("structures", "Structures", (_list(query, facets, answer.facts.cards),)),
            *_shares(query, facets),
        ),
        sources=answer.sources,
        method=METHOD,
        on=territory.on,
    )


def _total(answer: Answer[StructureFacts]) -> KeyFigure:
    total = answer.counted(answer.facts.facets.total)
    if answer.caveats:
        return KeyFigure(
            "Structures connues", figure(total), "qui répondent à la demande : ce n’est pas un compte"
        )
    return KeyFigure("Structures", figure(total), "qui répondent à la demande")


def document(answer: Answer[StructureFacts]) -> dict[str, Any]:
    """The page asked, or the whole list when no size is: :class:`StructuresDocument` is its schema."""
    facts = answer.facts
    return {
        **heading(answer, _warnings(facts.facets)),
        "items": [card_as_json(card) for card in _asked(answer)],
        "next": facts.after if _limited(answer) else None,
        "total": facts.facets.total,
    }


def _limited(answer: Answer[StructureFacts]) -> bool:
    return getattr(answer.question, "limit", None) is not None


def _asked(answer: Answer[StructureFacts]) -> Iterable[Card]:
    return answer.facts.cards if _limited(answer) else answer.facts.every()


def table(answer: Answer[StructureFacts]) -> Grid:
    """The list to take away, every column of it unless some were chosen."""
    columns = columns_of(answer)
    return Grid("Structures", columns, tuple(row_of(card, columns) for card in _asked(answer)))


def columns_of(answer: Answer[StructureFacts]) -> tuple[Told, ...]:
    """The columns of its files."""
    return chosen(getattr(answer.question, "columns", ()))


def kept(answer: Answer[StructureFacts]) -> Iterator[Section]:
    """The whole list, its columns in words: that of the workbook.

    Raises :class:`DirectoryQueryError` past :data:`MOST_IN_WORKBOOK`, before anything is read.
    """
    total = answer.facts.facets.total
    if not _limited(answer) and total > MOST_IN_WORKBOOK:
        most = number(MOST_IN_WORKBOOK)
        raise DirectoryQueryError(
            f"{number(total)} structures répondent : un classeur en tient {most} au plus.",
            "Prenez-les en CSV, sans limite, ou précisez le lieu.",
        )
    columns = columns_of(answer)
    heads = tuple(COLUMNS[one][0] for one in columns)
    rows = tuple(row_of(card, columns) for card in _asked(answer))
    yield Section("annuaire", "Annuaire", (Grid("Annuaire", heads, rows, where=Where.KEPT),))


def features(answer: Answer[StructureFacts]) -> dict[str, Any]:
    """The points of the list, and what is left out of the map."""
    found = answer.facts.points(getattr(answer.question, "limit", None) or MOST_ROWS)
    return {"type": "FeatureCollection", "features": list(features_of(found)), **points_told(found)}


def describe_one(answer: Answer[StructurePage]) -> Sheet:
    """A structure in full."""
    found = answer.facts
    card = found.card
    return Sheet(
        kicker=f"Structure, au {day(found.on)}",
        title=_name(card),
        lead=f"SIRET {card.siret}, {STANDINGS[found.standing]}.",
        figures=(KeyFigure("Appartenance à l’ESS", card.membership.label, _what(card)),),
        warnings=(found.note,) if found.note else (),
        sections=(
            Section("identite", "Identité", (_identity(found),)),
            Section("ess", "Pourquoi elle est de l’ESS, ou peut l’être", (Items(found.reasons),)),
            *_lists(found),
            *_zonings(found),
            *_sisters(found),
        ),
        sources=answer.sources,
        method=METHOD,
        on=found.on,
    )


STANDINGS = {
    Standing.OPEN: "ouverte ce jour-là",
    Standing.CLOSED: "fermée ce jour-là",
    Standing.NOT_YET: "pas encore créée ce jour-là",
    Standing.UNKNOWN: "à vérifier : on ne sait si elle est ouverte ce jour-là",
}


def _name(card: Card) -> str:
    return card.name or (NAMELESS if card.diffusible else HIDDEN)


def _identity(found: StructurePage) -> Grid:
    card = found.card
    rows: tuple[tuple[Cell, ...], ...] = (
        ("SIREN", card.siren),
        *((("Numéro RNA", card.rna),) if card.rna else ()),
        ("Forme juridique", found.legal_form or UNKNOWN),
        (
            "Commune",
            territory(f"{card.commune_name} ({card.commune})", card.commune) if card.commune else UNKNOWN,
        ),
        ("Activité (NAF rév. 2)", _activity(found)),
        ("Famille ou type", _what(card)),
        ("Salariés", _jobs(card)),
        ("Création", day_cell(card.created)),
        ("En quartier prioritaire", found.quarter.verdict),
    )
    return Grid("Identité", ("Élément", "Valeur"), rows)


def _activity(found: StructurePage) -> str:
    return " : ".join(filter(None, (found.card.naf, found.activity))) or UNKNOWN


def _lists(found: StructurePage) -> Iterator[Section]:
    """What each list publishes of it."""
    for rank, one in enumerate(found.listed, 1):
        rows: list[tuple[Cell, ...]] = [(line.label, line.text) for line in one.told()]
        if one.website:
            rows.append(("Site", one.website))
        title = siae_kind_label(one.kind)
        if rows:
            listed = Grid(title, ("Élément", "Valeur"), tuple(rows))
            said = Paragraph(f"D’après la liste « {one.title} ».", "quiet")
            yield Section(f"liste-{rank}", title, (listed, said))


def _zonings(found: StructurePage) -> Iterator[Section]:
    if found.zonings:
        rows = tuple((one.zoning.label, one.verdict, one.reason) for one in found.zonings)
        grid = Grid("Zonages de sa commune", ("Zonage", "Réponse", "Précisions"), rows)
        yield Section("zonages", "Zonages de sa commune", (grid,))


def _sisters(found: StructurePage) -> Iterator[Section]:
    if found.sisters:
        rows = tuple(_row(card, far=False) for card in found.sisters)
        grid = Grid("Autres établissements de la même unité", COLUMN_TITLES, rows, right=frozenset({4}))
        yield Section("soeurs", "Autres établissements de la même unité", (grid,))


def document_of_one(answer: Answer[StructurePage]) -> dict[str, Any]:
    """Plain values: :class:`StructureDocument` is their schema."""
    found = answer.facts
    return {
        **heading(answer, (found.note,) if found.note else ()),
        "structure": card_as_json(found.card),
        "on": found.on.isoformat(),
        "standing": found.standing.value,
        "reasons": list(found.reasons),
        "activity": found.activity,
        "lists": [asdict(one) for one in found.listed],
        "legal_form": found.legal_form,
        "sisters": [card_as_json(one) for one in found.sisters],
        "territory": named(found.territory.named) if found.territory else None,
        "zonings": [one.as_json() for one in found.zonings],
        "note": found.note,
    }


def _warnings(facets: Facets) -> Iterator[str]:
    if facets.unplaced:
        unplaced = count(facets.unplaced, "structure", "structures")
        yield f"{unplaced} de lieu inconnu ou incertain dans tout l’annuaire : l’une ou l’autre peut être là."


COLUMN_TITLES = ("SIRET", "Nom", "Commune", "Famille ou type", "Salariés", "ESS")


def _list(query: DirectoryQuery, facets: Facets, cards: Sequence[Card]) -> Block:
    if not cards:
        return Paragraph(NOTHING, "strong")
    far = query.radius_km is not None
    columns = (*COLUMN_TITLES, *(("km",) if far else ()))
    left = facets.total - len(cards)
    return Grid(
        "Structures",
        columns,
        tuple(_row(card, far=far) for card in cards),
        where=Where.READ,
        right=frozenset({4, 6} if far else {4}),
        note=f"{count(left, 'autre')}." if left > 0 else "",
        repairs=(GiveField("limite", ("N",)), GiveField("format", ("csv",))) if left > 0 else (),
    )


def _row(card: Card, *, far: bool) -> tuple[Cell, ...]:
    return (
        structure(card.siret, card.siret),
        _name(card),
        territory(card.commune_name or card.commune, card.commune) if card.commune else "inconnue",
        _what(card),
        _jobs(card),
        card.membership,
        *((figure(card.distance_km, 1, unknown="inconnue"),) if far else ()),
    )


def _jobs(card: Card) -> Cell:
    if card.jobs is None:
        return UNKNOWN
    high = None if card.jobs.high is None else int(card.jobs.high)
    return jobs(int(card.jobs.low or 0), None, high)


def _what(card: Card) -> str:
    family = families()[card.family].label if card.family and card.family in families() else ""
    return ", ".join(filter(None, (family, *card.kinds))) or "inconnue"


def _shares(query: DirectoryQuery, facets: Facets) -> Iterator[Section]:
    """How the answers share out, by what was not asked; nothing where nothing is known."""
    named = (
        ("familles", "Par famille", "Famille", "family", query.families),
        ("activites", "Par activité", "Activité", "section", query.activities),
        ("insertion", "Insertion et handicap", "Type", "kind", query.kinds),
    )
    labels = {
        "family": {key: one.plural for key, one in families().items()},
        "section": dict(sections()),
        "kind": {key: one.label for key, one in siae_kinds().items()},
    }
    for anchor, title, column, facet, asked in named:
        counts = {value: n for value, n in facets.counts[facet].items() if value or facet != "kind"}
        if not asked and any(counts):
            rows = tuple((labels[facet].get(value, "inconnue"), figure(n)) for value, n in counts.items())
            grid = Grid(title, (column, "Structures"), rows, right=frozenset({1}))
            yield Section(anchor, title, (grid,))


TOPIC = Topic(describe, document, StructuresDocument, features, table, kept=kept)
TOPIC_OF_ONE = Topic(describe_one, document_of_one, StructureDocument)
