"""Page of the levers: each tool with who may use it, under which texts, and what puts it first."""

from collections.abc import Iterator

from ancrage.levers.catalogue import read_levers
from ancrage.levers.declaration import LeverText, Tool

from .aids import BASES
from .markdown import code, codes, french_day, page, table


def levers_page() -> str:
    """The six levers, their nineteen tools, and the texts."""
    return page(
        "Leviers et outils",
        "Les six leviers et dix-neuf outils du compte rendu du 31 mars 2021, et ce qu'Ancrage en dit. "
        "Comment ils sont recommandés : [Les leviers et les outils](../leviers.md).",
        _blocks(),
    )


def _blocks() -> Iterator[str]:
    catalogue = read_levers()
    for lever in catalogue.levers:
        yield f"## {lever.number}. {lever.name}"
        yield lever.summary
        for tool in lever.tools:
            yield from _tool(tool)
    yield "## Textes"
    yield table(
        ("Identifiant", "Texte", "Vaut depuis", "Lecture"),
        (_text(name, text) for name, text in catalogue.texts.items()),
    )


def _tool(tool: Tool) -> Iterator[str]:
    yield f"### {tool.number}. {tool.name}"
    yield tool.summary
    yield table(
        ("Autorité", "Compétente", "Textes", "Réserve"),
        (
            (authority.value, told.verdict.label, codes(told.texts), told.note)
            for authority, told in tool.competence.items()
        ),
    )
    yield table(
        ("Ce qui le met en avant", "Règle", "D'où"),
        (
            (need.label, code(need.rule), "compte rendu" if need.basis == "compte_rendu" else "proposition")
            for need in tool.needs
        ),
    )


def _text(name: str, text: LeverText) -> tuple[str, str, str, str]:
    title = f"[{text.title}]({text.href})" if text.href else text.title
    since = french_day(text.since) if text.since else "non relu"
    return code(name), f"{title}. {text.note}".strip(), since, BASES[text.basis.value]
