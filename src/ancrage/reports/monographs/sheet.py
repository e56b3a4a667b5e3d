"""Monographs as sheets: the list, a case, those like yours."""

from collections.abc import Sequence

from ancrage.grid.criteria import HIGHEST, criteria
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.catalogue import Monograph, Monographs
from ancrage.monographs.declaration import CaseSource
from ancrage.monographs.places import Placed
from ancrage.monographs.traits import LABELS, Traits
from ancrage.monographs.volume import STATEMENTS, UNKNOWN
from ancrage.questions.monographs import Cases, Likest
from ancrage.questions.question import Answer
from ancrage.reports.cells import Cell, Figure, Link, Phrase, Ref, Subject, figure, share, territory
from ancrage.reports.grid.wording import criterion_name, tool_cell
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet, present

KICKER = "Monographies"
METHOD = "monographies"
STUDY = (
    "L’étude de 2020 (ANCT) compte seize monographies ; deux de leurs structures sont nommées dans des "
    "textes que nous avons pu lire. Les autres cas sont ceux que son compte rendu cite à la table ronde. Ce "
    "qui n’a pas été lu est dit à vérifier."
)


def describe_list(answer: Answer[Cases]) -> Sheet:
    """The cases, one a line."""
    cases, found, typed = answer.facts.cases, answer.facts.found, answer.facts.typed
    read = " ".join(dict.fromkeys(word for one in found for word in one.read))
    lead = f"Recherche : « {typed} »." if typed else STUDY
    table = Grid(
        "Cas",
        ("Structure", "Commune", "Catégorie", "Forme", "Outils publics"),
        tuple(_row(case) for case in cases),
        note=f"Lu comme : {read}." if read else "",
    )
    return Sheet(
        kicker=KICKER,
        title=f"{len(cases)} cas" if cases else "Aucun cas ne répond",
        lead=lead,
        sections=(Section("cas", "Cas", (table,)),) if cases else (),
        method=METHOD,
    )


def _row(case: Monograph) -> tuple[Cell, ...]:
    header = case.header
    return (
        _named(case, header.name),
        territory(header.where, header.commune) if header.commune else header.where,
        header.category.label if header.category else UNKNOWN,
        header.legal_form.value if header.legal_form else UNKNOWN,
        _tools(sorted(header.tools)),
    )


def _named(case: Monograph, words: str) -> Link:
    return Link(words, Ref(Subject.MONOGRAPH, case.id))


def _tools(numbers: Sequence[int]) -> str:
    parts = [part for number in numbers for part in (", ", tool_cell(str(number), number))]
    return Phrase(*parts[1:]) if parts else UNKNOWN


def describe_one(answer: Answer[Placed]) -> Sheet:
    """A case: identity, place, parts, contributions, grid, sources."""
    placed, header = answer.facts, answer.facts.case.header
    where = header.place or (placed.territory.name if placed.territory else header.where)
    code = f" ({header.commune})" if header.commune else ""
    return Sheet(
        kicker=f"{KICKER} · {header.category.label if header.category else 'catégorie à vérifier'}",
        title=header.name,
        lead=f"{where}{code}, cas étudié au {day(header.studied_on)}.",
        sections=tuple(
            Section(identifier, title, blocks) for identifier, title, blocks in _parts(placed) if blocks
        ),
        warnings=(placed.note,) if placed.note else (),
        sources=sources_of(placed.case),
        method=METHOD,
        on=header.studied_on,
    )


def sources_of(case: Monograph) -> tuple[str, ...]:
    """Where a case was read."""
    return tuple(map(_source, case.header.sources.values()))


def _parts(placed: Placed) -> tuple[tuple[str, str, tuple[Block, ...]], ...]:
    case = placed.case
    told = [
        (f"partie-{rank}", title, tuple(Paragraph(text) for text in _paragraphs(text)))
        for rank, (title, text) in enumerate(case.parts.items())
    ]
    return (
        ("identite", "Identité", (_identity(case),)),
        ("lieu", "Lieu et zonages ce jour-là", _zonings(placed)),
        *told,
        ("contributions", "Contributions publiques, par levier et outil", present((_contributions(case),))),
        ("ressources", "Ressources", present((_resources(case),))),
        ("grille", "Grille de pérennité", present((_grid(case),))),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(piece.split()) for piece in text.split("\n\n") if piece.strip())


