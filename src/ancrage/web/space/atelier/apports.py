"""What is brought in kind and what it counts for; the account of co-construction; what comes due."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ancrage.alerts.personal import follows
from ancrage.desk.opened import today
from ancrage.levers.catalogue import read_levers
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.rights import may
from ancrage.reports.cells import figure
from ancrage.reports.columns import Column, for_keeping, grid
from ancrage.reports.formats import FORMATS
from ancrage.reports.formats.csv import rows_of as csv_rows
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.spreadsheets import PEOPLE
from ancrage.web.space.atelier.files import WRITERS
from ancrage.web.space.atelier.shared import Inside, enter, told
from ancrage.web.space.atelier.sheets import euros
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace.balance import Sum
from ancrage.workspace.coconstruction import account
from ancrage.workspace.deadlines import Deadline, deadlines
from ancrage.workspace.deed_reading import read_book
from ancrage.workspace.door import thing
from ancrage.workspace.ledger import (
    DEPOSIT,
    USES,
    Account,
    Gift,
    accounts,
    aids,
    annex,
    gifts,
    levers_of,
    threshold_on,
    totals,
)
from ancrage.workspace.models import Contract, Convention
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.reading import Plan, read_plan


def _plan(inside: Inside) -> Plan:
    return read_plan(inside.atelier, on=inside.on, past=inside.past)


@require_safe
@signed_in
def index(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The ledger in kind: totals, conventions that are compulsory, files for the accounts of both."""
    inside = enter(request, atelier)
    plan = _plan(inside)
    found = gifts(plan)
    names = {one.number: f"{one.number}. {one.name}" for one in read_levers().levers} | {
        0: "aucun levier écrit"
    }
    around = told(
        inside,
        plan=plan,
        gifts=found,
        by_year=sorted(totals(found, lambda one: [one.row.year]).items()),
        by_giver=_named(plan, totals(found, lambda one: [one.row.giver])),
        by_receiver=_named(plan, totals(found, lambda one: [one.row.receiver])),
        by_lever=[(names[one], sums) for one, sums in sorted(totals(found, levers_of(plan)).items())],
        aids=aids(plan, read_book(inside.atelier, on=inside.on, past=inside.past)),
        deposit=threshold_on(DEPOSIT, inside.on),
        annexes=sorted(
            {(one.row.giver, one.row.year) for one in found}, key=lambda one: (plan.name_of(one[0]), one[1])
        ),
        books=sorted(
            {(one.row.receiver, one.row.year) for one in found},
            key=lambda one: (plan.name_of(one[0]), one[1]),
        ),
        today=today(),
        first=inside.atelier.created_at.date(),
    )
    return render(request, "space/atelier/apports.html.j2", around)


def _named(plan: Plan, sums: dict[UUID, tuple[Sum, Sum]]) -> list[tuple[str, tuple[Sum, Sum]]]:
    return sorted((plan.name_of(one), found) for one, found in sums.items())


ANNEX = (
    "Code général des collectivités territoriales, article L. 2313-1, 2° : liste des concours attribués aux "
    "associations sous forme de prestations en nature ou de subventions."
)
BOOKS = "Règlement ANC n° 2018-06, articles 211-1 et 211-2 : comptes 86 et 87, de même montant."


@require_safe
@signed_in
def export(
    request: HttpRequest, atelier: UUID, paper: str, organisation: UUID, year: int, shape: str
) -> HttpResponse:
    """The annex of an authority, or accounts 86 and 87 of a structure, for a year, as a file."""
    inside = enter(request, atelier)
    papers: dict[str, Callable[[Plan, UUID, int], Sheet]] = {"annexe": _annex, "comptes": _books}
    if paper not in papers or shape not in ("xlsx", "csv"):
        raise Http404("no such file")
    refuse_unless(may(inside.actor, Right.EXPORT_SEEN, thing(atelier), on=inside.on))
    plan = _plan(inside)
    if organisation not in plan.organisations:
        raise Http404("no such organisation in this plan")
    sheet = papers[paper](plan, organisation, year)
    written = _csv(sheet) if shape == "csv" else WRITERS[shape](sheet)
    answer = HttpResponse(written, content_type=FORMATS[shape].mime)
    answer["Content-Disposition"] = content_disposition_header(True, f"{paper}-{year}.{shape}")
    return answer


def _csv(sheet: Sheet) -> bytes:
    table = next(
        one for section in for_keeping(sheet).sections for one in section.blocks if isinstance(one, Grid)
    )
    return PEOPLE.text(table.columns, csv_rows(table.rows)).encode("utf-8-sig")


