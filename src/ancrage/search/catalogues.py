"""What the project itself declares, as entries: levers, tools, monographs, words of the glossary."""

import re
from collections.abc import Iterator
from pathlib import Path

import ancrage
from ancrage.language.folding import address
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.catalogue import Monograph, read_monographs
from ancrage.search.suggestion import Entry, Found

PACKAGE = Path(ancrage.__file__).parent
GLOSSARY = (PACKAGE / "web/documentation/pages/glossaire.md", PACKAGE.parents[1] / "docs/glossaire.md")
"""Where the glossary is in the wheel, then in the repository."""
LINE = re.compile(r"^\| \*\*(.+?)\*\*([^|]*)\| ([^|]+) \|")
SIGNS = re.compile(r"\[([^\]]+)\]\[?[^\]]*\]?|[*`]")


def lever_entries() -> Iterator[Entry]:
    """The six levers and their nineteen tools."""
    for lever in read_levers().levers:
        yield _told(
            Found.LEVER, str(lever.number), lever.name, f"levier {lever.number} sur six", lever.summary
        )
        for tool in lever.tools:
            yield _told(
                Found.TOOL,
                str(tool.number),
                tool.name,
                f"outil {tool.number}, levier « {lever.name} »",
                f"{tool.summary} {lever.name}",
            )


def monograph_entries() -> Iterator[Entry]:
    """The cases of the project."""
    return (_case(case) for case in read_monographs().cases)


def _case(case: Monograph) -> Entry:
    place = case.header.place
    detail = f"monographie, {place}" if place else "monographie"
    return _told(
        Found.MONOGRAPH, case.id, case.header.name, detail, f"{place} {' '.join(case.parts.values())}"
    )


def term_entries() -> Iterator[Entry]:
    """Words of the glossary; a page that does not come with this installation has none."""
    part = ""
    for line in _glossary().splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ")
        elif found := LINE.match(line):
            word, apposition, meaning = (SIGNS.sub(r"\1", each).strip(" ,") for each in found.groups())
            title = f"{word}, {apposition}" if apposition else word
            yield Entry(
                kind=Found.TERM,
                code=f"{anchor(part)}:{address(word)}",
                title=title,
                detail=meaning,
                names=tuple(filter(None, (word, apposition))),
                codes=(),
                about=meaning,
            )


def anchor(title: str) -> str:
    """Where a part of a page of the documentation stands, as that page anchors it."""
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


def _glossary() -> str:
    return next((path.read_text("utf-8") for path in GLOSSARY if path.is_file()), "")


def _told(kind: Found, code: str, name: str, detail: str, about: str) -> Entry:
    return Entry(kind=kind, code=code, title=name, detail=detail, names=(name,), codes=(), about=about)
