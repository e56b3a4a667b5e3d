"""The terminal view of a simulation: an aid a block, its counts, what excludes and what is not known."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from ancrage.aids.simulation import Simulation, Tally
from ancrage.language.days import day
from ancrage.language.numbers import count, number, plain_number
from ancrage.language.typography import capitalised
from ancrage.reports import wording
from ancrage.reports.aids.simulation import bounds_words, change, changed, weights_words
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    MAX_WIDTH,
    QUIET,
    TITLE,
    Page,
    heading,
    lines,
    table,
    words,
)
from ancrage.reports.topic import Telling

NAMES = 34


def show(telling: Telling, console: Console) -> None:
    """The tallies of an answer."""
    render_simulation(telling.answer.facts, console)


def render_simulation(simulation: Simulation, console: Console) -> None:
    """Write the simulation."""
    console.print(Page(Group(*_blocks(simulation))), width=min(console.width, MAX_WIDTH))


def _blocks(simulation: Simulation) -> Iterator[RenderableType]:
    if simulation.fictitious:
        label = capitalised(wording.FICTITIOUS)
        yield Panel(lines(words(label, "bold"), "Ne citez aucun de ces chiffres."), border_style="yellow")
    yield words("")
    yield words(f"Qui pourrait demander quoi, {simulation.territory.name}", f"{TITLE} {ACCENT}")
    structures = count(simulation.structures, "structure de l'ESS", "structures de l'ESS")
    yield words(f"Au {day(simulation.on)}, {structures} dont le siège est sur le territoire", QUIET)
    yield words(
        "Effectifs : tranches publiées par SIRENE au jour du stock. Ce que le registre ne dit pas (crise, "
        "projet, chiffre d'affaires…) reste inconnu, jamais non.",
        QUIET,
    )
    yield words("")
    if simulation.structures == 0:
        yield words("Le registre en vigueur n'a aucune structure de l'ESS ici, ce jour-là.")
        return
    yield heading("Aides en vigueur", count(len(simulation.tallies), "aide"))
    yield _table(simulation)
    if simulation.supposed:
        yield from _supposition(simulation)


def _table(simulation: Simulation) -> RenderableType:
    listed = table("Aide", "Oui", "À vérifier", "Non", "Ce qui exclut, ce qui manque", right=(1, 2, 3))
    listed.columns[0].max_width = NAMES
    listed.leading = 1
    for tally in sorted(simulation.tallies, key=lambda one: (-one.yes, -one.to_check, one.entry.id)):
        name = lines(words(tally.entry.name, TITLE), words(tally.entry.id, QUIET))
        listed.add_row(name, number(tally.yes), number(tally.to_check), number(tally.no), lines(*_why(tally)))
    return listed


def _why(tally: Tally) -> Iterator[Text]:
    if tally.amount is not None and tally.yes + tally.to_check:
        yield words(f"Montant : {bounds_words(tally.amount)}", TITLE)
    if tally.excluding:
        yield words(f"Exclut : {weights_words(tally.excluding[:3])}")
    if tally.blocking:
        yield words(f"Inconnu : {weights_words(tally.blocking[:3])}")
    if tally.entry.doubts:
        yield words(f"À vérifier : {' ; '.join(tally.entry.doubts)}", QUIET)


def _supposition(simulation: Simulation) -> Iterator[RenderableType]:
    told = ", ".join(f"{key} = {plain_number(value)}" for key, value in simulation.overrides.items())
    yield words("")
    yield heading(f"Et si {told}", "supposition, à côté du droit du jour")
    listed = table("Aide", "Oui", "À vérifier", "Non", right=(1, 2, 3))
    found = changed(simulation)
    for now, then in found:
        listed.add_row(
            words(now.entry.name, TITLE),
            *(f"{number(a)} → {number(b)}" for a, b in change(now, then)),
        )
    yield listed if found else words("Rien ne change.")
