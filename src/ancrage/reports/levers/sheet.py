"""The levers in words: what is advised to an authority, each tool in full, and the section of a diagnosis."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from ancrage.aids.declaration import Aid
from ancrage.diagnosis.model import Levers, ToolAdvice
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.levers.catalogue import LeverCatalogue
from ancrage.levers.declaration import Authority, Competence, LeverText, Tool
from ancrage.levers.recommending import Advice, Recommendation, Status
from ancrage.reasoning import Verdict
from ancrage.reports.levers.precondition import LAW, REPORT, TOLD, precondition_section
from ancrage.reports.sheet import Block, Grid, Items, KeyFigure, Paragraph, Section, Sheet

METHOD = "leviers"
AUTHORITIES = {
    Authority.COMMUNE: "la commune",
    Authority.EPCI: "l’EPCI",
    Authority.DEPARTEMENT: "le département",
    Authority.REGION: "la région",
    Authority.ETAT: "l’État",
    Authority.CAF: "la CAF",
}
SHORT = {
    authority: words.split("’")[-1].removeprefix("la ").removeprefix("le ")
    for authority, words in AUTHORITIES.items()
}
TITLES = {
    Status.PRIORITAIRE: "Par quoi commencer",
    Status.POSSIBLE: "Ce qui est possible aussi",
    Status.A_VERIFIER: "À vérifier avant d’agir",
    Status.HORS_COMPETENCE: "Hors de sa compétence",
}
SIGNS = {
    Status.PRIORITAIRE: "● prioritaire",
    Status.POSSIBLE: "○ possible",
    Status.A_VERIFIER: "? à vérifier",
    Status.HORS_COMPETENCE: "– hors compétence",
}
BASIS = {
    "texte_lu": "texte lu",
    "page_lue": "page lue",
    "compte_rendu": "compte rendu de 2021",
    "a_verifier": "à vérifier",
}
PROPOSED = "Les raisons de mettre un outil en avant sont une proposition d’Ancrage ; chacune est écrite."


def levers_sheet(
    found: Recommendation, *, place: str, catalogue: LeverCatalogue, fictitious: bool, note: str = ""
) -> Sheet:
    """What is advised to an authority for a territory."""
    who = AUTHORITIES[found.authority]
    return Sheet(
        kicker=f"Leviers et outils, au {day(found.on)}",
        title=place,
        lead=f"Ce que {who} peut faire pour l’ESS ici, par où commencer, et pourquoi.",
        warnings=tuple(text for text in (note, TOLD[found.precondition]) if text),
        figures=tuple(
            KeyFigure(status.label, str(len(found.of(status))), count_of(len(found.of(status))))
            for status in Status
        ),
        sections=(
            precondition_section(found.precondition, catalogue.texts),
            *(_status_section(found, status) for status in Status if found.of(status)),
        ),
        sources=tuple(text_line(text) for text in _cited(found, catalogue)),
        method=METHOD,
        fictitious=fictitious,
        on=found.on,
    )


def small(name: str) -> str:
    """A name inside a sentence: its first letter small, « ESS » as it is."""
    return f"{name[:1].lower()}{name[1:]}"


def count_of(number: int) -> str:
    """« outil » with its plural."""
    return "outils" if number > 1 else "outil"


def _status_section(found: Recommendation, status: Status) -> Section:
    advices = found.of(status)
    return Section(
        id=status.value.replace("_", "-"),
        title=TITLES[status],
        aside=count(len(advices), "outil"),
        blocks=tuple(_status_blocks(advices, status)),
    )


def _status_blocks(advices: tuple[Advice, ...], status: Status) -> Iterator[Block]:
    yield Grid(
        name=TITLES[status],
        columns=("Outil", "Pourquoi", "Fondé depuis", "Peuvent aussi"),
        rows=tuple(
            (
                f"{advice.tool.number}. {advice.tool.name}",
                " ; ".join(advice.reasons),
                day(advice.competence.since) if advice.competence.since else "non relu",
                ", ".join(SHORT[one] for one in advice.others) or "personne",
            )
            for advice in advices
        ),
    )
    if status is Status.PRIORITAIRE:
        yield Paragraph(PROPOSED, "quiet")
        open_ = dict.fromkeys(fact for advice in advices for fact in advice.missing)
        if open_:
            yield Paragraph(f"D’autres raisons restent inconnues : {' ; '.join(open_)}.", "quiet")


def _cited(found: Recommendation, catalogue: LeverCatalogue) -> Iterator[LeverText]:
    named = {name for advice in found.advices for name in advice.tool.competence[found.authority].texts}
    yield from (catalogue.texts[name] for name in (REPORT, LAW))
    for name, text in catalogue.texts.items():
        if name in named - {REPORT, LAW}:
            yield text


def text_line(text: LeverText) -> str:
    """A text with how far it was checked, and its address."""
    note = f" {text.note}" if text.note else ""
    where = f" {text.href}" if text.href else ""
    return f"{text.title} ({BASIS[text.basis.value]}, {day(text.checked_on)}).{note}{where}"


def tool_sheet(
    tool: Tool, *, catalogue: LeverCatalogue, aids: Mapping[str, Aid], advice: Advice | None = None
) -> Sheet:
    """A tool in full; with ``advice``, what it means for an authority on a territory."""
    texts = catalogue.texts
    lever = catalogue.lever_of(tool)
    sections = (
        *(() if advice is None else (_advice_section(advice),)),
        Section("competence", "Qui peut s’en servir", (_competence_grid(tool, texts),)),
        Section(
            "prerequis",
            "Prérequis",
            (Items((PREREQUISITE, *tool.prerequisites)),),
        ),
        Section("etapes", "Étapes", (Items(tool.steps, ordered=True),)),
        Section(
            "vigilance",
            "Points de vigilance",
            (Items(tuple(_with_text(one.label, one.text, texts) for one in tool.vigilance)),),
        ),
        Section("aides", "Aides qui vont avec", tuple(_aid_blocks(tool, aids))),
        Section("indicateurs", "Indicateurs à suivre", (Items(tool.indicators),)),
        Section("exemples", "Exemples", tuple(_example_blocks(tool, texts))),
    )
    return Sheet(
        kicker=f"Levier {lever.number}, {small(lever.name)}",
        title=f"{tool.number}. {tool.name}",
        lead=tool.summary,
        sections=sections,
        sources=tuple(text_line(texts[name]) for name in texts if name in tool.texts),
        method=METHOD,
    )


PREREQUISITE = "La volonté de co-construire un partenariat de long terme (compte rendu de 2021)."


def _advice_section(advice: Advice) -> Section:
    needs = tuple(
        (
            answer.need.label,
            answer.verdict,
            "compte rendu de 2021" if answer.need.basis == "compte_rendu" else "proposition d’Ancrage",
            answer.need.rule,
        )
        for answer in advice.needs
    )
    return Section(
        "conseil",
        "Pour ce territoire",
        (
            Paragraph(f"{SIGNS[advice.status]} : {' ; '.join(advice.reasons)}.", "strong"),
            Grid("Raisons de le mettre en avant", ("Raison", "Réponse", "D’où elle vient", "Règle"), needs),
        ),
    )


def _competence_grid(tool: Tool, texts: Mapping[str, LeverText]) -> Grid:
    return Grid(
        "Autorités et fondements",
        ("Autorité", "Compétence", "Fondement et réserve"),
        tuple(
            (AUTHORITIES[authority], told.verdict, _grounds(told, texts))
            for authority, told in tool.competence.items()
        ),
    )


def _grounds(told: Competence, texts: Mapping[str, LeverText]) -> str:
    titles = " ; ".join(
        texts[name].title + (f", depuis le {day(since)}" if (since := texts[name].since) else "")
        for name in told.texts
    )
    return f"{titles}. {told.note}".strip()


def _with_text(label: str, name: str | None, texts: Mapping[str, LeverText]) -> str:
    return f"{label} ({texts[name].title})" if name else label


def _aid_blocks(tool: Tool, aids: Mapping[str, Aid]) -> Iterator[Block]:
    if not tool.aids:
        yield Paragraph("Aucune aide du catalogue ne va avec cet outil.", "quiet")
        return
    yield Items(tuple(f"{aids[name].name} ({name})" for name in tool.aids))
    yield Paragraph(f"Leurs conditions : ancrage aides montrer {tool.aids[0]}", "quiet")


def _example_blocks(tool: Tool, texts: Mapping[str, LeverText]) -> Iterator[Block]:
    if not tool.examples:
        yield Paragraph("Aucun exemple n’a été trouvé dans une source lisible.", "quiet")
        return
    yield Items(tuple(_with_text(one.what, one.text, texts) for one in tool.examples))


def catalogue_sheet(catalogue: LeverCatalogue) -> Sheet:
    """The six levers and their nineteen tools."""
    return Sheet(
        kicker="Leviers et outils",
        title="Six leviers, dix-neuf outils",
        lead="Ce que les décideurs publics peuvent faire pour que l’ESS dure, "
        "d’après l’étude présentée le 31 mars 2021.",
        warnings=(TOLD[Verdict.A_VERIFIER],),
        sections=tuple(
            Section(
                f"levier-{lever.number}",
                f"{lever.number}. {lever.name}",
                (
                    Paragraph(lever.summary),
                    Items(tuple(f"{tool.number}. {tool.name}" for tool in lever.tools)),
                ),
            )
            for lever in catalogue.levers
        ),
        sources=(text_line(catalogue.texts[REPORT]),),
        method=METHOD,
    )


def levers_section(levers: Levers) -> Section:
    """The section of a diagnosis: what is first, then what is to be checked; the rest is counted."""
    return Section(
        "leviers",
        "Leviers et outils",
        tuple(_section_blocks(levers)),
        aside=f"pour {AUTHORITIES[Authority(levers.authority)]}",
    )


def _section_blocks(levers: Levers) -> Iterator[Block]:
    yield Paragraph(TOLD[levers.precondition])
    if levers.fictitious:
        yield Paragraph("Des raisons tiennent à des données de démonstration, fictives.", "strong")
    kept = [tool for tool in levers.tools if tool.status == Status.PRIORITAIRE.value]
    if kept:
        yield Grid(
            "Outils par lesquels commencer",
            ("Outil", "Pourquoi", "Fondement"),
            tuple((f"{tool.number}. {tool.name}", " ; ".join(tool.reasons), _found(tool)) for tool in kept),
            note=PROPOSED,
        )
    else:
        yield Paragraph("Rien de ce que dit le diagnostic ne met un outil en avant.")
    for status, tools in groupby(levers.tools, key=lambda tool: Status(tool.status)):
        if status is not Status.PRIORITAIRE:
            listed = ", ".join(f"{tool.number}. {small(tool.name)}" for tool in tools)
            yield Paragraph(f"{status.label.capitalize()} : {listed}.", "quiet")


def _found(tool: ToolAdvice) -> str:
    since = f" (depuis le {day(tool.since)})" if tool.since else ""
    return " ; ".join(text.title for text in tool.texts) + since
