"""A search of aids in words: what was found, where, from whom, in force or not."""

from collections.abc import Iterator
from typing import Any

from ancrage.aids.examples import is_known
from ancrage.aids.search.documents import CATALOGUE, AidDocument
from ancrage.aids.search.question import Hit
from ancrage.aids.search.report import as_json
from ancrage.aids.vocabulary import WORDS
from ancrage.language.days import day
from ancrage.language.numbers import count, euros
from ancrage.language.typography import capitalised, uncapitalised
from ancrage.questions.aids import AidSearchFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.repairs import See
from ancrage.reports.aids.catalogue_document import FoundAidsDocument
from ancrage.reports.aids.naming import aid_named
from ancrage.reports.aids.wording import UNKNOWN_AMOUNT, amount_words
from ancrage.reports.cells import Cell, Phrase, aid_cell, day_cell
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.sources.catalogue import get_source

METHOD = "aides"
FIELDS = {
    "name": "nom",
    "subjects": "financeur et thèmes",
    "summary": "résumé",
    "conditions": "conditions",
}
STANDINGS = {
    Verdict.OUI: "En vigueur",
    Verdict.A_VERIFIER: "En vigueur, à vérifier",
    Verdict.NON: "Pas en vigueur",
}


def describe(answer: Answer[AidSearchFacts]) -> Sheet:
    """What was found; each aid says whether it is in force on the day."""
    typed = answer.facts.search.text.strip()
    blocks = tuple(_list(answer) if answer.facts.found.hits else _nothing(answer))
    return Sheet(
        kicker=f"Aides au {day(answer.on)}",
        title=f"Aides pour « {typed} »" if typed else "Aides",
        lead=", ".join(_filters(answer)),
        sections=(Section("aides", "Trouvé", blocks, _count(answer)),),
        method=METHOD,
        on=answer.on,
    )


def _filters(answer: Answer[AidSearchFacts]) -> Iterator[str]:
    search = answer.facts.search
    if answer.territory is not None:
        yield f"ouvertes {answer.territory.in_name}"
    yield from (WORDS[value] for value in (search.audience, search.theme, search.nature) if value)
    if search.on is not None:
        yield f"en vigueur au {day(search.on)}"
    if search.closing_in is not None:
        yield f"qui se ferment dans {count(search.closing_in, 'jour')} au plus"
    if search.funder:
        yield f"financeur « {search.funder} »"
    if search.least_eur is not None:
        yield f"qui disent une somme d’au moins {euros(search.least_eur)}"


def _count(answer: Answer[AidSearchFacts]) -> str:
    found = answer.facts.found
    listed = len(found.hits) + sum(len(hit.variants) for hit in found.hits)
    shown = "" if found.total == len(found.hits) else f", {count(len(found.hits), 'montrée')}"
    if listed == found.total and shown:
        shown = f" en {count(len(found.hits), 'fiche')}, publications et variantes réunies"
    return f"{count(found.total, 'aide')}{shown}"


def _list(answer: Answer[AidSearchFacts]) -> Iterator[Block]:
    found = answer.facts.found
    for typed, read in found.read.items():
        yield Paragraph(f"« {typed} » : lu {', '.join(f'« {word} »' for word in read)}", "quiet")
    if found.partial:
        yield Paragraph("Aucune aide n’a tous ces mots ; celles-ci en ont une partie.")
    rows = tuple((_name(hit.document, answer), "\n".join(_why(hit))) for hit in found.hits)
    yield Grid("Aides", ("Aide", "Où, résumé, provenance"), rows)
    if ours := next((hit.document.id for hit in found.hits if hit.document.provenance == CATALOGUE), None):
        yield Paragraph("", "quiet", (See("aid", ours),))


def _name(document: AidDocument, answer: Answer[AidSearchFacts]) -> Phrase:
    natures = ", ".join(WORDS[nature] for nature in document.natures) or "nature non publiée"
    standing = f"{STANDINGS[document.standing(answer.on)]} au {day(answer.on)}"
    last = document.last_day(answer.on)
    closing = f", jusqu’au {day(last)}" if last else ""
    told = amount_said(document, answer)
    amount = f"\n{capitalised(told)}" if told else ""
    return aid_named(document.name, document.id, f"{natures}\n{standing}{closing}{amount}")


