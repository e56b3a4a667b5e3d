"""A simulation in words and as a sheet: who could claim what, what excludes, what a supposition changes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ancrage.aids.simulation import Bounds, Simulation, Tally, Weight
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Unit
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.language.days import day
from ancrage.language.numbers import count, number, plain_number
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.questions.question import Answer
from ancrage.reports.aids import wording
from ancrage.reports.aids.naming import aid_named, told_apart
from ancrage.reports.aids.simulation_document import SimulationDocument
from ancrage.reports.cells import figure
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet, Where
from ancrage.reports.topic import Topic

BANDS = (
    "Effectifs : tranches publiées par SIRENE au jour du stock. Ce que le registre ne dit pas (crise, "
    "projet, chiffre d’affaires…) reste inconnu, jamais non."
)


def weights_words(weights: tuple[Weight, ...]) -> str:
    """Conditions or facts, with how many structures each one stops."""
    return " ; ".join(f"{one.label} ({number(one.structures)})" for one in weights)


def bounds_words(bounds: Bounds) -> str:
    """An amount for all, its unknown bounds said."""
    if bounds.low is None and bounds.high is None:
        return "inconnu"
    unit = f"{NO_BREAK_SPACE}{wording.UNITS[Unit(bounds.unit)]}"
    low = "inconnu" if bounds.low is None else plain_number(bounds.low)
    high = "sans borne connue" if bounds.high is None else f"{plain_number(bounds.high)}{unit}"
    return f"{low}{unit}" if bounds.low is not None and bounds.low == bounds.high else f"de {low} à {high}"


def changed(simulation: Simulation) -> list[tuple[Tally, Tally]]:
    """Aids that the supposition changes: as they stand, as they would."""
    return [
        (now, then)
        for now, then in zip(simulation.tallies, simulation.supposed, strict=True)
        if (now.yes, now.to_check, now.no, now.amount) != (then.yes, then.to_check, then.no, then.amount)
    ]


def change(now: Tally, then: Tally) -> Iterator[tuple[int, int]]:
    """Counts as they stand and as they would: yes, to be checked, no."""
    yield now.yes, then.yes
    yield now.to_check, then.to_check
    yield now.no, then.no


def describe(answer: Answer[Simulation]) -> Sheet:
    """The whole answer, the supposition beside the law of the day."""
    simulation = answer.facts
    known = answer.counted(simulation.structures)
    structures = (
        "Un nombre inconnu de structures de l’ESS"
        if known is None
        else count(
            known,
            "structure de l’ESS connue" if answer.caveats else "structure de l’ESS",
            "structures de l’ESS connues" if answer.caveats else "structures de l’ESS",
        )
    )
    blocks = (replace(_counts(simulation), where=Where.KEPT), _read(simulation))
    sections = [Section("aides", "Aides en vigueur", blocks)] if simulation.structures else []
    if simulation.supposed:
        sections.insert(0, _supposition(simulation))
    return Sheet(
        kicker=f"Qui pourrait demander quoi, au {day(simulation.on)}",
        title=simulation.territory.name,
        lead=f"{structures} dont le siège est sur le territoire. {_served(answer)}{BANDS}",
        warnings=_warnings(answer),
        sections=tuple(sections),
        method="aides",
        on=simulation.on,
    )


def _served(answer: Answer[Simulation]) -> str:
    """How many can have something now; nothing where the register counts nothing."""
    if not answer.counted(answer.facts.structures):
        return ""
    served = number(answer.facts.served)
    return f"{served} ont, ou peuvent demander, au moins une aide, d’après ce que le registre en dit. "


def _warnings(answer: Answer[Simulation]) -> tuple[str, ...]:
    if answer.counted(answer.facts.structures) != 0:
        return ()
    return ("Le registre en vigueur n’a aucune structure de l’ESS ici, ce jour-là.",)


def document(answer: Answer[Simulation]) -> dict[str, Any]:
    """Plain values: :class:`SimulationDocument` is their schema."""
    told = {**heading(answer, _warnings(answer)), **answer.facts.as_json()}
    known = answer.counted(answer.facts.structures)
    # Where nothing is known of the place, an aid nobody could ask for would be told as asked by nobody.
    counted: dict[str, Any] = {} if known is not None else {"aids": [], "supposed": [], "served": None}
    return {**told, "structures": known, **counted}


def table(answer: Answer[Simulation]) -> Grid:
    """A line an aid."""
    counts = told_apart(_counts(answer.facts))
    return counts if answer.counted(answer.facts.structures) is not None else replace(counts, rows=())


def _counts(simulation: Simulation) -> Grid:
    ordered = sorted(simulation.tallies, key=_useful)
    rows = tuple(
        (
            aid_named(one.entry.name, one.entry.id),
            figure(one.yes),
            figure(one.to_check),
            figure(one.no),
            classes_words(one.classes),
            *_why(one),
        )
        for one in ordered
    )
    columns = ("Aide", "Oui", "À vérifier", "Non", "Ce qu’elles peuvent en faire", "Montant")
    grounds = ("Ce qui exclut", "Ce qui manque")
    return Grid("Aides en vigueur", (*columns, *grounds), rows, right=frozenset({1, 2, 3}))


def _read(simulation: Simulation) -> Grid:
    """The same in fewer columns: what structures can do of each aid says how many, of each class."""
    rows = tuple(
        (aid_named(one.entry.name, one.entry.id), classes_words(one.classes), *_why(one))
        for one in sorted(simulation.tallies, key=_useful)
    )
    columns = ("Aide", "Ce qu’elles peuvent en faire", "Montant", "Ce qui exclut", "Ce qui manque")
    return Grid("Ce que les structures peuvent en faire", columns, rows, where=Where.READ)


def _useful(tally: Tally) -> tuple[int | str, ...]:
    """What most structures can have first, then what most could have once they answer."""
    of = tally.classes.get
    now = of(Class.DROIT, 0) + of(Class.A_DEMANDER, 0)
    return (-now, -of(Class.REPONSE_MANQUANTE, 0), -of(Class.A_CONFIRMER, 0), tally.entry.id)


def classes_words(classes: Mapping[Class, int]) -> str:
    """« Vous pouvez la demander : 12 ; Il manque votre réponse : 3 », told of structures."""
    return " ; ".join(f"{CLASSES[one]} : {number(classes[one])}" for one in Class if classes.get(one))


CLASSES = {
    Class.DROIT: "y ont droit",
    Class.A_DEMANDER: "peuvent la demander",
    Class.REPONSE_MANQUANTE: "il manque leur réponse",
    Class.A_CONFIRMER: "conditions connues remplies, à confirmer au guichet",
    Class.DECRITE: "décrite, règles non établies",
    Class.FERMEE: "fermée",
    Class.NON: "non",
}


def _why(tally: Tally) -> tuple[str, str, str]:
    """Its amount, what excludes, what is not known: of the structures, then of the aid itself."""
    amount = bounds_words(tally.amount) if tally.amount and tally.yes + tally.to_check else ""
    doubts = f"À vérifier de l’aide : {' ; '.join(tally.entry.doubts)}" if tally.entry.doubts else ""
    unknown = "\n".join(filter(None, (weights_words(tally.blocking[:3]), doubts)))
    return amount, weights_words(tally.excluding[:3]), unknown


def _supposition(simulation: Simulation) -> Section:
    labels = load_parameters()
    told = ", ".join(
        f"{labels[key].label} ({key}) : {plain_number(value)}" for key, value in simulation.overrides.items()
    )
    rows = tuple(
        (
            aid_named(now.entry.name, now.entry.id),
            *(f"{number(before)} → {number(after)}" for before, after in change(now, then)),
            f"{_amount_of(now)} → {_amount_of(then)}",
        )
        for now, then in changed(simulation)
    )
    title = f"Et si {told}"
    if not rows:
        return Section("supposition", title, (Paragraph("Rien ne change."),))
    columns = ("Aide", "Oui", "À vérifier", "Non", "Montant")
    grid = Grid(title, columns, rows, right=frozenset({1, 2, 3}))
    return Section("supposition", title, (grid,), aside="à côté du droit du jour")


def _amount_of(tally: Tally) -> str:
    return bounds_words(tally.amount) if tally.amount else "sans montant"


TOPIC = Topic(describe, document, SimulationDocument, table=table)
