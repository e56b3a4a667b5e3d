"""Contributions in kind: declared by one side, confirmed by the other, checked against the texts, counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ancrage.conventions.catalogue import read_deeds
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.language.days import short_day
from ancrage.language.numbers import number
from ancrage.levers.catalogue import read_levers
from ancrage.people.acts import Act as Right
from ancrage.people.models import Nature, Organisation
from ancrage.reasoning import Verdict
from ancrage.workspace.balance import Sum
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Action, Contribution
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.sides import UNANSWERED

ACCOUNTS = {
    Contribution.Nature.GOODS: ("860", "870"),
    Contribution.Nature.PREMISES: ("861", "871"),
    Contribution.Nature.LAND: ("861", "871"),
    Contribution.Nature.EQUIPMENT: ("861", "871"),
    Contribution.Nature.STAFF: ("862", "871"),
    Contribution.Nature.SERVICE: ("862", "871"),
    Contribution.Nature.HOURS: ("864", "875"),
}
"""Accounts 86 (use) and 87 (resource) of an association's books, ANC 2018-06."""
MONTHS = 18
LOAN = (
    "Un prêt de matériel gratuit est un prêt à usage : l’emprunteur garde, conserve et rend au terme convenu"
)
LOAN_OF_WORK = (
    "Un prêt de salarié sans but lucratif demande son accord, une convention et un avenant à son contrat"
)
CIVIL, LABOUR = "Code civil, articles 1875 à 1889", "Code du travail, articles L. 8241-1 et L. 8241-2"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the law asks of a contribution: whether it is met, and the text beside it."""

    verdict: Verdict
    told: str
    text: str


def declare(by: By, action: Action, **fields: object) -> Contribution:
    """Say what is given: the other side is to confirm."""
    row = Contribution(atelier_id=action.atelier_id, action=action, **fields)
    by = allowed(by, Right.DECLARE, thing(action.atelier_id, concerns=_sides(row)))
    row.declared_by, row.awaited_from = told_by(by, row)
    return created(by, "contribution.declaree", row)


def restate(by: By, row: Contribution, seen: int, **fields: object) -> Contribution:
    """Declare otherwise: what the other side had said no longer holds."""
    # Nobody takes over what is said of others by saying it of oneself.
    allowed(by, Right.DECLARE, thing(row.atelier_id, concerns=_sides(row)))
    for name in ("giver", "receiver"):
        setattr(row, name, fields.get(name, getattr(row, name)))
    by = allowed(by, Right.DECLARE, thing(row.atelier_id, concerns=_sides(row)))
    declared_by, awaited = told_by(by, row)
    sided = {"declared_by": declared_by, "awaited_from": awaited}
    return changed(by, "contribution.redeclaree", row, seen, {**fields, **sided, **UNANSWERED})


def _sides(row: Contribution) -> list[UUID]:
    return [one for one in (row.giver, row.receiver) if one]


def told_by(by: By, row: Contribution) -> tuple[UUID, UUID]:
    """Who declares and who is to answer: the other side; of a third party, the giver."""
    own = by.act.on_behalf_of or by.act.actor
    return own, row.receiver if own == row.giver else row.giver


def checks(row: Contribution, giver: Organisation | None, population: int | None = None) -> Iterator[Check]:
    """What the texts ask of such a contribution; ``population``: of the commune that gives, when known."""
    kind = Contribution.Nature(row.nature)
    public = giver is not None and giver.public
    if kind in (Contribution.Nature.PREMISES, Contribution.Nature.LAND) and public:
        yield _premises(row)
    if kind is Contribution.Nature.STAFF and public:
        yield _by_deed(
            row,
            "Un agent public est mis à disposition par une convention, avec son accord",
            "agents",
        )
        if giver is not None:
            yield from _patronage(row, giver, population)
    if kind is Contribution.Nature.STAFF and giver is not None and not public:
        yield _by_deed(row, LOAN_OF_WORK, "", LABOUR)
    if kind is Contribution.Nature.EQUIPMENT:
        yield _by_deed(row, LOAN, "", CIVIL)
    if public:
        yield _by_deed(
            row,
            "Une aide en nature d’une collectivité est décidée par un acte qui l’évalue",
            "subvention",
        )
    if row.value is None:
        yield Check(Verdict.A_VERIFIER, "Sa valeur n’est pas encore établie.", "")


def _premises(row: Contribution) -> Check:
    said = {
        Contribution.Domain.PUBLIC: (
            Verdict.A_VERIFIER,
            "Domaine public : il faut un titre, et la gratuité n’est possible que pour une association à but "
            "non lucratif qui concourt à l’intérêt général.",
        ),
        Contribution.Domain.PRIVATE: (Verdict.OUI, "Domaine privé : la collectivité le gère librement."),
    }
    unknown = (Verdict.A_VERIFIER, "Dites si le lieu est du domaine public ou privé : les règles diffèrent.")
    verdict, told = said.get(Contribution.Domain(row.domain), unknown)
    return Check(verdict, told, _title("domaine_public"))


def _patronage(row: Contribution, giver: Organisation, population: int | None) -> Iterator[Check]:
    """Whether an agent may be lent for nothing: the day, who lends, how long (loi 2022-217, art. 209)."""
    limit = next(iter(load_parameters()["mecenat-competences.population"].values))
    law = read_deeds().texts["mecenat"]
    title, first, last = law.title, law.since or date.min, law.until or date.max
    begin = row.begin or date(row.year, 1, 1)
    if not law.holds_on(begin):
        days = f"Hors du {short_day(first)} au {short_day(last)}"
        yield Check(Verdict.NON, f"{days}, un prêt d’agent à une association n’est pas gratuit.", title)
        return
    yield Check(*_may_lend(giver, population, limit.value), title)
    if row.begin and row.end:
        yield Check(*_long(row.begin, row.end), title)


def _may_lend(giver: Organisation, population: int | None, floor: float) -> tuple[Verdict, str]:
    if giver.nature in (Nature.EPCI, Nature.DEPARTEMENT, Nature.REGION, Nature.ETAT):
        return (
            Verdict.OUI,
            "Mécénat de compétences : ce prêt peut être gratuit à un organisme d’intérêt général.",
        )
    if giver.nature != Nature.COMMUNE:
        return (
            Verdict.NON,
            "Mécénat de compétences : le texte ne vise pas cet employeur ; le prêt se rembourse.",
        )
    if population is None:
        return (
            Verdict.A_VERIFIER,
            f"Gratuit si la commune a plus de {number(floor)} habitants : sa population est à vérifier.",
        )
    told = f"Gratuit à partir de {number(floor + 1)} habitants : cette commune en a {number(population)}."
    return (Verdict.OUI if population > floor else Verdict.NON), told


def _long(begin: date, end: date) -> tuple[Verdict, str]:
    """Eighteen months, three years in all."""
    months = (end.year - begin.year) * 12 + end.month - begin.month + (end.day >= begin.day)
    told = f"Mécénat de compétences : dix-huit mois, trois ans en tout ; ici {months} mois"
    if months <= MONTHS:
        return Verdict.OUI, f"{told}."
    return (Verdict.A_VERIFIER if months <= 2 * MONTHS else Verdict.NON), f"{told}, avec son renouvellement."


def _by_deed(row: Contribution, told: str, text: str, title: str = "") -> Check:
    law = title or _title(text)
    if row.deed:
        return Check(Verdict.OUI, f"{told} : {row.deed}.", law)
    return Check(Verdict.A_VERIFIER, f"{told} : l’acte n’est pas nommé.", law)


def _title(key: str) -> str:
    return read_levers().texts[key].title


def total(rows: Iterable[Contribution]) -> tuple[Sum, Sum]:
    """The value of some contributions, and that of those both sides say."""
    told = list(rows)
    return _sum(told), _sum([one for one in told if one.reply == Reply.CONFIRMED])


def _sum(rows: list[Contribution]) -> Sum:
    known = [one.value for one in rows if one.value is not None]
    return Sum(sum(known, Decimal("0.00")) if known else None, len(rows) - len(known))
