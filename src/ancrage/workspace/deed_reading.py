"""The conventions of an atelier: what is written, frozen, signed, due; what a draft says from the plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from ancrage.conventions.catalogue import read_deeds
from ancrage.conventions.declaration import Sort
from ancrage.conventions.drafting import Article, Draft, Due, Filled, draft, dues, period
from ancrage.journal.past import all_as_on
from ancrage.language.days import day as told_day
from ancrage.language.days import short_day
from ancrage.language.numbers import plain_number
from ancrage.language.phrases import listed
from ancrage.people.models import Organisation
from ancrage.workspace.deeds import is_signed
from ancrage.workspace.models import (
    Atelier,
    Convention,
    ConventionSignature,
    ConventionText,
    Obligation,
)
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.reading import Plan, ordered

Row = TypeVar("Row", bound=InAtelier)
UNKNOWN = "inconnu"


@dataclass(frozen=True, eq=False)
class Book:
    """Conventions with their texts, who signed them, what they make due; ``on``: the day read for."""

    on: date
    conventions: list[Convention]
    texts: dict[UUID, list[ConventionText]]
    signatures: dict[UUID, list[ConventionSignature]]
    obligations: dict[UUID, list[Obligation]]

    @cached_property
    def organisations(self) -> dict[UUID, Organisation]:
        """Every organisation that they name."""
        named = {one for row in self.conventions for one in row.parties()}
        named |= {UUID(one) for texts in self.texts.values() for text in texts for one in text.parties}
        signed = [one for ones in self.signatures.values() for one in ones]
        return Organisation.objects.in_bulk([*named, *(p for one in signed for p in one.parties())])

    def name_of(self, organisation: UUID | None) -> str:
        """What an organisation is called; empty for none."""
        found = self.organisations.get(organisation) if organisation else None
        return found.name if found else ""

    def last(self, row: Convention) -> ConventionText | None:
        """The last text frozen."""
        return next(iter(self.texts.get(row.pk, ())[-1:]), None)

    def signature(self, text: ConventionText, party: str) -> ConventionSignature | None:
        """What is said of the signature of a party; nothing when nobody said anything."""
        said = self.signatures.get(text.pk, ())
        return next((one for one in said if str(one.organisation) == party), None)

    def signed(self, text: ConventionText) -> bool:
        """Whether every party said that it signed it."""
        return is_signed(text, self.signatures.get(text.pk, ()))

    def in_force(self, row: Convention) -> ConventionText | None:
        """The last text that all have signed."""
        return next((one for one in reversed(self.texts.get(row.pk, [])) if self.signed(one)), None)

    def state(self, row: Convention) -> str:
        """How far it has come, in French."""
        last = self.last(row)
        if last is None:
            return "projet"
        if not self.signed(last):
            return "à signer" if last.rank == 1 else "avenant à signer"
        told = [one.signed_on for one in self.signatures.get(last.pk, ()) if one.reply == "confirmee"]
        return f"signée le {short_day(max(told))}"

    def due(self) -> list[tuple[Convention, Obligation]]:
        """What is due and not done, in the order of days."""
        found = [
            (row, one)
            for row in self.conventions
            for one in self.obligations.get(row.pk, ())
            if one.done_on is None
        ]
        return sorted(found, key=lambda one: (one[1].due, one[1].title))

    def awaited(self, organisations: Collection[str]) -> list[tuple[Convention, str]]:
        """What waits for the organisations of a reader: a signature to give, or to confirm."""
        return [
            (row, told)
            for row in self.conventions
            if (last := self.last(row)) is not None
            for one in last.parties
            if one in organisations and (told := self._waits(last, one))
        ]

    def _waits(self, text: ConventionText, party: str) -> str:
        said = self.signature(text, party)
        if said is None:
            return "une convention à signer"
        return "une signature à confirmer" if said.awaited() & {party} else ""


def read_book(atelier: Atelier, *, on: date, past: bool = False) -> Book:
    """The conventions as they are or, ``past``, as they stood at the end of a day."""

    def rows(model: type[Row]) -> list[Row]:
        if past:
            return ordered(model, all_as_on(model, atelier.pk, on=on))
        found: Iterable[Any] = model._default_manager.filter(atelier=atelier, retired_at=None)
        return list(found)

    conventions = rows(Convention)
    # Most ateliers have none: a page then asks one question, not four.
    texts = rows(ConventionText) if conventions else []
    return Book(
        on,
        conventions,
        _by(texts, "convention_id"),
        _by(rows(ConventionSignature) if texts else [], "text_id"),
        _by(rows(Obligation) if conventions else [], "convention_id"),
    )


def _by(rows: Iterable[Row], name: str) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return dict(found)


def sort_of(row: Convention) -> Sort:
    """The sort of a convention."""
    return read_deeds().sorts[row.sort]


@dataclass(frozen=True)
class Written:
    """A convention as it stands: its articles, what is missing, what it makes due, all of it as values."""

    draft: Draft
    dues: tuple[Due, ...]
    content: dict[str, Any]


def written(plan: Plan, row: Convention, *, on: date) -> Written:
    """What a convention says, from the plan and from what its parties filled in; its law is read on a day."""
    names = Organisation.objects.in_bulk(row.parties())
    filled = Filled(row.begin, row.end, _given(plan, row, names), row.said)
    sort = sort_of(row)
    found, owed = draft(sort, filled, on=on), dues(sort, filled)
    content = {
        "sort": sort.name,
        "title": row.title,
        "deed": row.deed,
        "period": period(row.begin, row.end),
        "law_on": str(on),
        "parties": [_party(names[one]) for one in row.parties() if one in names],
        "articles": [_article(one, plan, row, owed, names) for one in found.articles],
    }
    return Written(found, owed, content)


def _given(plan: Plan, row: Convention, names: dict[UUID, Organisation]) -> dict[str, str]:
    told = [names[one].name for one in row.parties() if one in names]
    actions = [one.title for one in plan.actions if str(one.pk) in row.actions]
    return {
        "parties": listed(told),
        "premiere": told[0] if told else "",
        "autres": listed(told[1:]),
        "objet": row.purpose.strip().rstrip("."),
        "actions": listed(actions),
        "periode": period(row.begin, row.end),
        "acte": row.deed,
    }


def _party(one: Organisation) -> dict[str, str]:
    code = f"SIRET {one.siret}" if one.siret else f"SIREN {one.siren}" if one.siren else "sans SIREN"
    return {"name": one.name, "code": code, "nature": str(one.get_nature_display())}


def _article(
    one: Article, plan: Plan, row: Convention, owed: tuple[Due, ...], names: dict[UUID, Organisation]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": one.number,
        "id": one.id,
        "title": one.title,
        "words": one.words,
        "law": [
            {"title": text.title, "words": words, "note": text.note, "basis": str(text.basis)}
            for text, words in one.texts
        ],
    }
    tables = {
        "actions": lambda: (["Action", "Période"], [*_actions(plan, row)]),
        "argent": lambda: (
            ["Année", "Qui finance", "Nature, étape", "Demandé (€)", "Accordé (€)"],
            [*_money(plan, row, names)],
        ),
        "nature": lambda: (
            ["Année", "Ce qui est apporté", "De", "À", "Quantité", "Valeur (€)", "Méthode"],
            [*_gifts(plan, row, names)],
        ),
        "echeances": lambda: (
            ["Ce qui est dû", "Au plus tard le"],
            [[d.title, told_day(d.on)] for d in owed],
        ),
    }
    told["table"] = None
    if one.shows:
        columns, rows = tables[one.shows]()
        # A convention that names no action needs no list of them; money that nobody wrote is told.
        told["table"] = (
            None
            if one.shows == "actions" and not rows
            else {"name": one.title, "columns": columns, "rows": rows}
        )
    return told


def _actions(plan: Plan, row: Convention) -> Iterator[list[str]]:
    for one in plan.actions:
        if str(one.pk) in row.actions:
            yield [one.title, period(one.begin, one.end) or "période à préciser"]


def _money(plan: Plan, row: Convention, names: dict[UUID, Organisation]) -> Iterator[list[str]]:
    for action in plan.actions:
        for one in plan.resources.get(action.pk, ()) if str(action.pk) in row.actions else ():
            if one.funder in names and one.stage != "refusee":
                kind = f"{one.get_nature_display()}, {one.get_stage_display()}"
                yield [str(one.year), names[one.funder].name, kind, _euros(one.asked), _euros(one.granted)]


def _gifts(plan: Plan, row: Convention, names: dict[UUID, Organisation]) -> Iterator[list[str]]:
    for action in plan.actions:
        for one in plan.contributions.get(action.pk, ()) if str(action.pk) in row.actions else ():
            if one.giver in names and one.receiver in names and one.reply != "refusee":
                much = UNKNOWN if one.quantity is None else f"{plain_number(float(one.quantity))} {one.unit}"
                yield [
                    str(one.year),
                    f"{one.label} ({one.get_nature_display()})",
                    names[one.giver].name,
                    names[one.receiver].name,
                    much.strip(),
                    _euros(one.value),
                    str(one.get_method_display()) if one.method else "",
                ]


def _euros(value: Decimal | None) -> str:
    return UNKNOWN if value is None else plain_number(float(value))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What an amendment changes: the title of each article, its words before, its words after."""
    old = {one["id"]: one for one in before.get("articles", ())}
    new = {one["id"]: one for one in after.get("articles", ())}
    found = []
    for name in dict.fromkeys((*old, *new)):
        was, becomes = _whole(old.get(name)), _whole(new.get(name))
        if was != becomes:
            found.append(
                ((new.get(name) or old[name])["title"], was or "(nouvel article)", becomes or "(supprimé)")
            )
    return found


def _whole(article: dict[str, Any] | None) -> str:
    if article is None:
        return ""
    rows = (article["table"] or {}).get("rows", ())
    return "\n".join([article["words"], *(" · ".join(row) for row in rows)])
