"""A territory on two pages: map and badges, four figures, what to do, whom to call; then how it stands."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Comparison, SupportNetwork, TerritoryAid
from ancrage.diagnosis.overview.model import Badge, Caller, Glance, Overview, Priority
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.questions.papers import PaperFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports import wording as words
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.columns import Column, grid
from ancrage.reports.overview import wording
from ancrage.reports.papers.annexes import annexed
from ancrage.reports.papers.attestation import titled
from ancrage.reports.papers.document import PaperDocument, paper
from ancrage.reports.sheet import Block, Chart, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

MOST_AIDS = 6
MOST_ROWS = 8
SOON = 3
STANDING: tuple[Column[Comparison], ...] = (
    Column("Territoire", lambda row: cells.territory(row.territory.name, row.territory.code)),
    Column("Habitants", lambda row: cells.figure(row.population)),
    Column("Structures", lambda row: cells.figure(row.establishments)),
    Column("Pour 1 000 hab.", lambda row: cells.figure(row.establishments_per_1000, 1)),
    Column("Emplois", lambda row: cells.figure(row.jobs.central if row.jobs else None)),
    Column("Part des employeurs", lambda row: cells.share(row.share_of_employers)),
)
NETWORKS: tuple[Column[SupportNetwork], ...] = (
    Column("Réseau", lambda one: one.label),
    Column("Habitants proches", lambda one: cells.share(one.population_within)),
    Column("Distance moyenne", lambda one: cells.distance(one.mean_km)),
)
AIDS: tuple[Column[TerritoryAid], ...] = (
    Column("Aide", lambda one: cells.aid_cell(one.name, one.id)),
    Column("Réponse", lambda one: one.verdict),
    Column("Guichet", lambda one: one.desk),
)


def describe(answer: Answer[PaperFacts]) -> Sheet:
    """The answer on the first page, how it stands on the second."""
    found = answer.facts.overview
    return Sheet(
        kicker=f"Synthèse, au {day(answer.on)}",
        title=titled(answer.facts.territory),
        lead=" · ".join(filter(None, (capitalised(found.place.kind_label), wording.identity(found.place)))),
        figures=key_figures(found),
        warnings=tuple(dict.fromkeys((*answer.warnings, *filter(None, (found.place.note,))))),
        sections=(*_sections(answer.facts), *annexed(answer)),
        sources=answer.sources,
        method="methodes",
        on=answer.on,
        fitted=2,
        page=Ref(Subject.TERRITORY, str(answer.facts.territory.code)),
    )


def key_figures(found: Overview) -> tuple[KeyFigure, ...]:
    """The four figures, each with its bounds and its rank, or why it is not known."""
    return tuple(_figure(one, found.place.kind) for one in found.ess.figures)


def _figure(one: Glance, kind: str) -> KeyFigure:
    notes = (wording.bounds_of(one), wording.rank_words(one, kind), one.why_unknown)
    return KeyFigure(one.label, wording.figure_of(one), " ; ".join(filter(None, notes)))


def _sections(facts: PaperFacts) -> Iterator[Section]:
    found = facts.overview
    drawn = tuple(map_of(facts))
    yield from (Section("carte", "Carte", drawn, half=True) for _ in drawn)
    yield Section("zonages", "Zonages et programmes", tuple(_badges(found)), half=bool(drawn))
    yield from to_do(found)
    yield from to_call(found)
    if found.soon:
        lines = tuple(f"{one.name} : {wording.event(one)}, {wording.left(one)}" for one in found.soon[:SOON])
        yield Section("bientot", "Ce qui s’ouvre ou se ferme bientôt", (Items(lines),))
    yield from _standing(facts)
    yield from missing(found)


def map_of(facts: PaperFacts) -> Iterator[Chart]:
    """The map, where outlines are known."""
    from ancrage.reports.map_legend import with_legend
    from ancrage.reports.maps import draw_map  # a terminal draws none

    drawn = draw_map(facts.diagnosis) if facts.diagnosis.outline else None
    if drawn:
        caption = f"Réponse de chaque commune : {drawn.zoning}." if drawn.zoning else "Limites du territoire."
        yield Chart("carte", facts.territory.name, caption, svg=with_legend(drawn), wide=True)


def _badges(found: Overview) -> Iterator[Block]:
    if found.badges.here:
        yield Items(tuple(_badge(one) for one in found.badges.here))
    for title, told in (("Non", found.badges.absent), ("Pas encore su", found.badges.unknown)):
        if told:
            yield Paragraph(f"{title} : {', '.join(one.short for one in told)}.", "quiet")


def _badge(one: Badge) -> str:
    return f"{one.label} : {one.extent}" if one.extent else one.label


def to_do(found: Overview) -> Iterator[Section]:
    """The tools to use here first, with what made them priorities."""
    if found.priorities and found.priorities.tools:
        who = wording.AUTHORITIES[found.priorities.authority]
        title = f"À faire ici, pour {who}"
        rows = tuple((one.name, why_here(one)) for one in found.priorities.tools)
        table = Grid(title, ("Outil", "Pourquoi ici"), rows)
        yield Section("a-faire", title, (table,))


def why_here(one: Priority) -> str:
    """The figure that set it first, else its first reason."""
    return one.figure or next(iter(one.reasons), "")


def to_call(found: Overview) -> Iterator[Section]:
    """Whom to call."""
    if found.callers:
        columns: tuple[Column[Caller], ...] = (
            Column("Qui", lambda one: one.name),
            Column("Joindre", lambda one: _reached(one)),
            Column("Distance", wording.where),
            Column("Source", lambda one: cells.quiet(wording.seen(one))),
        )
        yield Section("qui-appeler", "Qui appeler", (grid("Qui appeler", columns, found.callers),))


def _reached(one: Caller) -> str:
    return cells.phone(one.phone) if one.phone else one.email or cells.away(one.website, one.website)


def _standing(facts: PaperFacts) -> Iterator[Section]:
    found = facts.diagnosis
    rows = words.standing(found)[:MOST_ROWS]
    if any(row.establishments is not None for row in rows):
        yield Section("comparaison", "Se situer", (grid("Se situer", STANDING, rows),))
    known = [one for one in found.coverage.networks if one.known] if found.coverage else []
    if found.coverage and known:
        near = cells.figure(found.coverage.near_km, unit="km")
        told = Paragraph(f"« Proches » : à moins de {near} d’un lieu, à vol d’oiseau.", "quiet")
        yield Section(
            "accompagnement",
            "Qui accompagne, et d’où",
            (grid("Qui accompagne, et d’où", NETWORKS, known), told),
        )
    aids = worth_asking(facts)
    if aids:
        title = "Aides à mobiliser par la collectivité"
        yield Section("aides", title, (grid(title, AIDS, aids),))


def worth_asking(facts: PaperFacts) -> tuple[TerritoryAid, ...]:
    """The first aids of who acts here, in the order of the diagnosis."""
    return facts.aids[:MOST_AIDS]


def missing(found: Overview) -> Iterator[Section]:
    """What is not known yet, in one line each."""
    if found.missing:
        lines = tuple(f"{one.subject} : {one.why}." for one in found.missing)
        yield Section("manque", "Ce qui n’est pas encore su", (Items(lines),))


TOPIC = Topic(describe, paper, PaperDocument, own={"pptx": "ancrage.reports.formats.pptx:write"})
