"""Sections of a diagnosis that say what a method answers: support, survival, levers."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ancrage.diagnosis.model import Diagnosis, Remaining, Support, SupportNetwork, Survival, SurvivalGroup
from ancrage.language.days import day
from ancrage.language.numbers import count, number
from ancrage.reports.cells import Cell, Share, distance, figure, share, yes_no
from ancrage.reports.columns import Column, grid, kept, read
from ancrage.reports.diagnosis.sheet.origins import REGISTER, SUPPORT, origin
from ancrage.reports.levers.section import levers_section
from ancrage.reports.shares import HIDDEN_NOTE, share_words
from ancrage.reports.sheet import Paragraph, Section, present

SUPPORT_WORDS = {
    "couvert": "couvert",
    "eloigne": "éloigné",
    "dla_seul": "DLA seul",
    "non_couvert": "non couvert",
    "inconnu": "inconnu",
}


def method_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The sections that the diagnosis has something to say of."""
    if diagnosis.coverage is not None:
        yield _coverage_section(diagnosis.coverage, origin(diagnosis, SUPPORT))
    yield from survival_section(diagnosis)
    if diagnosis.levers is not None:
        yield levers_section(diagnosis.levers)


def survival_section(diagnosis: Diagnosis) -> Iterator[Section]:
    """How long structures last, where it is known."""
    if diagnosis.survival is not None:
        yield _survival_section(diagnosis.survival, origin(diagnosis, REGISTER))


def _network_columns(near: str) -> tuple[Column[SupportNetwork], ...]:
    return (
        Column("Réseau", lambda one: one.label),
        kept("Propre à l’ESS", lambda one: yes_no(one.ess)),
        kept("Lieux connus", lambda one: yes_no(one.known)),
        read("Communes par état", lambda one: _states(one)),
        *(kept(f"Communes : {words}", partial(_in_state, state)) for state, words in SUPPORT_WORDS.items()),
        Column("Distance moyenne", lambda one: distance(one.mean_km)),
        Column(f"Habitants à {near} km", lambda one: share(one.population_within, 0)),
    )


def _states(one: SupportNetwork) -> str:
    return ", ".join(f"{SUPPORT_WORDS[state]} : {number(n)}" for state, n in one.states.items())


def _in_state(state: str, one: SupportNetwork) -> Cell:
    return figure(one.states.get(state, 0))


def _coverage_section(coverage: Support, sources: str) -> Section:
    known = [one for one in coverage.networks if one.known or "couvert" in one.states]
    absent = ", ".join(one.label for one in coverage.networks if one not in known)
    table = grid("Réseaux dont les lieux sont connus", _network_columns(number(coverage.near_km)), known)
    blocks = present(
        (
            Paragraph(f"Accompagnement à l’ESS : {SUPPORT_WORDS[coverage.state]}.", "strong"),
            replace(table, note="Distances à vol d’oiseau.", fictitious=False, origin=sources)
            if known
            else None,
            Paragraph(f"Inconnus, faute de liste lue : {absent}.", "quiet") if absent else None,
        )
    )
    return Section("couverture", "Accompagnement", blocks)


def _survival_section(survival: Survival, sources: str) -> Section:
    ages = [one.age for one in survival.groups[0].remaining]
    columns: tuple[Column[SurvivalGroup], ...] = (
        Column("Famille", lambda group: group.label),
        Column("Suivis", lambda group: figure(group.units)),
        Column("Fermetures", lambda group: figure(group.closures)),
        *(column for rank, age in enumerate(ages) for column in _at(rank, count(age, "an"))),
        kept("Âge médian", lambda group: figure(group.median, 1, unknown="non atteint")),
    )
    table = replace(
        grid("Part encore ouverte à chaque âge", columns, survival.groups),
        note=f"Entre parenthèses, l’intervalle à 95 %. {HIDDEN_NOTE}",
        fictitious=survival.fictitious,
        origin=sources,
    )
    title = "Combien de temps durent les structures"
    return Section("survie", title, (table,), f"depuis le {day(survival.since)}")


def _at(rank: int, age: str) -> Iterator[Column[SurvivalGroup]]:
    yield Column(age, lambda group: _share(group.remaining[rank]))
    yield kept(f"{age}, au moins", lambda group: share(group.remaining[rank].low))
    yield kept(f"{age}, au plus", lambda group: share(group.remaining[rank].high))


def _share(found: Remaining) -> Share:
    if found.share is None:
        return Share(share_words(None), None)
    unknown = float("nan")
    low, high = (unknown if bound is None else bound for bound in (found.low, found.high))
    return Share(share_words((found.share, low, high)), found.share)