def amount_said(document: AidDocument, answer: Answer[AidSearchFacts]) -> str:
    """How much: what its rule gives whoever asks, and of what; as published where the rule is not ours."""
    given = answer.facts.given.get(document.id)
    if given is None or given.entry.amount is None or not document.amount:
        return document.amount if given is None else ""
    figure = amount_words(given)
    if not is_known(given.amount):
        figure = "montant selon le cas" if figure == UNKNOWN_AMOUNT else figure
    return f"{figure} : {uncapitalised(document.amount)}"


def published_by(document: AidDocument) -> str:
    """Who publishes an aid that is not of our catalogue: « ANCT » rather than a file and its line."""
    return get_source(document.provenance.partition(",")[0]).producer


def _why(hit: Hit) -> Iterator[str]:
    document = hit.document
    yield document.summary
    if hit.found:
        yield f"Trouvé dans : {', '.join(FIELDS[found.field] for found in hit.found)}"
    yield from (f"« {found.excerpt} »" for found in hit.found if found.field == "conditions")
    if document.href:
        yield document.href
    if hit.variants:
        yield f"Aussi : {' ; '.join(map(_variant, hit.variants[:VARIANTS]))}{_others(hit)}."
    licence = document.licence or "licence non publiée"
    yield f"{document.funder or 'Financeur non publié'}. {document.provenance} ({licence})."


VARIANTS = 4
"""Other publications of an aid that are named; the rest are counted."""


def _variant(document: AidDocument) -> str:
    """Who gives it there, else who publishes it."""
    return document.funder or document.provenance


def _others(hit: Hit) -> str:
    more = len(hit.variants) - VARIANTS
    return f" et {count(more, 'autre')}" if more > 0 else ""


def _nothing(answer: Answer[AidSearchFacts]) -> Iterator[Block]:
    found = answer.facts.found
    yield Paragraph("Aucune aide trouvée.", "strong")
    if found.suggestions:
        yield Paragraph(f"Mots proches : {', '.join(f'« {word} »' for word in found.suggestions)}.")
    if found.unfiltered:
        yield Paragraph(f"Sans les filtres : {count(found.unfiltered, 'aide')}.")
    if not found.suggestions and not found.unfiltered:
        yield Paragraph("Essayez un autre mot : un public, un thème, un financeur.")


def table(answer: Answer[AidSearchFacts]) -> Grid:
    """A line an aid."""
    told = (one for hit in answer.facts.found.hits for one in (hit.document, *hit.variants))
    rows = tuple(_line(one, answer) for one in told)
    columns = ("Aide", "Identifiant", "Ce jour-là", "Natures", "Pour", "Thèmes", "Où", "Résumé")
    more = ("Montant", "Jusqu’au", "Financeur", "Guichet", "Adresse", "Provenance", "Licence")
    return Grid("Aides", (*columns, *more), rows)


def _line(document: AidDocument, answer: Answer[AidSearchFacts]) -> tuple[Cell, ...]:
    lists = (document.natures, document.audiences, document.themes)
    return (
        aid_cell(document.name, document.id),
        document.id,
        STANDINGS[document.standing(answer.on)],
        *(", ".join(WORDS[value] for value in each) for each in lists),
        " ".join(document.coverage),
        document.summary,
        amount_said(document, answer),
        day_cell(document.last_day(answer.on), unknown=""),
        document.funder,
        document.desk,
        document.href,
        document.provenance,
        document.licence,
    )


def document(answer: Answer[AidSearchFacts]) -> dict[str, Any]:
    """Plain values: :class:`FoundAidsDocument` is their schema."""
    facts = answer.facts
    return {"territory": None, **heading(answer), **as_json(facts.found, facts.search, on=answer.on)}


TOPIC = Topic(describe, document, FoundAidsDocument, table=table)
