"""How one asks for an aid, an example with numbers, and what to read about it."""

from collections.abc import Iterator, Mapping

from ancrage.aids.declaration import Aid
from ancrage.aids.examples import Example
from ancrage.aids.procedures import Part, request_of
from ancrage.aids.telling import place_named
from ancrage.aids.texts import readings
from ancrage.declarations.texts import Text
from ancrage.facts.values import get_fact, show_value
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.reports.aids import wording
from ancrage.reports.sheet import Block, Items, Paragraph, Section
from ancrage.rules.values import Value

UNTOLD = "Aucun texte lu ne dit comment la demander : à vérifier auprès de qui la donne ({desk})."
NO_PAPERS = "Les pièces à joindre ne sont dites par aucun texte lu : demandez-les au guichet."
NO_DELAY = "Le délai de réponse n’est dit par aucun texte lu."


def asking_section(aid: Aid) -> Section:
    """What to join, how long until an answer; what is not known is said."""
    return Section("demande", "La demander", tuple(_asked(aid)))


def _asked(aid: Aid) -> Iterator[Block]:
    told = request_of(aid)
    if not told:
        yield Paragraph(UNTOLD.format(desk=aid.desk.name))
        return
    yield from _listed("Pas à pas :", told.steps)
    yield from _listed("Pièces à joindre :", told.documents)
    if not told.documents:
        yield Paragraph(NO_PAPERS)
    yield Paragraph(f"Délai de réponse : {told.delay.says[0]}." if told.delay else NO_DELAY)
    yield from (Paragraph(note, "quiet") for note in told.notes)
    yield from (Paragraph(wording.cited_words(text.model_dump(mode="json")), "quiet") for text in told.texts)


def _listed(heading: str, part: Part) -> Iterator[Block]:
    if part:
        yield Paragraph(heading)
        yield Items(part.says)


def example_section(example: Example | None) -> Iterator[Section]:
    """Somebody's facts and what the aid gives them, worked out by the engine."""
    if example is None:
        return
    amount = capitalised(wording.amount_words(example.answer))
    told = f"{amount}{_label(example)}."
    blocks = (Paragraph(example.title), Items(tuple(fact_lines(example.facts))), Paragraph(told, "strong"))
    aside = f"calculé par la règle, au {day(example.day)}"
    yield Section("exemple", "Un exemple", blocks, aside)


def _label(example: Example) -> str:
    entry = example.answer.entry.amount
    return f" : {entry.label[0].lower()}{entry.label[1:]}" if entry and entry.label else ""


def fact_lines(facts: Mapping[str, Value]) -> Iterator[str]:
    """Facts somebody tells, in words."""
    for name, value in facts.items():
        fact = get_fact(name)
        shown = place_named(name, value) if isinstance(value, str) and not fact.choices else ""
        yield f"{capitalised(fact.label)} : {shown or show_value(fact, value)}"


def readings_section(aid: Aid) -> Section:
    """The official texts first; what was also read under its own name."""
    found = readings(aid)
    blocks: list[Block] = [Items(_cited(found.official))] if found.official else []
    if not found.official:
        blocks.append(Paragraph("Aucun texte officiel n’a été lu directement.", "quiet"))
    if found.others:
        blocks += [Paragraph("Lu aussi :", "quiet"), Items(_cited(found.others))]
    return Section("textes", "Textes", tuple(blocks))


def _cited(texts: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(wording.cited_words(text.model_dump(mode="json")) for text in texts)
