"""An aid that others publish, told as one of the catalogue: what it is, for whom, how much, whom to call."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from ancrage.aids.answering import AidAnswer
from ancrage.aids.imports.requesting import steps_of
from ancrage.aids.standing import Existence
from ancrage.aids.vocabulary import WORDS
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.questions.aids import PublishedFacts
from ancrage.questions.question import Answer
from ancrage.reports.aids import wording
from ancrage.reports.aids.aid import METHOD, places_named
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.aids.document import AidVerdict
from ancrage.reports.cells import Cell, aid_cell, away
from ancrage.reports.documents import Common, NamedTerritory, heading
from ancrage.reports.sheet import Block, Grid, Items, Outline, Paragraph, Point, Section, Sheet
from ancrage.reports.topic import Topic

UNTOLD = "La liste ne dit ni les pièces à joindre, ni le délai de réponse : demandez-les au guichet."
NO_DELAY = "La liste ne dit pas le délai de réponse."
AS_PUBLISHED = "Ancrage ne l’a pas relue : règles, dates et montant sont ceux que sa liste publie."


def describe(answer: Answer[PublishedFacts]) -> Sheet:
    """Its window, its class, its conditions, its amount, its desk, its territory and its link."""
    facts = answer.facts
    aid, told = facts.aid, facts.answer
    return Sheet(
        kicker=f"{wording.nature_words(told.entry.nature)} · {aid.funder_told or 'financeur non publié'}",
        title=aid.name,
        lead=aid.summary,
        sections=(
            Section("aide", "En bref", (Paragraph(_now(told), "strong"), _brief(facts))),
            Section("guichet", "À qui s’adresser", (_desk(answer),)),
            Section("demande", "Pour la demander", tuple(_steps(facts))),
            Section("conditions", "Conditions", tuple(_conditions(facts))),
            *_description(facts),
            Section("textes", "D’où cela vient", tuple(_origins(facts))),
        ),
        warnings=(AS_PUBLISHED,),
        method=METHOD,
        on=answer.on,
    )


def _steps(facts: PublishedFacts) -> Iterator[Block]:
    steps = steps_of(facts.aid)
    if not steps:
        yield Paragraph(UNTOLD)
        return
    yield Paragraph("Pas à pas, comme sa liste le dit :")
    yield Items(tuple(away(words, address) if address else words for words, address in steps))
    yield Paragraph(NO_DELAY)


def _now(told: AidAnswer) -> str:
    """« Ouverte jusqu’au 31 décembre 2026. Il manque votre réponse. »"""
    found = told.entry.existence
    return f"{capitalised(found.state.label)}{_until(found)}. {told.standing.label}."


def _until(found: Existence) -> str:
    if found.until:
        return f", jusqu’au {day(date.fromisoformat(found.until))}"
    return ", sans date de clôture publiée"


def _brief(facts: PublishedFacts) -> Grid:
    aid, entry = facts.aid, facts.answer.entry
    proof = entry.existence.last_proof
    rows: list[tuple[Cell, ...]] = [
        ("Pour", wording.audience_words(aid.audiences) or "La liste ne le dit pas"),
        ("Thèmes", wording.theme_words(aid.themes) or "La liste ne le dit pas"),
        ("Où", places_named(aid.coverage) if aid.coverage else "La liste ne le dit pas"),
        *((("Sauf", places_named(aid.excluded)),) if aid.excluded else ()),
        ("Combien", capitalised(aid.amount) if aid.amount else "La liste ne le dit pas"),
        ("Ouverture", day(aid.opens) if aid.opens else "La liste ne le dit pas"),
        ("Clôture", _closing(facts)),
        ("Comment elle est accordée", capitalised(WORDS[entry.grant])),
        ("Vue pour la dernière fois", day(date.fromisoformat(proof)) if proof else "Jour inconnu"),
    ]
    return Grid("En bref", ("Quoi", "Réponse"), tuple(rows))


def _closing(facts: PublishedFacts) -> str:
    if facts.aid.closes is None:
        return "La liste ne le dit pas"
    both = "" if facts.aid.closes_surely else " (mais la liste la dit aussi permanente)"
    return f"{day(facts.aid.closes)}{both}"


def _desk(answer: Answer[PublishedFacts]) -> Items:
    facts = answer.facts
    return Items(tuple(desk_lines(facts.desk, answer.on, placed=answer.territory is not None)))


def _conditions(facts: PublishedFacts) -> Iterator[Block]:
    """Those that a rule reads, with their answer; those that only the words of the list tell."""
    shown = [one for one in facts.answer.conditions if one.entry.id != "periode"]
    if shown:
        rows = tuple(
            (one.entry.label, wording.condition_sign(one), ", ".join(map(facts.label, one.entry.facts)))
            for one in shown
        )
        yield Grid("Conditions", ("Condition", "Réponse", "Ce qu’il faut savoir pour trancher"), rows)
    if facts.aid.notes:
        yield Paragraph("Dites par la liste en toutes lettres, à confirmer au guichet :")
        yield Items(facts.aid.notes)
    if not shown and not facts.aid.notes:
        yield Paragraph("La liste n’en dit aucune.")


def _description(facts: PublishedFacts) -> Iterator[Section]:
    if facts.aid.description and facts.aid.description != facts.aid.summary:
        parts = [part.strip() for part in facts.aid.description.splitlines() if part.strip()]
        told = Outline("Ce que sa liste en dit", tuple(map(Point, parts)))
        yield Section("description", "En toutes lettres", (told,))


def _origins(facts: PublishedFacts) -> Iterator[Block]:
    entry = facts.answer.entry
    yield Paragraph(wording.publisher_words(entry))
    addresses = dict.fromkeys(filter(None, (facts.aid.desk, *facts.aid.links)))
    if addresses:
        yield Items(tuple(away(address, address) for address in addresses))
    yield Paragraph(f"{wording.cited_words(entry.text)} {entry.text['note']}".strip(), "quiet")
    if entry.also:
        yield Paragraph("La même, ailleurs :")
        yield Items(tuple(aid_cell(f"{one['publisher']} ({one['id']})", one["id"]) for one in entry.also))


class PublishedAidDocument(
    Common,
    AidVerdict,
    title="Aide publiée",
    description="Une aide que d'autres publient, sa fenêtre, sa classe, son guichet.",
):
    """An aid that others publish."""

    territory: NamedTerritory | None = Field(description="Le territoire demandé ; null si aucun ne l'est.")
    steps: list[str] = Field(description="Pas à pas, comme sa liste le dit ; vide si elle ne le dit pas.")


def document(answer: Answer[PublishedFacts]) -> dict[str, Any]:
    """Plain values: :class:`PublishedAidDocument` is their schema."""
    facts = answer.facts
    step = {
        **facts.desk.as_json(answer.on),
        "deadline": facts.answer.entry.existence.deadline,
    }
    steps = [words for words, _ in steps_of(facts.aid)]
    return {"territory": None, **heading(answer), **facts.answer.as_json(), "next": step, "steps": steps}


TOPIC = Topic(describe, document, PublishedAidDocument)
