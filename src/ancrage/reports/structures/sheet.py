"""The structures of a territory, as a sheet: how many, of which families, and the list."""

from collections.abc import Iterator, Mapping, Sequence

from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number, plain_number
from ancrage.register.catalogue import families, sections, siae_kinds
from ancrage.register.directory.cards import Card
from ancrage.register.directory.listing import Facets
from ancrage.register.directory.query import DirectoryQuery
from ancrage.reports.sheet import Block, Cell, Grid, KeyFigure, Paragraph, Section, Sheet
from ancrage.sources.citing import source_words

METHOD = "annuaire"
HIDDEN = "nom non diffusible"
NAMELESS = "sans nom publié"
NOTHING = (
    "Aucune structure ne répond à ces filtres. Élargissez-les ; un registre qui n’est pas synchronisé ici "
    "n’en montre aucune : voyez les sources."
)


def structures_sheet(
    query: DirectoryQuery,
    facets: Facets,
    cards: Sequence[Card],
    sources: Sequence[Mapping[str, object]] = (),
) -> Sheet:
    """``cards`` are the first answers. ``sources``: entries of the manifest the directory rests on."""
    territory = query.territory
    around = "" if query.radius_km is None else f", et à {plain_number(query.radius_km)} km à la ronde"
    return Sheet(
        kicker=f"Annuaire des structures, au {day(territory.on)}",
        title=f"{territory.name} ({territory.code.code}){around}",
        lead="Établissements de l’ESS du registre en vigueur, et structures d’insertion publiées.",
        figures=(KeyFigure("Structures", number(facets.total), "qui répondent à la demande"),),
        warnings=tuple(_warnings(facets)),
        sections=(
            Section("structures", "Structures", (_list(query, facets, cards),)),
            *_shares(query, facets),
        ),
        sources=tuple(map(source_words, sources)),
        method=METHOD,
        fictitious=bool(facets.fictitious),
        on=territory.on,
    )


def _warnings(facets: Facets) -> Iterator[str]:
    if facets.unplaced:
        unplaced = count(facets.unplaced, "structure", "structures")
        yield f"{unplaced} de lieu inconnu dans tout l’annuaire : l’une ou l’autre peut être là."


def _list(query: DirectoryQuery, facets: Facets, cards: Sequence[Card]) -> Block:
    if not cards:
        return Paragraph(NOTHING, "strong")
    far = query.radius_km is not None
    columns = ("SIRET", "Nom", "Commune", "Famille ou type", "Salariés", "ESS", *(("km",) if far else ()))
    left = facets.total - len(cards)
    note = f"{count(left, 'autre', 'autres')} : --limite en montre plus, --format csv les donne toutes."
    return Grid(
        "Structures",
        columns,
        tuple(_row(card, far=far) for card in cards),
        right=frozenset({4, 6} if far else {4}),
        note=note if left > 0 else "",
    )


def _row(card: Card, *, far: bool) -> tuple[Cell, ...]:
    distance = "inconnue" if card.distance_km is None else number(card.distance_km, 1)
    return (
        card.siret,
        card.name or (NAMELESS if card.diffusible else HIDDEN),
        card.commune_name or card.commune or "inconnue",
        _what(card),
        interval(int(card.jobs.low or 0), None if card.jobs.high is None else int(card.jobs.high))
        if card.jobs
        else "inconnu",
        card.membership,
        *((distance,) if far else ()),
    )


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
            rows = tuple((labels[facet].get(value, "inconnue"), number(n)) for value, n in counts.items())
            grid = Grid(title, (column, "Structures"), rows, right=frozenset({1}))
            yield Section(anchor, title, (grid,))
