"""The zonings of a territory on a page: what applies, since when, by which text; then the rest."""

from collections.abc import Iterator, Sequence

from ancrage.language.days import day
from ancrage.language.numbers import count, number
from ancrage.language.phrases import of
from ancrage.language.typography import capitalised
from ancrage.questions.question import Answer
from ancrage.questions.territories import TerritoryFacts
from ancrage.reasoning import Verdict
from ancrage.reports import cells, wording
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.columns import Column, grid
from ancrage.reports.papers.document import AttestationDocument, attestation
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Named, Territory
from ancrage.territories.zonings.answering import ZoningAnswer

DETAILS_SHOWN = 4
LONGEST_REASON = 120
CONCERNED = (Verdict.OUI, Verdict.PARTIEL)
WORTH = (
    "Établi d’après les listes publiées que citent les sources, au jour dit. Ce document n’engage pas les "
    "services qui les publient : en cas de doute, la liste fait foi."
)


def describe(answer: Answer[TerritoryFacts]) -> Sheet:
    """What applies first, each with its text."""
    territory = answer.facts.territory
    return Sheet(
        kicker=f"Attestation de zonages, au {day(answer.on)}",
        title=titled(territory),
        lead=identity(territory),
        sections=tuple(_sections(answer.facts)),
        warnings=(territory.note,) if territory.note else (),
        sources=answer.sources,
        method="zonages",
        on=answer.on,
        fitted=1,
        page=Ref(Subject.ZONINGS, str(territory.code)),
    )


def identity(territory: Territory) -> str:
    """« Commune · 409 habitants · CC Creuse Grand Sud · Creuse · Nouvelle-Aquitaine »."""
    parts = [capitalised(territory.code.label)]
    if len(territory.communes) > 1:
        parts.append(count(len(territory.communes), "commune"))
    if territory.population is not None:
        parts.append(count(territory.population, "habitant"))
    held = [_held(one) for one in territory.parents if one.code.kind not in (Kind.FRANCE, Kind.CRTE)]
    return " · ".join((*parts, *held[-4:]))


def titled(territory: Territory) -> str:
    """Its name and its code; the country needs none."""
    return territory.name if territory.kind is Kind.FRANCE else f"{territory.name} ({territory.code.code})"


def _held(one: Named) -> str:
    """An arrondissement often bears the name of a commune: it says what it is."""
    return f"arrondissement {of(one.name)}" if one.code.kind is Kind.ARRONDISSEMENT else one.name


def _sections(facts: TerritoryFacts) -> Iterator[Section]:
    told = {verdict: [one for one in facts.zonings if one.verdict is verdict] for verdict in Verdict}
    here = [one for one in facts.zonings if one.verdict in CONCERNED]
    if here:
        yield Section("s-applique", "Ce qui s’applique", (_applying(facts.territory, here),))
    if told[Verdict.NON]:
        rows = tuple((one.zoning.label, _text(one)) for one in told[Verdict.NON])
        table = Grid("Ce qui ne s’applique pas", ("Zonage ou programme", "Texte"), rows)
        yield Section("ne-s-applique-pas", "Ce qui ne s’applique pas", (table,))
    if told[Verdict.A_VERIFIER]:
        unknown = tuple((one.zoning.label, _cut(one.reason)) for one in told[Verdict.A_VERIFIER])
        table = Grid("Ce qui reste à vérifier", ("Zonage ou programme", "Pourquoi"), unknown)
        yield Section("a-verifier", "Ce qui reste à vérifier", (table,))
    yield Section("valeur", "Ce que vaut cette page", (Paragraph(WORTH, "quiet"),))


def _applying(territory: Territory, here: Sequence[ZoningAnswer]) -> Grid:
    columns: tuple[Column[ZoningAnswer], ...] = (
        Column("Zonage ou programme", lambda one: one.zoning.label),
        Column("Réponse", lambda one: one.verdict),
        Column("Précisions", lambda one: _said(territory, one)),
        Column("Texte", _text),
    )
    return grid("Ce qui s’applique", columns, here)


def _said(territory: Territory, one: ZoningAnswer) -> str:
    """On how much of it, which quarters or contracts, since when."""
    concerned = one.communes.get(Verdict.OUI, 0) + one.communes.get(Verdict.PARTIEL, 0)
    several = len(territory.communes) > 1 and concerned < len(territory.communes)
    least = "au moins " if one.communes.get(Verdict.A_VERIFIER, 0) else ""
    extent = f"{least}{count(concerned, 'commune')} sur {number(len(territory.communes))}" if several else ""
    names = wording.shortened(one.details, DETAILS_SHOWN)
    return " · ".join(filter(None, (extent, names, wording.validity(one.since, one.until))))


def _text(one: ZoningAnswer) -> str:
    text = one.zoning.definition
    told = cells.away(text.title, text.href)
    return cells.joined(" ", told, cells.quiet("" if text.read else "(à vérifier)"))


def _cut(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON].rsplit(' ', 1)[0]}…"


TOPIC = Topic(describe, attestation, AttestationDocument)