def _identity(case: Monograph) -> Grid:
    header = case.header
    rows = []
    for name, label in STATEMENTS.items():
        stated = header.stated[name]
        source = header.sources[stated.source].title if stated else ""
        doubt = UNKNOWN if stated is None or stated.status == "a_verifier" else "lu"
        rows.append((label, stated.value if stated else UNKNOWN, doubt, source))
    return Grid("Identité", ("Champ", "Ce qui en est dit", "État", "Source"), tuple(rows))


def _zonings(placed: Placed) -> tuple[Block, ...]:
    rows = tuple((one.zoning.label, one.verdict, one.reason) for one in placed.zonings)
    return (Grid("Zonages", ("Zonage ou programme", "Réponse", "Motif"), rows),) if rows else ()


def _contributions(case: Monograph) -> Grid | Paragraph:
    tools, catalogue = read_levers().tools, read_levers()
    rows = tuple(
        (
            catalogue.lever_of(tools[one.tool]).name,
            tool_cell(f"{one.tool}. {tools[one.tool].name}", one.tool),
            one.authority.value if one.authority else UNKNOWN,
            one.what + (f" ({one.since})" if one.since else ""),
            "lu" if one.status == "lu" else UNKNOWN,
        )
        for one in case.header.contributions
    )
    if not rows:
        return Paragraph(
            "Aucune contribution publique n’a été lue : cela ne veut pas dire qu’il n’y en a pas eu."
        )
    return Grid("Contributions", ("Levier", "Outil", "Autorité", "Quoi", "État"), rows)


def _resources(case: Monograph) -> Grid | Paragraph:
    rows = tuple(
        (one.kind.label, share(one.share, unknown="inconnue"), "lu" if one.status == "lu" else UNKNOWN)
        for one in case.header.resources
    )
    if not rows:
        return Paragraph("Les ressources n’ont pas été lues.")
    return Grid("Ressources", ("Ressource", "Part du budget", "État"), rows, right=frozenset({1}))


def _grid(case: Monograph) -> Grid | None:
    rows = tuple(
        (criterion_name(one), Figure(f"{case.header.grid[one.id]} / {HIGHEST}", case.header.grid[one.id]))
        for one in criteria()
        if one.id in case.header.grid
    )
    return Grid("Grille", ("Critère", "Niveau"), rows, right=frozenset({1})) if rows else None


def _source(source: CaseSource) -> str:
    read = "lu en entier" if source.read == "en_entier" else "extrait lu"
    where = f", {source.href}" if source.href else ""
    return f"{source.title}{where} ({read}, {day(source.read_on)})"


def describe_alike(answer: Answer[Likest]) -> Sheet:
    """Cases like yours, nearest first, the distance told trait by trait."""
    where = answer.facts.where
    told = told_traits(answer.facts.wanted, where.name if where else None)
    rows = tuple(
        (
            _named(one.case, one.case.header.name),
            figure(one.likeness.distance, 2, unknown="incomparable"),
            *(figure(one.likeness.parts.get(name), 2) for name in LABELS),
        )
        for one in answer.facts.alike
    )
    table = Grid(
        "Distances",
        ("Cas", "Distance", *(label.capitalize() for label in LABELS.values())),
        rows,
        right=frozenset(range(1, 2 + len(LABELS))),
        note="0 : semblable. 1 : tout diffère. La distance est la moyenne des traits connus des deux côtés ; "
        "un trait inconnu n’est jamais compté comme une différence.",
    )
    return Sheet(
        kicker=KICKER,
        title="Des cas qui ressemblent au vôtre",
        lead=f"Votre cas : {told}.",
        sections=(Section("distances", "Du plus proche au plus lointain", (table,)),),
        method=METHOD,
    )


def told_traits(wanted: Traits, where: str | None) -> str:
    """What is told of one's own case, in words."""
    parts = [
        where,
        f"outils {', '.join(map(str, sorted(wanted.tools)))}" if wanted.tools else None,
        f"activité {wanted.naf}" if wanted.naf else None,
        f"tranche {wanted.band}" if wanted.band else None,
        f"famille {wanted.family}" if wanted.family else None,
    ]
    return ", ".join(filter(None, parts)) or "aucun trait n'est dit"


def check_sheet(cases: Monographs) -> Sheet:
    """Files that hold together."""
    lines = tuple(f"{case.origin} : {case.header.name}" for case in cases.cases)
    return Sheet(
        kicker=KICKER,
        title="Aucune faute",
        lead=f"{count(len(lines), 'fichier lu', 'fichiers lus')}.",
        sections=(Section("fichiers", "Fichiers", (Items(lines),)),),
        method=METHOD,
    )
