"""The note of a contract for its committee, on a page: the place of the ESS, the money, what is decided."""

from collections.abc import Iterator
from uuid import UUID

from ancrage.language.days import day, short_day
from ancrage.language.numbers import count
from ancrage.language.phrases import listed
from ancrage.levers.catalogue import read_levers
from ancrage.reasoning import Verdict
from ancrage.reports.columns import Column, grid
from ancrage.reports.papers.note import to_decide
from ancrage.reports.sheet import Block, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.web.space.atelier.sheets import euros, figure_of
from ancrage.web.space.atelier.words import amount
from ancrage.workspace.balance import Sum
from ancrage.workspace.ess_reading import EssReading, Group, Place, Read, read_contract
from ancrage.workspace.models import Contract, Credit
from ancrage.workspace.reading import Plan

MOST = 12
"""Rows of a table that must hold on the page with the others."""


def note_of(plan: Plan, contract: Contract) -> Sheet:
    """What a committee has before it, as it is or as it stood that day."""
    reading = read_contract(plan, contract)
    return Sheet(
        kicker=f"Note pour le comité, au {day(plan.on)}",
        title=contract.title,
        lead=" · ".join(_identity(contract)),
        figures=tuple(_figures(reading)),
        sections=tuple(_sections(plan, contract, reading)),
        on=plan.on,
        fitted=1,
    )


def _identity(contract: Contract) -> Iterator[str]:
    yield str(contract.get_sort_display())
    yield ", ".join(one["name"] for one in contract.perimeter)
    yield period_of(contract)


def period_of(contract: Contract) -> str:
    """From when to when; says so when nobody wrote it."""
    if contract.begin and contract.end:
        return f"du {short_day(contract.begin)} au {short_day(contract.end)}"
    if contract.begin:
        return f"depuis le {short_day(contract.begin)}"
    return f"jusqu’au {short_day(contract.end)}" if contract.end else "période à préciser"


def _figures(reading: EssReading) -> Iterator[KeyFigure]:
    carried = next(one for one in reading.groups if one.place is Place.CARRIED)
    yield KeyFigure("Actions", str(len(reading.reads)))
    yield KeyFigure("Portées par l’ESS", str(carried.actions), _to_check(carried.to_check))
    yield figure_of("Prévu au contrat", reading.planned)
    yield figure_of("Dépensé", reading.spent)


def _to_check(many: int) -> str:
    return f"dont {many} à vérifier" if many else ""


def _sections(plan: Plan, contract: Contract, reading: EssReading) -> Iterator[Section]:
    found = [one for one in reading.groups if one.actions]
    yield Section("ess", "La place de l’ESS", (grid("La place de l’ESS", GROUPS, found), *_levers(reading)))
    if reading.reads:
        yield Section("actions", "Les actions", tuple(_actions(plan, reading)))
    yield Section("argent", "Signataires et crédits", tuple(_parties(plan, contract, reading.confirmed)))
    yield Section("decide", "Ce qui est décidé, et avec qui", tuple(_decided(plan, reading)))
    yield Section("decisions", "Décisions du comité", (to_decide(),))


GROUPS: tuple[Column[Group], ...] = (
    Column("Actions", lambda one: one.place.of_several),
    Column("Combien", lambda one: str(one.actions)),
    Column("À vérifier", lambda one: str(one.to_check)),
    Column("Dépenses prévues (€)", lambda one: euros(one.planned.known)),
    Column("Montants inconnus", lambda one: str(one.planned.unknown)),
)


def _levers(reading: EssReading) -> Iterator[Block]:
    names = {one.number: one.name for one in read_levers().levers}
    if reading.unused:
        yield Paragraph(f"Leviers que rien n’utilise : {listed([names[one] for one in reading.unused])}.")
    else:
        yield Paragraph("Les six leviers sont utilisés.")
    if reading.silent:
        yield Paragraph(
            f"{count(reading.silent, 'action ne dit', 'actions ne disent')} aucun levier.", "quiet"
        )
    if reading.given_up:
        told = count(reading.given_up, "action écartée ou abandonnée", "actions écartées ou abandonnées")
        yield Paragraph(f"{told}, hors de ce compte.", "quiet")


def _actions(plan: Plan, reading: EssReading) -> Iterator[Block]:
    columns: tuple[Column[Read], ...] = (
        Column("Action", lambda one: one.action.title),
        Column("État", lambda one: one.action.get_state_display()),
        Column("Pilote", lambda one: plan.name_of(one.action.pilot) or "à désigner"),
        Column("Place de l’ESS", _place),
        Column("Par quoi", lambda one: one.reason),
    )
    yield grid("Les actions", columns, reading.reads[:MOST])
    if (left := len(reading.reads) - MOST) > 0:
        yield Paragraph(f"Et {count(left, 'autre')}, dans l’atelier.", "quiet")


def _place(read: Read) -> str:
    return read.place.label if read.verdict is Verdict.OUI else f"{read.place.label} (à vérifier)"


def _parties(plan: Plan, contract: Contract, confirmed: Sum) -> Iterator[Block]:
    signed = plan.signatures.get(contract.pk, [])
    told = [
        f"{plan.name_of(one.organisation)}"
        f"{f', le {short_day(one.signed_on)}' if one.signed_on else ', à signer'} ({one.verdict.label})"
        for one in signed
    ]
    yield Paragraph(f"Signataires : {' ; '.join(told)}." if told else "Aucun signataire écrit.")
    rows = plan.credits.get(contract.pk, [])
    if not rows:
        yield Paragraph("Aucun crédit écrit : les montants du contrat sont inconnus.")
        return
    yield grid("Crédits", CREDITS, rows[:MOST])
    told_sum = "aucun" if confirmed.known is None else f"{amount(confirmed.known)}\N{NO-BREAK SPACE}€"
    yield Paragraph(f"Prévu et confirmé par qui finance : {told_sum}.")
    if len(rows) > MOST:
        yield Paragraph(f"Et {count(len(rows) - MOST, 'autre')}, dans l’atelier.", "quiet")


CREDITS: tuple[Column[Credit], ...] = (
    Column("Financeur", lambda one: one.funder_name),
    Column("Année", lambda one: str(one.year)),
    Column("Prévu (€)", lambda one: euros(one.planned)),
    Column("Dépensé (€)", lambda one: euros(one.spent)),
    Column("Les deux le disent", lambda one: one.verdict),
)


def _decided(plan: Plan, reading: EssReading) -> Iterator[Block]:
    if not reading.decisions:
        yield Paragraph("Aucune décision adoptée ne porte sur ses actions.")
        return
    many = len(reading.decisions)
    yield Paragraph(
        f"{count(many, 'décision adoptée', 'décisions adoptées')}, dont {reading.with_ess} avec l’ESS."
    )
    lines = []
    for one in reading.decisions[:MOST]:
        present = [plan.name_of(UUID(each)) for each in one.present] + ["des habitants"] * one.inhabitants
        told = f" Avec : {listed(present)}." if present else " Présents : inconnus."
        lines.append(f"{one.body}, {short_day(one.on)} : {one.text}{told}")
    yield Items(tuple(lines))
    if many > MOST:
        yield Paragraph(f"Et {count(many - MOST, 'autre')}, dans l’atelier.", "quiet")
