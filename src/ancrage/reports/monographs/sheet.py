"""Monographs as sheets: the list, a case, those like yours."""

from collections.abc import Sequence

from ancrage.grid.criteria import HIGHEST, criteria
from ancrage.language.days import day
from ancrage.language.numbers import count, number, percent
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.catalogue import Monograph, Monographs
from ancrage.monographs.declaration import CaseSource
from ancrage.monographs.places import Placed
from ancrage.monographs.searching import Found
from ancrage.monographs.traits import LABELS, Alike, Traits
from ancrage.monographs.volume import STATEMENTS, UNKNOWN
from ancrage.reports.grid.wording import criterion_name
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet, present

KICKER = "Monographies"
METHOD = "monographies"
STUDY = (
    "L’étude de 2020 (ANCT) compte seize monographies ; deux de leurs structures sont nommées dans des "
    "textes que nous avons pu lire. Ce qui n’a pas été lu est dit à vérifier."
)


def list_sheet(cases: Sequence[Monograph], *, found: Sequence[Found] = (), typed: str = "") -> Sheet:
    """The cases, one a line."""
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
        fictitious=any(case.header.fictitious for case in cases),
    )


def _row(case: Monograph) -> tuple[str, ...]:
    header = case.header
    return (
        f"{header.name} ({case.id})",
        header.commune,
        header.category.label if header.category else UNKNOWN,
        header.legal_form.value if header.legal_form else UNKNOWN,
        ", ".join(map(str, sorted(header.tools))) or UNKNOWN,
    )


def case_sheet(placed: Placed) -> Sheet:
    """A case: identity, place, parts, contributions, grid, sources."""
    header = placed.case.header
    where = placed.territory.name if placed.territory else header.commune
    return Sheet(
        kicker=f"{KICKER} · {header.category.label if header.category else 'catégorie à vérifier'}",
        title=header.name,
        lead=f"{header.place or where} ({header.commune}), cas étudié au {day(header.studied_on)}.",
        sections=tuple(
            Section(identifier, title, blocks) for identifier, title, blocks in _parts(placed) if blocks
        ),
        warnings=(placed.note,) if placed.note else (),
        sources=tuple(map(_source, header.sources.values())),
        method=METHOD,
        fictitious=header.fictitious,
    )


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
            f"{one.tool}. {tools[one.tool].name}",
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
        (
            one.kind.label,
            "inconnue" if one.share is None else percent(one.share),
            "lu" if one.status == "lu" else UNKNOWN,
        )
        for one in case.header.resources
    )
    if not rows:
        return Paragraph("Les ressources n’ont pas été lues.")
    return Grid("Ressources", ("Ressource", "Part du budget", "État"), rows, right=frozenset({1}))


def _grid(case: Monograph) -> Grid | None:
    rows = tuple(
        (criterion_name(one), f"{case.header.grid[one.id]} / {HIGHEST}")
        for one in criteria()
        if one.id in case.header.grid
    )
    return Grid("Grille", ("Critère", "Niveau"), rows, right=frozenset({1})) if rows else None


def _source(source: CaseSource) -> str:
    read = "lu en entier" if source.read == "en_entier" else "extrait lu"
    where = f", {source.href}" if source.href else ""
    return f"{source.title}{where} ({read}, {day(source.read_on)})"


def alike_sheet(found: Sequence[Alike], *, told: str) -> Sheet:
    """Cases like yours, nearest first, the distance told trait by trait."""
    rows = tuple(
        (
            one.case.header.name,
            "incomparable" if one.likeness.distance is None else number(one.likeness.distance, 2),
            *(
                number(one.likeness.parts[name], 2) if name in one.likeness.parts else "inconnu"
                for name in LABELS
            ),
        )
        for one in found
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
        lead=told,
        sections=(Section("distances", "Du plus proche au plus lointain", (table,)),),
        method=METHOD,
        fictitious=any(one.case.header.fictitious for one in found),
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
