"""A convention as a document: its parties, its articles, each with its text, and where to sign."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ancrage.language.days import day
from ancrage.language.phrases import listed
from ancrage.reports.columns import for_reading
from ancrage.reports.papers.note import TO_FILL
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.workspace.documents import Given, named

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOW_FAR = {"texte_lu": "texte lu", "page_lue": "lu dans une page qui le cite"}
READ_IT = (
    "Projet à relire : ce document reprend ce qui est écrit dans l’atelier et les textes lus à ce jour. "
    "Il ne remplace pas l’avis du service juridique."
)


def sheet_of_text(
    content: dict[str, Any], *, amendment: str = "", apart: tuple[tuple[str, str, str], ...] = ()
) -> Sheet:
    """A text of a convention; ``amendment``: what it changes, ``apart``: its articles, before and after."""
    on = date.fromisoformat(content["law_on"])
    return Sheet(
        kicker=f"Avenant · {content['sort']}" if amendment else content["sort"],
        title=content["title"],
        lead=amendment or f"Entre {listed([one['name'] for one in content['parties']])}.",
        sections=tuple(_sections(content, amendment, apart, on)),
        on=on,
    )


def _sections(
    content: dict[str, Any], amendment: str, apart: tuple[tuple[str, str, str], ...], on: date
) -> Iterator[Section]:
    yield Section("parties", "Les parties", tuple(_parties(content)))
    if amendment:
        yield Section("avenant", "Ce que change l’avenant", tuple(_changes(apart)))
    quoted: dict[str, int] = {}
    for one in content["articles"]:
        title = f"Article {one['number']}. {one['title']}"
        yield Section(f"article-{one['number']}", title, tuple(_article(one, on, quoted)))
    yield Section("signatures", "Signatures", tuple(_to_sign(content, on)))


def _parties(content: dict[str, Any]) -> Iterator[Block]:
    yield Items(tuple(f"{one['name']}, {one['nature']}, {one['code']}" for one in content["parties"]))
    if content["deed"]:
        yield Paragraph(f"Acte qui autorise la signature : {content['deed']}.")


def _changes(apart: tuple[tuple[str, str, str], ...]) -> Iterator[Block]:
    rows = tuple(apart)
    yield Grid("Ce qui change", ("Article", "Avant", "Désormais"), rows)
    yield Paragraph("Les autres articles restent inchangés. Le texte entier, tel qu’il devient, suit.")


def _article(one: dict[str, Any], on: date, quoted: dict[str, int]) -> Iterator[Block]:
    """An article; a text is quoted by the first that rests on it, named by the others (``quoted``)."""
    yield from (Paragraph(words) for words in one["words"].split("\n") if words.strip())
    if table := one.get("table"):
        rows = tuple(tuple(row) for row in table["rows"])
        if rows:
            yield Grid(table["name"], tuple(table["columns"]), rows)
        else:
            yield Paragraph("Rien n’en est encore écrit dans l’atelier.", "quiet")
    for law in one["law"]:
        if (first := quoted.setdefault(law["title"], one["number"])) != one["number"]:
            yield Paragraph(f"{law['title']}, cité à l’article {first}.", "quiet")
            continue
        how_far = HOW_FAR.get(law["basis"], "à vérifier")
        yield Paragraph(f"{law['title']} ({how_far}, au {day(on)}). {_words(law)}".strip(), "quiet")


def _words(law: dict[str, Any]) -> str:
    quoted = f"« {law['words']} »" if law["words"] else ""
    return " ".join(filter(None, (quoted, law["note"])))


def _to_sign(content: dict[str, Any], on: date) -> Iterator[Block]:
    rows = tuple((one["name"], TO_FILL, TO_FILL) for one in content["parties"])
    yield Grid("À signer par chaque partie", ("Partie", "Nom, qualité", "Le, à, signature"), rows)
    yield Paragraph(f"{READ_IT} Droit lu au {day(on)}.", "quiet")


def docx_of(sheet: Sheet) -> bytes:
    """The document, which goes on being written."""
    from ancrage.reports.formats.docx import render_sheet_docx

    return render_sheet_docx(for_reading(sheet))


def file_of(sheet: Sheet) -> Given:
    """The document as the parties sign it."""
    return Given(named(sheet.title, "docx"), DOCX, docx_of(sheet))