def _annex(plan: Plan, giver: UUID, year: int) -> Sheet:
    return _sheet(
        plan,
        giver,
        f"Aides en nature {year}",
        grid("Aides en nature", _gift_columns(plan), annex(plan, giver, year)),
        ANNEX,
    )


def _gift_columns(plan: Plan) -> list[Column[Gift]]:
    def who(one: Gift) -> Organisation | None:
        return plan.organisations.get(one.row.receiver)

    return [
        Column("Bénéficiaire", lambda one: plan.name_of(one.row.receiver)),
        Column("SIREN", lambda one: found.siren if (found := who(one)) else ""),
        Column("Nature", lambda one: one.row.get_nature_display()),
        Column("Objet", lambda one: one.row.label),
        Column("Quantité", lambda one: euros(one.row.quantity)),
        Column("Unité", lambda one: one.row.unit),
        Column("Valeur (€)", lambda one: euros(one.row.value)),
        Column("Méthode", lambda one: one.row.get_method_display() if one.row.method else ""),
        Column("Acte", lambda one: one.row.deed),
        Column("Les deux le disent", lambda one: one.row.verdict.label),
    ]


def _books(plan: Plan, receiver: UUID, year: int) -> Sheet:
    columns: tuple[Column[Account], ...] = (
        Column("Emplois (86)", lambda one: f"{one.use} – {USES[one.use]}"),
        Column("Ressources (87)", lambda one: f"{one.source} – {USES[one.source]}"),
        Column("Montant connu (€)", lambda one: euros(one.value.known)),
        Column("Montants inconnus", lambda one: figure(one.value.unknown)),
        Column("Dont confirmé (€)", lambda one: euros(one.confirmed.known)),
    )
    table = grid("Comptes 86 et 87", columns, accounts(plan, receiver, year))
    return _sheet(plan, receiver, f"Contributions volontaires en nature {year}", table, BOOKS)


def _sheet(plan: Plan, organisation: UUID, title: str, table: Grid, law: str) -> Sheet:
    blocks = (table, Paragraph(law, "quiet"))
    return Sheet(
        kicker=plan.name_of(organisation),
        title=title,
        lead=law,
        sections=(Section("liste", title, blocks),),
        on=plan.on,
    )


@require_safe
@signed_in
def coconstruction(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The share of decisions and actions taken with the ESS and with inhabitants, year after year."""
    inside = enter(request, atelier)
    around = told(inside, years=account(_plan(inside)), today=today(), first=inside.atelier.created_at.date())
    return render(request, "space/atelier/coconstruction.html.j2", around)


def _due(inside: Inside) -> list[Deadline]:
    return deadlines(_plan(inside), read_book(inside.atelier, on=inside.on, past=inside.past))


@require_safe
@signed_in
def due(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Everything that comes due, with what is late first."""
    inside = enter(request, atelier)
    found = [(one, _page(atelier, one.page)) for one in _due(inside)]
    around = told(
        inside,
        late=[one for one in found if one[0].on < inside.on],
        coming=[one for one in found if one[0].on >= inside.on],
        followed_already=follows(who(request), f"echeances_atelier?atelier={atelier}"),
        today=today(),
        first=inside.atelier.created_at.date(),
    )
    return render(request, "space/atelier/deadlines.html.j2", around)


def _page(atelier: UUID, row: InAtelier) -> str:
    names = {
        Convention.kind(): "atelier-convention",
        Contract.kind(): "atelier-contract",
        "action": "atelier-action",
    }
    if name := names.get(row.kind()):
        return reverse(name, args=[atelier, row.pk])
    return reverse("atelier", args=[atelier]) + ("#decisions" if row.kind() == "decision" else "#partenariat")


@require_safe
@signed_in
def agenda(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The same as a calendar that any agenda reads."""
    inside = enter(request, atelier)
    refuse_unless(may(inside.actor, Right.EXPORT_SEEN, thing(atelier), on=inside.on))
    content = HttpResponse(_calendar(inside), content_type="text/calendar; charset=utf-8")
    content["Content-Disposition"] = content_disposition_header(True, f"echeances-{inside.on}.ics")
    return content


def _calendar(inside: Inside) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//Atelier//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Échéances, {inside.atelier.name}")
    for event in _events(_due(inside), datetime.combine(inside.on, time(), UTC)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(found: Sequence[Deadline], at: datetime) -> Iterator[Any]:
    from icalendar import Event

    for one in found:
        event = Event()
        event.add("uid", f"{one.id}@ancrage")
        event.add("dtstamp", at)
        event.add("summary", f"{one.told} – {one.about}")
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        if one.by:
            event.add("description", f"Par {one.by}.")
        yield event
