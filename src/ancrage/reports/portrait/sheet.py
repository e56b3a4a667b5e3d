"""The portrait of a territory, and the papers made of it: each a sheet that any format writes."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Activity, Family
from ancrage.language.days import day
from ancrage.language.places import of_place
from ancrage.portrait.agenda import Happening
from ancrage.portrait.consent import Shown
from ancrage.questions.portrait import Paper, PortraitFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.cases.sheet import TYPED, gathered_words, named
from ancrage.reports.cells import Phrase, Ref, Subject
from ancrage.reports.columns import Column, grid
from ancrage.reports.papers.synthesis import key_figures
from ancrage.reports.portrait import sentences as say
from ancrage.reports.portrait.document import PortraitDocument, document
from ancrage.reports.portrait.map import portrait_map
from ancrage.reports.portrait.papers import SHEETS
from ancrage.reports.sheet import Block, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

MOST_ACTIVITIES = 8
SHOWN: tuple[Column[Shown], ...] = (
    Column("Structure", lambda one: cells.structure(one.name, one.siret)),
    Column("Commune", lambda one: cells.territory(one.commune_name, one.commune)),
    Column("Activité", lambda one: one.activity),
    Column("Ce qu’elle dit d’elle", lambda one: one.words),
    Column("Accord", lambda one: cells.quiet(agreed(one))),
)
FAMILIES: tuple[Column[Family], ...] = (
    Column("Famille", lambda one: one.label),
    Column("Structures", lambda one: cells.figure(one.establishments)),
    Column("Emplois, valeur centrale", lambda one: cells.figure(one.jobs.central)),
)
ACTIVITIES: tuple[Column[Activity], ...] = (
    Column("Activité", lambda one: one.label),
    Column("Structures", lambda one: cells.figure(one.establishments)),
    Column("Part des employeurs", lambda one: cells.share(one.share_of_employers)),
)
EVENTS: tuple[Column[Happening], ...] = (
    Column("Quand", say.when),
    Column("Quoi", lambda one: cells.joined("\n", cells.away(one.title, one.href), cells.quiet(one.words))),
    Column("Où", say.where),
    Column("Par qui", lambda one: one.organiser),
    Column("Source", lambda one: cells.quiet(one.source)),
)


def describe(answer: Answer[PortraitFacts]) -> Sheet:
    """The paper asked: the portrait itself unless another is."""
    paper = getattr(answer.question, "paper", Paper.PORTRAIT)
    return SHEETS.get(paper, portrait)(answer)


def portrait(answer: Answer[PortraitFacts]) -> Sheet:
    """The portrait: figures, map, who agreed to be named, their needs, what happens."""
    facts = answer.facts
    found = facts.overview.place
    return Sheet(
        kicker=f"L’ESS d’ici, au {day(answer.on)}",
        title=f"L’économie sociale et solidaire {of_place(found.kind, found.name)}",
        lead=say.DEFINITION,
        figures=key_figures(facts.overview),
        sections=tuple(_sections(facts)),
        sources=(*answer.sources, f"Définition de l’ESS : {say.LAW}."),
        method="portrait",
        on=answer.on,
        page=Ref(Subject.PORTRAIT, str(facts.territory.code)),
    )


def _sections(facts: PortraitFacts) -> Iterator[Section]:
    drawn = portrait_map(facts)
    if drawn:
        yield Section("carte", "Où", (drawn,))
    yield Section("en-bref", "En bref", (Items(tuple(_brief(facts))),))
    yield Section("structures", "Celles qui ont choisi de paraître", tuple(_named(facts)))
    if facts.needs:
        lines = tuple(say.need_words(name, need) for name, need in facts.needs)
        yield Section("besoins", "Ce dont elles ont besoin", (Items(lines),))
    if facts.campaigns:
        told = tuple(
            Phrase(named(one), f" : {gathered_words(one.campaign)}")
            for one in facts.campaigns
            if one.campaign
        )
        yield Section("campagnes", "Ce que l’on finance ensemble", (Items(told), Paragraph(TYPED, "quiet")))
    yield Section("agenda", "Ce qui se passe ici", (grid("Ce qui se passe ici", EVENTS, facts.agenda),))
    yield from _fabric(facts)


def _brief(facts: PortraitFacts) -> Iterator[str]:
    yield from say.how_many(facts)
    if ess := say.fabric_of(facts):
        yield from say.what_they_do(ess)


def _named(facts: PortraitFacts) -> Iterator[Block]:
    if not facts.consent.known:
        yield Paragraph(say.UNKNOWN_CONSENT)
    elif facts.consent.shown:
        yield grid("Celles qui ont choisi de paraître", SHOWN, facts.consent.shown)
    else:
        yield Paragraph(say.NOBODY)
    yield Paragraph(say.CONSENT, "quiet")


def agreed(one: Shown) -> str:
    """Who agreed, and when."""
    who = "donné dans l’espace" if one.by_member else "donné par écrit"
    return f"{who} le {day(one.agreed_on)}"


def _fabric(facts: PortraitFacts) -> Iterator[Section]:
    ess = say.fabric_of(facts)
    if ess is None:
        return
    families = sorted(filter(_known, ess.families.values()), key=_most)
    if families:
        yield Section("familles", "Leurs formes", (grid("Leurs formes", FAMILIES, families),))
    activities = sorted(filter(_known, ess.activities), key=_most)[:MOST_ACTIVITIES]
    if activities:
        yield Section("activites", "Ce qu’elles font", (grid("Ce qu’elles font", ACTIVITIES, activities),))


def _known(one: Family | Activity) -> bool:
    return one.establishments > 0


def _most(one: Family | Activity) -> int:
    return -one.establishments


TOPIC = Topic(
    describe,
    document,
    PortraitDocument,
    own={"ics": "ancrage.reports.portrait.calendar:write", "pdf": "ancrage.reports.portrait.poster:write"},
)
