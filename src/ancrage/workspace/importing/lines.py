"""Lines of a table read as actions: what cannot be read stays in their description, and is told."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ancrage.cells.amounts import read_amounts
from ancrage.cells.days import read_days
from ancrage.cells.told import Told
from ancrage.language.folding import plain_words
from ancrage.people.models import Organisation
from ancrage.workspace.importing.columns import MONEY, ONCE, Meaning, year_of
from ancrage.workspace.importing.table import Reason, Table
from ancrage.workspace.models.plan import TOOLS
from ancrage.workspace.states import State

Places = Callable[[str], tuple[list[dict[str, str]], list[str]]]
"""The places that a text names, and the names that are those of none."""
LONGEST, LONGEST_TEXT = 250, 8000
UNSORTED = "Actions reprises d’un fichier"
"""The objective of lines that say none."""
DAYS = (Meaning.BEGIN, Meaning.END)
WORDS: Mapping[State, str] = {
    State.PROPOSED: "proposee|a discuter|en discussion|idee|en reflexion|reflexion|a l etude|etude|projet",
    State.KEPT: "retenue|a venir|prevue|programmee|validee|planifiee|a lancer|non demarre|non demarree",
    State.UNDER_WAY: "en cours|en cours de realisation|engagee|engage|demarree|lancee|en retard|commencee",
    State.BLOCKED: "bloquee|bloque|en pause|suspendue|a l arret|en attente",
    State.DONE: "realisee|realise|terminee|termine|achevee|acheve|faite|fait|livree|livre|finalisee",
    State.ABANDONED: "abandonnee|abandonne|annulee|annule",
}
KNOWN = {word: state for state, words in WORDS.items() for word in words.split("|")} | {
    word.removesuffix("e"): state for state, words in WORDS.items() for word in words.split("|")
}


@dataclass
class Draft:
    """An action as a line says it, and the lines that go on with it; ``remarks``: what is not understood."""

    line: int
    title: str
    axis: str
    under: str
    fields: dict[str, Any] = field(default_factory=dict)
    partners: list[UUID] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    costs: list[dict[str, Any]] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def objective(self) -> tuple[str, str]:
        """The objective and the one inside it."""
        return (self.axis or UNSORTED, self.under)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is told apart by: its objective, the one inside it, its title, in plain words."""
        axis, under = self.objective
        return (plain(axis), plain(under), plain(self.title))

    @property
    def state(self) -> State:
        """Its state; proposed when the file does not say it."""
        return State(self.fields.get("state", State.PROPOSED))

    @property
    def description(self) -> str:
        """What is written of the action: its description, then all that found no other place."""
        told = self.fields.get("description", "")
        kept = "\n".join(("Dans le fichier importé :", *(f"- {one}" for one in self.kept)))
        return "\n\n".join(filter(None, (told, kept if self.kept else "")))


@dataclass(frozen=True)
class Around:
    """What lines are read against: organisations, places, the year of amounts without one, what is there."""

    organisations: Sequence[Organisation]
    places: Places
    year: int
    there: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True)
class Reading:
    """The actions of a table, and the lines set aside with their reason, in the order of the file."""

    drafts: tuple[Draft, ...]
    aside: tuple[Reason, ...]


def read_lines(table: Table, meanings: Sequence[Meaning], around: Around) -> Reading:
    """Read every line of a table: it becomes an action, goes on with one, or is set aside."""
    reader = _Lines(table, meanings, around)
    for rank, (line, cells) in enumerate(table.lines):
        reader.take(rank, line, cells)
    drafts = [one for one in reader.drafts if not reader.refuse_long(one)]
    return Reading(tuple(drafts), tuple(sorted((*table.aside, *reader.aside))))


