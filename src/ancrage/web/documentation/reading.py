"""The French pages of ``docs/``, as they are in the repository and in the wheel.

Links from page to page become addresses of the site; those that leave the documentation for the code lose
their address, since the site does not show the code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, pairwise
from pathlib import Path

from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

IN_WHEEL = Path(__file__).parent / "pages"
IN_REPOSITORY = Path(__file__).parents[4] / "docs"
OWN = Path(__file__).parent / "own"

PAGES = {
    "methodes": "Méthodes",
    "glossaire": "Glossaire",
    "donnees": "Données",
    "zonages": "Zonages et programmes",
    "perimetre-ess": "Périmètre de l’ESS",
    "annuaire": "Annuaire et recherche",
    "rapports": "Rapports",
    "tableaux": "Tableaux et CSV",
    "panel": "Choisir un panel",
    "aides": "Les aides",
    "leviers": "Leviers et outils",
    "grille": "Grille de pérennité",
    "survie": "Survie des structures",
    "contacts": "Qui peut m’aider ici",
    "portrait": "L’ESS d’ici",
    "achats": "Achats responsables",
    "couverture": "Couverture par l’accompagnement",
    "monographies": "Monographies",
    "cas": "Ce que font d’autres territoires",
    "ouvrir-des-sites": "Où ouvrir ensuite",
    "dynamiques": "Dynamiques collectives",
    "veille": "Veille d’un corpus",
    "api": "L’API",
    "exploitation": "Exploitation",
    "securite-asvs": "Sécurité",
    "performance": "Performance",
    "accessibilite": "Accessibilité",
    "mentions-legales": "Mentions légales",
}
PAGE_LINK = re.compile(r"^([a-z-]+)\.md(#.*)?$")


@dataclass(frozen=True, slots=True)
class Document:
    """A page ready to show: its title, its body, the titles of its parts with their anchors."""

    title: str
    body: Markup
    parts: tuple[tuple[str, str], ...]


@cache
def read(page: str) -> Document:
    """The page of this name, one of ``PAGES``."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_text(page))
    title = _take_title(tokens) or PAGES[page]
    parts = tuple(_anchored(tokens))
    _relink(tokens)
    tokens = list(_captioned(tokens, title))
    body = markdown.renderer.render(tokens, markdown.options, {})
    return Document(title, Markup(_scrolling(body)), parts)  # noqa: S704 Markdown of ours, HTML refused


def _text(page: str) -> str:
    for folder in (OWN, IN_WHEEL, IN_REPOSITORY):
        if (folder / f"{page}.md").is_file():
            return (folder / f"{page}.md").read_text(encoding="utf-8")
    return "Cette page n'accompagne pas cette installation."


def _take_title(tokens: list[Token]) -> str:
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = tokens[1].content
        del tokens[:3]
        return title
    return ""


def _anchored(tokens: list[Token]) -> list[tuple[str, str]]:
    found = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            anchor = re.sub(r"[^\w]+", "-", inline.content.lower()).strip("-")
            opening.attrSet("id", anchor)
            if opening.tag == "h2":
                found.append((anchor, re.sub(r"[`*_]", "", inline.content)))
    return found


def _captioned(tokens: list[Token], title: str) -> Iterator[Token]:
    """A table is captioned by the title it stands under: a screen reader lists tables by their captions."""
    under, opened = title, ""
    for token in tokens:
        if opened == "heading_open":
            under = re.sub(r"[`*_]", "", token.content)
        yield token
        opened = token.type
        if opened == "table_open":
            yield Token("html_block", "", 0, content=f'<caption class="cache">{escape(under)}</caption>')


def _relink(tokens: list[Token]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _address(str(child.attrGet("href") or "")))
            if child.type == "image":
                child.type, child.tag, child.content = "text", "", f"[{child.content}]"


def _address(href: str) -> str:
    linked = PAGE_LINK.match(href)
    if linked and linked.group(1) in PAGES:
        return reverse("documentation", args=(linked.group(1),)) + (linked.group(2) or "")
    return href if href.startswith(("https://", "http://", "#", "/")) else "#"


def _scrolling(body: str) -> str:
    """Tables scroll in a frame of their own, each named apart for who cannot see it."""
    rank = count(1)
    frame = '<div class="large ample" role="region" aria-label="Tableau {}" tabindex="0"><table>'
    framed = re.sub("<table>", lambda _: frame.format(next(rank)), body)
    return framed.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
