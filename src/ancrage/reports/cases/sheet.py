"""Cases as sheets: the list, and one in full."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ancrage.cases.case import Campaign, Case, Reading, Share, Sort
from ancrage.grid.criteria import criteria
from ancrage.language.days import day
from ancrage.language.numbers import count, euros, percent
from ancrage.levers.catalogue import read_levers
from ancrage.questions.cases import CasesFound
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, Link, Phrase, Ref, Subject, away, figure, territory
from ancrage.reports.grid.wording import criterion_name, tool_cell
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet, present

KICKER = "Ce que font d’autres territoires"
METHOD = "cas"
TYPED = "Ce qui suit est écrit par l’atelier qui publie ; Ancrage ne l’a pas vérifié."
LEAD = (
    "Des actions que des ateliers laissent lire, des campagnes à relayer, et les cas que cite le compte "
    "rendu de 2021. Chacune se reprend dans votre atelier, avec son origine."
)
FAR = (
    "Ressemblance : 0 est le territoire même ; plus le nombre est petit, plus les territoires se ressemblent "
    "(population, évolution, densité, intercommunalité, nombre de communes). Une commune se compare aux "
    "communes, et son intercommunalité aux intercommunalités ; un autre territoire n’est pas comparé."
)


def describe_list(answer: Answer[CasesFound]) -> Sheet:
    """The cases, one a line, those of territories alike first."""
    found, where = answer.facts.found, answer.facts.where
    columns = ("Cas", "Territoire", "Nature", "Outils", "Publié le")
    table = Grid(
        "Cas",
        (*columns, "Ressemblance") if where else columns,
        tuple(_row(case, far, compared=where is not None) for case, far in found),
        right=frozenset({len(columns)}) if where else frozenset(),
        note=FAR if where else "",
        carded=True,
    )
    none = "Aucun cas n’est publié" + (" qui réponde à tout cela." if answer.facts.asked else ".")
    return Sheet(
        kicker=count(len(found), "cas", "cas") if found else "Aucun cas",
        title=KICKER,
        lead=" ".join(filter(None, (LEAD, _order(answer.facts)))) if found else none,
        sections=(Section("cas", "Cas", (table,)),) if found else (),
        method=METHOD,
    )


def _order(facts: CasesFound) -> str:
    """Whether the first ones do resemble the territory that was named."""
    if facts.where is None:
        return ""
    if all(far is None for _, far in facts.found):
        return "Aucun n’est d’un territoire que l’on sache comparer à celui qui est demandé."
    return f"D’abord ceux des territoires les plus proches {facts.where.of_name}, par ressemblance."


def _row(case: Case, far: float | None, *, compared: bool) -> tuple[Cell, ...]:
    told: tuple[Cell, ...] = (
        named(case),
        place_cell(case),
        nature(case),
        tools_cell(case.tools),
        day(case.published_on) if case.published_on else "–",
    )
    return (*told, figure(far, 2, unknown="non comparé")) if compared else told


def named(case: Case) -> Link:
    """Its title, which leads to it."""
    return Link(case.title, Ref(Subject.CASE, case.id))


def place_cell(case: Case) -> str:
    """Its territory, which has a page when its code is known."""
    code = case.place[0]
    return territory(case.where, code) if code else case.where


def nature(case: Case) -> str:
    """What it is."""
    more = ", plusieurs intercommunalités" if case.shared else ""
    return case.sort.label + more


def tools_cell(numbers: Sequence[int]) -> str:
    """Its tools, by their numbers."""
    parts = [part for number in numbers for part in (", ", tool_cell(str(number), number))]
    return Phrase(*parts[1:]) if parts else "non dits"


def describe_one(answer: Answer[Case]) -> Sheet:
    """A case in full."""
    return sheet_of(answer.facts)


def sheet_of(case: Case) -> Sheet:
    """What anybody reads of a case: the form that publishes shows this very sheet before."""
    published = f", publié le {day(case.published_on)}" if case.published_on else ""
    told = (
        ("fait", "Ce qui est fait", tuple(map(Paragraph, _paragraphs(case.told)))),
        ("appris", "Ce qui en a été appris", tuple(map(Paragraph, _paragraphs(case.learnt)))),
        ("campagne", "La campagne", tuple(campaign_blocks(case.campaign)) if case.campaign else ()),
        ("apporte", "Qui apporte quoi", present((shares_grid(case.shares),))),
        ("identite", "En bref", (_identity(case),)),
    )
    return Sheet(
        kicker=f"{KICKER} · {nature(case)}",
        title=case.title,
        lead=f"{case.where}{published}.",
        sections=tuple(Section(name, title, blocks) for name, title, blocks in told if blocks),
        warnings=() if case.sort is Sort.STUDIED else (TYPED,),
        sources=(case.source,) if case.source else (),
        method=METHOD,
    )


def _paragraphs(text: str) -> Iterator[str]:
    return (piece for block in text.split("\n\n") if (piece := " ".join(block.split())))


def _identity(case: Case) -> Grid:
    catalogue, known = read_levers(), {one.id: one for one in criteria()}
    tools = [catalogue.tools[number] for number in case.tools]
    levers = dict.fromkeys(catalogue.lever_of(one).name for one in tools)
    rows: list[tuple[Cell, ...]] = [
        ("Territoire", place_cell(case)),
        ("Leviers", " ; ".join(levers) or "non dits"),
        *(("Outil", tool_cell(f"{one.number}. {one.name}", one.number)) for one in tools),
        *(("Critère de la grille", criterion_name(known[one])) for one in case.criteria if one in known),
    ]
    if case.state:
        rows.append(("État de l’action", case.state))
    if case.begin or case.end:
        rows.append(("Calendrier", _period(case.begin, case.end)))
    if case.publics:
        rows.append(("Publics", case.publics))
    if case.published_on:
        rows.append(("Repris par d’autres", count(case.copies, "action") if case.copies else "pas encore"))
    return Grid("En bref", ("Quoi", "Ce qui en est dit"), tuple(rows), carded=True)


def _period(begin: date | None, end: date | None) -> str:
    if begin and end:
        return f"du {day(begin)} au {day(end)}"
    return f"depuis le {day(begin)}" if begin else f"jusqu’au {day(end)}" if end else ""


def shares_grid(shares: Sequence[Share]) -> Grid | None:
    """Who brings what, and what is pooled."""
    if not shares:
        return None
    rows = [
        (one.name, one.nature, one.role or "–", one.brings or "–", _euros(one.granted), _euros(one.given))
        for one in shares
    ]
    total = ("Ensemble", "", "", "", _euros(_sum(shares, "granted")), _euros(_sum(shares, "given")))
    return Grid(
        "Qui apporte quoi",
        ("Organisation", "Ce qu’elle est", "Rôle", "Apporte", "Argent accordé", "En nature, valeur"),
        (*rows, total),
        right=frozenset({4, 5}),
        highlighted=frozenset({len(rows)}),
        note="Ne compte que ce que les deux côtés ont confirmé ; un montant que personne n’a confirmé est "
        "inconnu, pas nul.",
        carded=True,
    )


def _sum(shares: Sequence[Share], name: str) -> Decimal | None:
    known = [value for one in shares if (value := getattr(one, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def _euros(value: Decimal | None) -> str:
    return "inconnu" if value is None else euros(float(value))


def campaign_blocks(one: Campaign) -> Iterator[Block]:
    """Where a campaign stands, then what it had gathered, day by day."""
    yield _campaign(one)
    if one.readings:
        yield Grid(
            "Ce qui est réuni, jour par jour",
            ("Jour", "Réuni", "De l’objectif", "Personnes", "Lu où"),
            tuple(_reading(each, one.goal) for each in one.readings),
            right=frozenset({1, 2, 3}),
            note="Chaque relevé est écrit par l’atelier, avec où il l’a lu ; Ancrage ne l’a pas vérifié.",
            carded=True,
        )


def _reading(one: Reading, goal: Decimal | None) -> tuple[Cell, ...]:
    return (
        day(one.on),
        euros(float(one.gathered)),
        percent(float(one.gathered / goal)) if goal else "inconnu",
        "inconnu" if one.backers is None else figure(one.backers),
        away(one.source, one.link) if one.link else one.source,
    )


def gathered_words(one: Campaign) -> str:
    """What was gathered at the last reading, its day, and of what goal."""
    if not one.readings:
        return "Ce qu’elle a réuni n’est pas encore relevé."
    last = one.readings[-1]
    share = f", soit {percent(float(one.reached))} de l’objectif" if one.reached is not None else ""
    return f"Réuni au {day(last.on)} : {euros(float(last.gathered))}{share} (lu : {last.source})."


def _campaign(one: Campaign) -> Block:
    return Items(
        (
            f"Où elle en est, dit l’atelier : {one.stage.label}.",
            gathered_words(one),
            f"Objectif : {_euros(one.goal)}.",
            f"Jusqu’au {day(one.ends)}." if one.ends else "Le jour où elle finit n’est pas dit.",
            Phrase("Sa page : ", away(one.link, one.link)) if one.link else "Sa page n’est pas dite.",
        )
    )
