"""A contract in words: what it is, who signs, who is there, what is missing, what each may do."""

from collections.abc import Iterator
from dataclasses import replace

from ancrage.language.days import day
from ancrage.language.folding import plain_words
from ancrage.language.numbers import count
from ancrage.language.phrases import listed
from ancrage.questions.contracts import ContractFacts, Party
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.columns import Column, grid
from ancrage.reports.contracts.document import ContractDocument, document
from ancrage.reports.overview import wording
from ancrage.reports.papers.note import blank_zones, ess_reading
from ancrage.reports.papers.synthesis import key_figures
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.territories.codes import Kind

MOST_NAMED = 12
NOT_LISTED = (
    "Aucune liste lue ne dit qui a signé : ce sont ceux que le texte désigne, pour les communes de "
    "son périmètre. Le département, la région et les opérateurs ont pu signer aussi."
)
PARTIES: tuple[Column[Party], ...] = (
    Column("Signataire", lambda one: _named(one)),
    Column("Communes", lambda one: cells.figure(one.communes)),
    Column("À appeler", lambda one: one.contact.name if one.contact else "inconnu"),
    Column("Téléphone", lambda one: _phone(one)),
)


def describe(answer: Answer[ContractFacts]) -> Sheet:
    """The contract, in the order a committee reads it."""
    found = answer.facts
    overview = found.paper.overview
    return Sheet(
        kicker=f"{'Quartier et contrat' if _is_quarter(found) else 'Contrat'}, au {day(answer.on)}",
        title=overview.place.name,
        lead=wording.identity(overview.place) or listed([row["name"] for row in found.communes]),
        figures=key_figures(overview),
        warnings=tuple(filter(None, (overview.place.note,))),
        sections=tuple(_sections(found)),
        sources=answer.sources,
        method="zonages",
        on=answer.on,
        page=Ref(Subject.TERRITORY, str(found.paper.territory.code)),
    )


def _is_quarter(found: ContractFacts) -> bool:
    return found.paper.territory.kind is Kind.QPV


def _named(one: Party) -> str:
    return one.named.name if one.role == "État" else cells.territory(one.named.name, str(one.named.code))


def _phone(one: Party) -> str:
    return cells.phone(one.contact.phone) if one.contact and one.contact.phone else "inconnu"


def _sections(found: ContractFacts) -> Iterator[Section]:
    yield Section("contrat", "Ce que c’est", tuple(_what(found)))
    others = f" Et {count(found.others, 'autre signataire', 'autres signataires')}." if found.others else ""
    parties = replace(grid("Signataires", PARTIES, found.parties), carded=True)
    yield Section("signataires", "Signataires", (parties, Paragraph(f"{NOT_LISTED}{others}", "quiet")))
    named = sorted(found.communes, key=lambda row: plain_words(row["name"]))
    names = tuple(cells.territory(row["name"], row["code"]) for row in named)
    communes = Items(names, folded=f"Les {len(names)} communes") if len(names) > MOST_NAMED else Items(names)
    yield Section("communes", "Communes", (communes,))
    if found.quarters:
        quarters = tuple(cells.territory(one.name, str(one.code)) for one in found.quarters)
        title = "Autres quartiers prioritaires" if _is_quarter(found) else "Quartiers prioritaires"
        yield Section("quartiers", title, (Items(quarters),))
    yield Section("ess", "L’économie sociale et solidaire ici", (Items(tuple(ess_reading(found.paper))),))
    yield Section("zones-blanches", "Accompagnement et zones blanches", tuple(_blank(found)))
    yield from _levers(found)
    yield from _aids(found)


def _what(found: ContractFacts) -> Iterator[Block]:
    for one in found.zonings:
        text = one.zoning.definition
        status = "" if text.read else cells.quiet(" (texte à vérifier)")
        yield Paragraph(cells.strong(one.zoning.label), "strong")
        yield Paragraph(one.zoning.summary)
        yield Paragraph(cells.Phrase("Texte : ", cells.away(text.title, text.href), status), "quiet")
    if _is_quarter(found) and not any(one.zoning.id == "contrat_ville" for one in found.zonings):
        yield Paragraph(
            "La liste des contrats de ville qui est lue finit le 31 décembre 2023 : celui d’aujourd’hui "
            "n’est pas connu ici. La préfecture et l’intercommunalité le disent.",
            "quiet",
        )


def _blank(found: ContractFacts) -> Iterator[Block]:
    yield from blank_zones(found.paper.diagnosis)
    if found.uncovered:
        yield Paragraph(f"Communes qu’aucun accompagnement n’atteint : {listed(found.uncovered)}.")


def _levers(found: ContractFacts) -> Iterator[Section]:
    rows = tuple(
        (
            _named(one),
            cells.Link(told.tool.name, Ref(Subject.TOOL, str(told.tool.number))),
            told.reasons[0] if told.reasons else "",
        )
        for one in found.parties
        for told in one.tools
    )
    if rows:
        title = "Leviers de chaque signataire"
        yield Section(
            "leviers",
            title,
            (Grid(title, ("Signataire", "Outil d’abord", "Pourquoi ici"), rows, carded=True),),
        )


def _aids(found: ContractFacts) -> Iterator[Section]:
    rows = tuple(
        (_named(one), cells.aid_cell(aid.name, aid.id), aid.verdict, cells.away(aid.desk, aid.desk_href))
        for one in found.parties
        for aid in one.aids
    )
    if rows:
        title = "Aides à mobiliser"
        yield Section(
            "aides", title, (Grid(title, ("Signataire", "Aide", "Réponse", "Guichet"), rows, carded=True),)
        )


TOPIC = Topic(describe, document, ContractDocument)
