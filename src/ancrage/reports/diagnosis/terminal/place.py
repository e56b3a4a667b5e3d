"""Where we are: banner, title, zonings and programmes."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.panel import Panel
from rich.text import Text

from ancrage.diagnosis.model import Diagnosis, ZoningAnswer
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.reports import wording
from ancrage.reports.formats.terminal.layout import ACCENT, QUIET, STYLES, TITLE, heading, lines, table, words

HEADINGS = {"zonage": "Zonages", "programme": "Programmes"}
DETAILS_SHOWN = 6


def banner(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Say first of all that some figures are made up, when they are."""
    if wording.is_fictitious(diagnosis):
        label = words(capitalised(wording.FICTITIOUS), "bold")
        yield Panel(lines(label, "Ne citez aucun de ces chiffres."), border_style="yellow")


def title(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Name, code, day, vintage, population, parents, warnings."""
    territory = diagnosis.territory
    yield words("")
    yield words(territory.name, f"{TITLE} {ACCENT}")
    yield words(f"{wording.identity_line(diagnosis)} · {wording.population_text(diagnosis)}")
    yield words(f"Au {day(territory.on)}, code officiel géographique {territory.vintage}", QUIET)
    if territory.parents:
        yield words(" › ".join(f"{parent.name} ({parent.code})" for parent in territory.parents), QUIET)
    if territory.note:
        yield words(territory.note)
    for warning in diagnosis.warnings:
        yield Text.assemble(words("Attention : ", "bold yellow"), words(warning))


def zonings(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """One table for the zonings, one for the programmes."""
    for kind, name in HEADINGS.items():
        answers = [answer for answer in diagnosis.zonings if answer.kind == kind]
        yield words("")
        yield heading(name, f"au {day(diagnosis.territory.on)}")
        if not answers:
            yield words("Inconnu : aucune source n’a été lue. Voir « Ce qui manque ».")
            continue
        listed = table("Réponse", f"{name[:-1]}, précisions, texte, source", no_wrap=[0])
        listed.leading = 1
        for answer in answers:
            style = STYLES[answer.verdict]
            verdict = words(f"{wording.VERDICT_SIGNS[answer.verdict]} {answer.verdict.label}", style)
            listed.add_row(verdict, _precisions(answer))
        yield listed


def _precisions(answer: ZoningAnswer) -> Text:
    quiet = " · ".join(
        part
        for part in (
            wording.validity(answer.since, answer.until),
            wording.text_in_brief(answer),
            wording.source_line(answer),
        )
        if part
    )
    details = wording.shortened(answer.details, DETAILS_SHOWN)
    return lines(
        words(answer.label, TITLE),
        words(details),
        answer.reason,
        wording.reach(answer),
        words(quiet, QUIET),
    )
