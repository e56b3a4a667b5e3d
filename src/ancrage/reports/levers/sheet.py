"""The levers in words: what is advised to an authority, and each tool in full."""

from collections.abc import Iterator, Mapping
from typing import Any

from ancrage.aids.declaration import Aid
from ancrage.diagnosis.levers import advice_part, as_part
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import LeverCatalogue
from ancrage.levers.declaration import Competence, LeverText, Tool
from ancrage.levers.recommending import Advice, Recommendation, Status
from ancrage.levers.telling import told_rule
from ancrage.questions.levers import LeverFacts, ToolFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.repairs import See
from ancrage.reports.cells import aid_cell, day_cell
from ancrage.reports.documents import heading
from ancrage.reports.levers.document import (
    LeverListDocument,
    RecommendationDocument,
    ToolDocument,
    ToolHereDocument,
)
from ancrage.reports.levers.precondition import LAW, REPORT, TOLD, precondition_section
from ancrage.reports.levers.section import AUTHORITIES, PROPOSED, small, tool_cell
from ancrage.reports.sheet import Block, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "leviers"
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


def describe(answer: Answer[LeverFacts]) -> Sheet:
    """What is advised to an authority for a territory."""
    found, catalogue, territory = answer.facts.found, answer.facts.catalogue, answer.territory
    assert territory is not None  # noqa: S101 an advice is always for a territory
    return Sheet(
        kicker=f"Leviers et outils, au {day(found.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead=f"Ce que {AUTHORITIES[found.authority]} peut faire pour l’ESS ici, par où commencer, "
        "et pourquoi.",
        warnings=(TOLD[found.precondition],),
        figures=tuple(
            KeyFigure(status.label, str(len(found.of(status))), count_of(len(found.of(status))))
            for status in Status
        ),
        sections=(
            precondition_section(found.precondition, catalogue.texts),
            *(
                (Section("competences", _exercises(found), (Items(found.powers.told),)),)
                if found.powers.told
                else ()
            ),
            *(_status_section(found, status) for status in Status if found.of(status)),
        ),
        sources=tuple(text_line(text) for text in _cited(found, catalogue)),
        method=METHOD,
        on=found.on,
    )


def document(answer: Answer[LeverFacts]) -> dict[str, Any]:
    """Plain values: :class:`RecommendationDocument` is their schema."""
    found = answer.facts.found
    part = as_part(found, fictitious=answer.fictitious).model_dump(mode="json")
    exercised = list(found.powers.told)
    return {**heading(answer, (TOLD[found.precondition],)), **part, "exercises": exercised}


def _exercises(found: Recommendation) -> str:
    """Whose competences are told: a commune is told those of its intercommunalité."""
    own = found.authority is not Authority.COMMUNE or found.powers.status is not None
    return "Ce qu’elle exerce" if own else "Ce qu’exerce son intercommunalité"


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
    first = status is Status.PRIORITAIRE
    yield Grid(
        name=TITLES[status],
        columns=("Outil", "Pourquoi", *(("Le chiffre",) if first else ()), "Fondé depuis", "Peuvent aussi"),
        rows=tuple(
            (
                tool_cell(advice.tool.number, advice.tool.name),
                " ; ".join(advice.reasons),
                *((" ; ".join(one.sentence for one in advice.figures[:1]),) if first else ()),
                day_cell(advice.competence.since, unknown="non relu"),
                ", ".join(SHORT[one] for one in advice.others) or "personne",
            )
            for advice in advices
        ),
    )
    if first:
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


def describe_tool(answer: Answer[ToolFacts]) -> Sheet:
    """A tool in full; on a territory, what it means for an authority there."""
    tool, catalogue, advice = answer.facts.tool, answer.facts.catalogue, answer.facts.advice
    texts = catalogue.texts
    lever = catalogue.lever_of(tool)
    usable = advice.open_aids if advice else ()
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
        Section("aides", "Aides qui vont avec", tuple(_aid_blocks(tool, answer.facts.aids, usable))),
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


REASONS = ("Raison", "Réponse", "Chiffre", "D’où elle vient", "Règle")


def _advice_section(advice: Advice) -> Section:
    needs = tuple(
        (
            answer.need.label,
            answer.verdict,
            answer.figure.sentence if answer.figure else "",
            "compte rendu de 2021" if answer.need.basis == "compte_rendu" else "proposition d’Ancrage",
            told_rule(answer.need.rule),
        )
        for answer in advice.needs
    )
    return Section(
        "conseil",
        "Pour ce territoire",
        (
            Paragraph(f"{SIGNS[advice.status]} : {' ; '.join(advice.reasons)}.", "strong"),
            Grid(
                "Raisons de le mettre en avant",
                ("Raison", "Réponse", "Chiffre", "D’où elle vient", "Règle"),
                needs,
            ),
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


def _named(aid: Aid, usable: bool) -> str:
    return aid.name + (" : à demander ici dès maintenant" if usable else "")


def _aid_blocks(tool: Tool, aids: Mapping[str, Aid], usable: tuple[str, ...]) -> Iterator[Block]:
    if not tool.aids:
        yield Paragraph("Aucune aide du catalogue ne va avec cet outil.", "quiet")
        return
    yield Items(tuple(aid_cell(_named(aids[name], name in usable), name) for name in tool.aids))
    yield Paragraph("", "quiet", tuple(See("aid", name) for name in tool.aids))


def _example_blocks(tool: Tool, texts: Mapping[str, LeverText]) -> Iterator[Block]:
    if not tool.examples:
        yield Paragraph("Aucun exemple n’a été trouvé dans une source lisible.", "quiet")
        return
    yield Items(tuple(_with_text(one.what, one.text, texts) for one in tool.examples))


def document_of_tool(answer: Answer[ToolFacts]) -> dict[str, Any]:
    """Plain values; on a territory, with what is advised there."""
    told = {**heading(answer), **answer.facts.tool.model_dump(mode="json")}
    advice = answer.facts.advice
    return told if advice is None else {**told, "advice": advice_part(advice).model_dump(mode="json")}


def describe_catalogue(answer: Answer[LeverCatalogue]) -> Sheet:
    """The six levers and their nineteen tools."""
    catalogue = answer.facts
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
                    Items(tuple(tool_cell(tool.number, tool.name) for tool in lever.tools)),
                ),
            )
            for lever in catalogue.levers
        ),
        sources=(text_line(catalogue.texts[REPORT]),),
        method=METHOD,
    )


def document_of_catalogue(answer: Answer[LeverCatalogue]) -> dict[str, Any]:
    """The levers, as the catalogue declares them."""
    return {**heading(answer), "items": [lever.model_dump(mode="json") for lever in answer.facts.levers]}


TOPIC = Topic(describe, document, RecommendationDocument)
TOPIC_OF_TOOL = Topic(describe_tool, document_of_tool, ToolDocument)
TOPIC_OF_TOOL_HERE = Topic(describe_tool, document_of_tool, ToolHereDocument)
TOPIC_OF_CATALOGUE = Topic(describe_catalogue, document_of_catalogue, LeverListDocument)
