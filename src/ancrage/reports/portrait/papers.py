"""What a town hall makes of the portrait: an article, a poster, messages, a press note, all to be amended."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ancrage.language.days import day
from ancrage.language.places import of_place
from ancrage.language.typography import capitalised, uncapitalised
from ancrage.questions.portrait import Paper, PortraitFacts
from ancrage.questions.question import Answer
from ancrage.reports.cases.sheet import TYPED, gathered_words
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.overview import wording
from ancrage.reports.papers.synthesis import key_figures
from ancrage.reports.portrait import sentences as say
from ancrage.reports.portrait.map import portrait_map
from ancrage.reports.sheet import Block, Items, Paragraph, Section, Sheet
from ancrage.reports.wording import FICTITIOUS

MOST_NAMED, MOST_EVENTS, MOST_NEEDS = 12, 5, 6
POSTER_NAMED, POSTER_EVENTS = 10, 3
LONGEST_MESSAGE = 280
"""Characters that the shortest of the networks takes."""
TO_FILL = "[à compléter]"


def article(answer: Answer[PortraitFacts]) -> Sheet:
    """An article for the bulletin of a commune: a thousand signs or two, to be amended."""
    facts = answer.facts
    sections = (
        Section("chapeau", "Ici, l’économie sociale et solidaire", tuple(_opening(facts))),
        *_of_named(facts),
        *_of_needs(facts),
        *_of_campaigns(facts),
        *_of_events(facts),
        Section("participer", "Vous en êtes ?", (Paragraph(_join(facts)),)),
    )
    return _sheet(answer, "Article pour le bulletin, à modifier", _title(facts), sections)


def press(answer: Answer[PortraitFacts]) -> Sheet:
    """A note for the press: what is new, figures, whom to call."""
    facts = answer.facts
    what = (
        Paragraph(f"{TO_FILL} : commune, le {TO_FILL} (jour de publication)", "quiet"),
        Paragraph(" ".join(say.how_many(facts)), "strong"),
        *((Paragraph(" ".join(say.what_they_do(ess))),) if (ess := say.fabric_of(facts)) else ()),
        Paragraph(f"« {TO_FILL} : une phrase de l’élue ou de l’élu », dit {TO_FILL}."),
    )
    sections = (
        Section("essentiel", "L’essentiel", what),
        *_of_named(facts),
        *_of_campaigns(facts),
        *_of_events(facts),
        Section("ess", "L’économie sociale et solidaire, c’est quoi ?", (Paragraph(say.DEFINITION),)),
        Section(
            "contact",
            "Contact pour la presse",
            (Paragraph(f"Nom et fonction : {TO_FILL}. Téléphone : {TO_FILL}. Courriel : {TO_FILL}."),),
        ),
    )
    return _with_figures(_sheet(answer, "Communiqué de presse, à modifier", _title(facts), sections), facts)


def messages(answer: Answer[PortraitFacts]) -> Sheet:
    """Messages for social networks, each short enough for any, with how long it is."""
    mark = f"[{FICTITIOUS}] " if answer.fictitious else ""
    told = tuple(_cut(f"{mark}{words} #ESS") for words in _messages(answer.facts))
    blocks = [
        block
        for words in told
        for block in (Paragraph(words), Paragraph(f"{len(words)} caractères", "quiet"))
    ]
    section = Section("messages", "Messages", tuple(blocks))
    return _sheet(answer, "Messages à publier, à modifier", _title(answer.facts), (section,))


def poster(answer: Answer[PortraitFacts]) -> Sheet:
    """What is read from two metres: figures, names, days."""
    facts = answer.facts
    drawn = portrait_map(facts)
    return _with_figures(
        _sheet(
            answer,
            "L’ESS d’ici",
            capitalised(f"L’économie sociale et solidaire {of_place(_kind(facts), facts.territory.name)}"),
            (
                *((Section("carte", "Où", (drawn,)),) if drawn else ()),
                *_of_named(facts, POSTER_NAMED),
                *_of_events(facts, POSTER_EVENTS),
            ),
        ),
        facts,
    )


SHEETS: Mapping[Paper, Callable[[Answer[PortraitFacts]], Sheet]] = {
    Paper.ARTICLE: article,
    Paper.COMMUNIQUE: press,
    Paper.MESSAGES: messages,
    Paper.AFFICHE: poster,
    Paper.AFFICHE_A4: poster,
}


def _kind(facts: PortraitFacts) -> str:
    return facts.territory.kind.value


def _title(facts: PortraitFacts) -> str:
    return f"{capitalised(say.here(facts))}, l’économie sociale et solidaire"


def _sheet(answer: Answer[PortraitFacts], kicker: str, title: str, sections: tuple[Section, ...]) -> Sheet:
    return Sheet(
        kicker=f"{kicker} ; chiffres au {day(answer.on)}",
        title=title,
        lead=wording.identity(answer.facts.overview.place),
        sections=sections,
        sources=(*answer.sources, f"Définition de l’ESS : {say.LAW}."),
        method="portrait",
        on=answer.on,
        page=Ref(Subject.PORTRAIT, str(answer.facts.territory.code)),
    )


def _with_figures(sheet: Sheet, facts: PortraitFacts) -> Sheet:
    """The figures that are known: nobody prints one that is not."""
    figures = zip(facts.overview.ess.figures, key_figures(facts.overview), strict=True)
    told = tuple(shown for one, shown in figures if one.value is not None)
    return replace(sheet, figures=told)


def _opening(facts: PortraitFacts) -> Iterator[Block]:
    yield Paragraph(" ".join(say.how_many(facts)), "strong")
    yield Paragraph(say.DEFINITION)
    if ess := say.fabric_of(facts):
        yield Paragraph(" ".join(say.what_they_do(ess)))


def _of_named(facts: PortraitFacts, most: int = MOST_NAMED) -> Iterator[Section]:
    shown = facts.consent.shown
    if shown:
        lines = tuple(say.named_words(one) for one in shown[:most])
        left = len(shown) - most
        more = (Paragraph(f"Et {left} autres, sur la page de l’ESS d’ici."),) if left > 0 else ()
        yield Section("structures", "Elles ont choisi de se présenter", (Items(lines), *more))


def _of_needs(facts: PortraitFacts) -> Iterator[Section]:
    if facts.needs:
        lines = tuple(say.need_words(name, need) for name, need in facts.needs[:MOST_NEEDS])
        yield Section("besoins", "De quoi elles ont besoin", (Items(lines),))


def _of_campaigns(facts: PortraitFacts) -> Iterator[Section]:
    lines = tuple(
        " ".join(filter(None, (f"{one.title} : {gathered_words(told)}", told.link)))
        for one in facts.campaigns
        if (told := one.campaign)
    )
    if lines:
        yield Section("campagnes", "Ce que l’on finance ensemble", (Items(lines), Paragraph(TYPED, "quiet")))


def _of_events(facts: PortraitFacts, most: int = MOST_EVENTS) -> Iterator[Section]:
    if events := say.soonest(facts.agenda, most):
        lines = tuple(say.event_words(one) for one in events)
        yield Section("agenda", "À vos agendas", (Items(lines),))


def _join(facts: PortraitFacts) -> str:
    return (
        f"Vous animez une association, une coopérative, une entreprise de l’ESS {say.here(facts)} ? Vous "
        f"pouvez choisir de paraître dans ce portrait, dire ce dont vous avez besoin, annoncer un "
        f"événement : écrivez-nous à {TO_FILL}."
    )


def _messages(facts: PortraitFacts) -> Iterator[str]:
    told, here = list(say.how_many(facts)), say.here(facts)
    for sentence in told if say.fabric_of(facts) else told[1:]:
        alone = sentence.startswith(capitalised(here))  # each is read apart from the others
        yield sentence if alone else f"L’ESS {here} : {uncapitalised(sentence)}"
    for one in facts.consent.shown[:MOST_NAMED]:
        yield f"Ici, l’ESS, c’est {say.named_words(one)}"
    for name, need in facts.needs[:MOST_NEEDS]:
        yield f"{name} cherche : {need} Vous pouvez aider ?"
    for event in say.soonest(facts.agenda, MOST_EVENTS):
        yield f"À vos agendas : {say.event_words(event)}"


def _cut(words: str) -> str:
    """A message that any network takes, cut between two words where it is too long."""
    if len(words) <= LONGEST_MESSAGE:
        return words
    return words[: LONGEST_MESSAGE - 1].rsplit(" ", 1)[0] + "…"