class _Lines:
    def __init__(self, table: Table, meanings: Sequence[Meaning], around: Around) -> None:
        self.table, self.meanings, self.around = table, meanings, around
        self.drafts: list[Draft] = []
        self.aside: list[Reason] = []
        self._axis = self._under = ""
        self._open: Draft | None = None
        self._seen: dict[tuple[str, str, str], int] = {}
        self._read: dict[int, list[Told[Any]]] = {}
        for column, meaning in enumerate(meanings):
            cells = [cells[column] for _, cells in table.lines]
            if meaning in MONEY:
                self._read[column] = list(read_amounts(cells))
            elif meaning in DAYS:
                self._read[column] = list(read_days(cells))

    def take(self, rank: int, line: int, cells: Sequence[str]) -> None:
        """Read a line."""
        title = self._one(Meaning.TITLE, cells)
        axis, under = self._one(Meaning.AXIS, cells), self._one(Meaning.UNDER, cells)
        if re.match(r"(sous )?total|ensemble\b", " ".join(plain_words(title or axis or under))):
            self.aside.append((line, "ligne de total"))
            return
        if axis and axis != self._axis:
            self._axis, self._under = axis, ""
        self._under = under or self._under
        if title:
            self._begin(line, title)
        elif axis or under or self._open is None:
            self.aside.append((line, self._why_none(cells)))
            # What follows the title of an axis goes on with no action.
            self._open = None
            return
        else:
            self._open.remarks.append(f"la ligne {line}, sans intitulé, en est lue comme la suite")
        if self._open is not None:
            self._fill(self._open, rank, cells, first=bool(title))

    def _why_none(self, cells: Sequence[str]) -> str:
        other = any(
            cell
            for cell, meaning in zip(cells, self.meanings, strict=True)
            if meaning not in (Meaning.AXIS, Meaning.UNDER, Meaning.LEFT)
        )
        return "sans intitulé d’action" if other else "titre d’un axe, repris pour les lignes qui suivent"

    def _begin(self, line: int, title: str) -> None:
        draft = Draft(line, title, self._axis, self._under)
        key = draft.key
        self._open = None
        if key in self._seen:
            self.aside.append((line, f"même intitulé que la ligne {self._seen[key]}, sous le même objectif"))
        elif key in self.around.there:
            self.aside.append((line, "une action de cet intitulé est déjà dans le plan, sous cet objectif"))
        else:
            self._seen[key] = line
            self._open = draft
            self.drafts.append(draft)

    def refuse_long(self, draft: Draft) -> bool:
        """Set aside what is longer than any field; whether it was."""
        if max(map(len, (draft.title, *draft.objective))) > LONGEST:
            self.aside.append((draft.line, f"intitulé ou objectif de plus de {LONGEST} signes"))
            return True
        if len(draft.description) > LONGEST_TEXT:
            self.aside.append((draft.line, f"description de plus de {LONGEST_TEXT} signes"))
            return True
        return False

    def _one(self, meaning: Meaning, cells: Sequence[str]) -> str:
        found = (cell for cell, one in zip(cells, self.meanings, strict=True) if one is meaning)
        return " ".join(next(found, "").split())

    def _fill(self, draft: Draft, rank: int, cells: Sequence[str], *, first: bool) -> None:
        funder = ""
        told = list(enumerate(zip(cells, self.meanings, strict=True)))
        # Days first: an amount that says no year is of the year of its action.
        for column, (cell, meaning) in sorted(told, key=lambda one: one[1][1] not in DAYS):
            if meaning is Meaning.FUNDER:
                funder = " ".join(cell.split())
                if not cell:
                    continue
                following = self.meanings[column + 1 :][:1]
                if not following or following[0] not in (Meaning.ASKED, Meaning.GRANTED):
                    self._resource(draft, funder, self.around.year, {})
            elif not cell or meaning in (Meaning.TITLE, Meaning.AXIS, Meaning.UNDER, Meaning.LEFT):
                continue
            elif meaning in MONEY:
                self._money(draft, rank, column, meaning, self._named(column, funder))
            elif not first and meaning in ONCE:
                self._keep(draft, column, cell)
            elif meaning in DAYS:
                self._day(draft, rank, column, meaning)
            else:
                self._word(draft, column, meaning, cell)

    def _named(self, column: int, funder: str) -> str:
        """Who pays: the name in the column just before, what the title says otherwise."""
        before = self.meanings[column - 1] if column else None
        if before is Meaning.FUNDER:
            return funder or self.table.titles[column]
        title = self.table.titles[column]
        bare = re.sub(
            r"(?i)\b(montant|subvention|demandée?|sollicitée?|accordée?|obtenue?|notifiée?|part|20\d\d"
            r"|h\.?t\.?|t\.?t\.?c\.?|en euros?)\b|[€()]",
            " ",
            title,
        )
        return " ".join(bare.split()).strip(" -–:") or title

    def _money(self, draft: Draft, rank: int, column: int, meaning: Meaning, funder: str) -> None:
        found: Told[Decimal] = self._read[column][rank]
        title = self.table.titles[column]
        if found.value is None or found.value < 0 or found.value >= 10**12:
            if found.remark or found.value is not None:
                self._misread(draft, column, rank, found.sentence or "ce montant ne peut pas être repris")
            return
        value = found.value.quantize(Decimal("0.01"))
        begin = draft.fields.get("begin")
        year = year_of(title) or (begin.year if begin else self.around.year)
        if meaning in (Meaning.ASKED, Meaning.GRANTED):
            name = "asked" if meaning is Meaning.ASKED else "granted"
            self._resource(draft, funder, year, {name: value})
        else:
            name = "planned" if meaning is Meaning.PLANNED else "real"
            draft.costs.append({"year": year, "label": title[:LONGEST], name: value})
        if found.remark:
            draft.remarks.append(found.remark)

    def _resource(self, draft: Draft, funder: str, year: int, said: dict[str, Decimal]) -> None:
        organisation = self._organisation(funder)
        name = organisation.name if organisation else funder[:LONGEST]
        same = next(
            (
                one
                for one in draft.resources
                if (one["funder_name"], one["year"]) == (name, year) and not said.keys() & one.keys()
            ),
            None,
        )
        if same is None:
            same = {"funder_name": name, "funder": organisation.pk if organisation else None, "year": year}
            draft.resources.append(same)
        same.update(said)

    def _day(self, draft: Draft, rank: int, column: int, meaning: Meaning) -> None:
        found: Told[date] = self._read[column][rank]
        if found.value is None:
            if found.remark:
                self._misread(draft, column, rank, found.sentence)
            return
        begin = draft.fields.get("begin")
        if meaning is Meaning.END and begin and found.value < begin:
            self._misread(draft, column, rank, "la fin est avant le début")
            return
        draft.fields["begin" if meaning is Meaning.BEGIN else "end"] = found.value

    def _misread(self, draft: Draft, column: int, rank: int, why: str) -> None:
        self._keep(draft, column, self.table.lines[rank][1][column])
        line = self.table.lines[rank][0]
        draft.remarks.append(f"ligne {line}, « {self.table.titles[column]} » : {why}")

    def _keep(self, draft: Draft, column: int, cell: str) -> None:
        draft.kept.append(f"{self.table.titles[column]} : {cell}")

    def _word(self, draft: Draft, column: int, meaning: Meaning, cell: str) -> None:
        """What a cell of words says; the part that is not understood is kept."""
        left = getattr(self, f"_{meaning.value}", self._kept)(draft, cell)
        if left:
            self._keep(draft, column, left)
            if meaning is not Meaning.KEPT:
                draft.remarks.append(f"« {self.table.titles[column]} » : « {_cut(left)} » reste un texte")

    def _kept(self, _draft: Draft, cell: str) -> str:
        return cell

    def _description(self, draft: Draft, cell: str) -> str:
        draft.fields["description"] = cell
        return ""

    def _publics(self, draft: Draft, cell: str) -> str:
        told = " ".join(cell.split())
        if len(told) > 500:
            return cell
        draft.fields["publics"] = told
        return ""

    def _pilote(self, draft: Draft, cell: str) -> str:
        found = self._organisation(cell)
        draft.fields["pilot"] = found.pk if found else None
        return "" if found else cell

    def _partenaires(self, draft: Draft, cell: str) -> str:
        left = []
        for name in _listed(cell):
            found = self._organisation(name)
            if found is None:
                left.append(name)
            elif found.pk not in draft.partners:
                draft.partners.append(found.pk)
        return ", ".join(left)

    def _etat(self, draft: Draft, cell: str) -> str:
        state = KNOWN.get(plain(cell))
        draft.fields["state"] = state or State.PROPOSED
        return "" if state else cell

    def _lieux(self, draft: Draft, cell: str) -> str:
        found, left = self.around.places(cell)
        draft.fields["places"] = found
        return ", ".join(left)

    def _outils(self, draft: Draft, cell: str) -> str:
        numbers = [int(one) for one in re.findall(r"\d+", cell)]
        if not numbers or any(one not in TOOLS for one in numbers):
            return cell
        draft.fields["tools"] = sorted(set(numbers))
        return ""

    def _etapes(self, draft: Draft, cell: str) -> str:
        return self._each(draft.steps, cell)

    def _indicateurs(self, draft: Draft, cell: str) -> str:
        return self._each(draft.indicators, cell)

    def _each(self, into: list[str], cell: str) -> str:
        """One thing a line, or a semicolon; one that is longer than a field is left to the text."""
        left: list[str] = []
        for part in re.split(r"[\n;]", cell):
            told = " ".join(part.split()).strip("-•– ")
            if told:
                (into if len(told) <= LONGEST else left).append(told)
        return " ; ".join(left)

    def _organisation(self, written: str) -> Organisation | None:
        """The only one of the atelier that has this name or this code."""
        digits = "".join(re.findall(r"\d", written))
        name = plain(written)
        found = [
            one
            for one in self.around.organisations
            if plain(one.name) == name or (len(digits) in (9, 14) and digits in (one.siren, one.siret))
        ]
        return found[0] if len(found) == 1 else None


def plain(text: str) -> str:
    """A text as two spellings of it are compared."""
    return " ".join(plain_words(text))


def _listed(cell: str) -> Iterator[str]:
    for part in re.split(r"[,;\n]", cell):
        if told := " ".join(part.split()).strip("-•– "):
            yield told


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
