"""Sections of a diagnosis that say what a method answers, told once for the terminal and the page."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, Remaining, Support, SupportNetwork, Survival
from ancrage.language.days import day
from ancrage.language.numbers import count, kilometres, number, percent
from ancrage.reports.levers.section import levers_section
from ancrage.reports.shares import HIDDEN_NOTE, share_words
from ancrage.reports.sheet import Grid, Paragraph, Section, present


def method_sections(diagnosis: Diagnosis) -> tuple[Section, ...]:
    """The sections that the diagnosis has something to say of."""
    return tuple(_present(diagnosis))


def _present(diagnosis: Diagnosis) -> Iterator[Section]:
    if diagnosis.coverage is not None:
        yield _coverage_section(diagnosis.coverage)
    if diagnosis.survival is not None:
        yield _survival_section(diagnosis.survival)
    if diagnosis.levers is not None:
        yield levers_section(diagnosis.levers)


SUPPORT_WORDS = {
    "couvert": "couvert",
    "eloigne": "éloigné",
    "dla_seul": "DLA seul",
    "non_couvert": "non couvert",
    "inconnu": "inconnu",
}


def _coverage_section(coverage: Support) -> Section:
    known = [one for one in coverage.networks if one.known or "couvert" in one.states]
    absent = ", ".join(one.label for one in coverage.networks if one not in known)
    near = number(coverage.near_km)
    return Section(
        "couverture",
        "Accompagnement",
        present(
            (
                Paragraph(f"Accompagnement à l’ESS : {SUPPORT_WORDS[coverage.state]}.", "strong"),
                Grid(
                    "Réseaux dont les lieux sont connus",
                    ("Réseau", "Communes par état", "Distance moyenne", f"Habitants à {near} km"),
                    tuple(_network(one) for one in known),
                    right=frozenset({2, 3}),
                    note="Distances à vol d’oiseau.",
                )
                if known
                else None,
                Paragraph(f"Inconnus, faute de liste lue : {absent}.", "quiet") if absent else None,
            )
        ),
    )


def _network(one: SupportNetwork) -> tuple[str, ...]:
    states = ", ".join(f"{SUPPORT_WORDS[state]} : {number(n)}" for state, n in one.states.items())
    far = "inconnue" if one.mean_km is None else f"{kilometres(one.mean_km, 1)}"
    near = "inconnue" if one.population_within is None else percent(one.population_within, 0)
    return one.label, states, far, near


def _survival_section(survival: Survival) -> Section:
    ages = [one.age for one in survival.groups[0].remaining]
    return Section(
        "survie",
        "Combien de temps durent les structures",
        (
            Grid(
                "Part encore ouverte à chaque âge, et intervalle à 95 %",
                ("Famille", "Suivis", "Fermetures", *(count(age, "an") for age in ages)),
                tuple(
                    (group.label, number(group.units), number(group.closures), *map(_share, group.remaining))
                    for group in survival.groups
                ),
                right=frozenset({1, 2}),
                note=HIDDEN_NOTE,
            ),
        ),
        aside=f"depuis le {day(survival.since)}",
    )


def _share(found: Remaining) -> str:
    if found.share is None:
        return share_words(None)
    unknown = float("nan")
    low, high = (unknown if bound is None else bound for bound in (found.low, found.high))
    return share_words((found.share, low, high))
