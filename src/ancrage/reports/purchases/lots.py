"""Lots that fit, as a sheet: the cut, who could carry each, what each cut costs in competition."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from ancrage.language.days import day
from ancrage.language.numbers import count, euros, percent
from ancrage.language.phrases import listed
from ancrage.procurement.lots import ENOUGH, MOST_MEMBERS, Cut, Lot
from ancrage.procurement.purchase import Purchase
from ancrage.questions.purchases import LotFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import Common, Document, NamedTerritory, heading
from ancrage.reports.purchases.sheet import ASSUMED, METHOD, supplier_words, value_words
from ancrage.reports.sheet import Block, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

UNSIZED = (
    "Aucune structure connue pour le vendre n’a d’effectif publié : aucun découpage ne peut être proposé. "
    "Demandez-leur leur effectif (questionnaire de la trousse), puis comparez-le au besoin de chaque lot."
)


class CutDocument(Document, title="Découpage en lots égaux", description="Ce que coûte un découpage."):
    """A cut."""

    lots: int = Field(description="Nombre de lots.")
    alone: int = Field(description="Structures dont l'effectif publié porte un lot seules.")
    perhaps: int = Field(description="Structures qui le peuvent peut-être.")


class LotDocument(Document, title="Lot proposé", description="Un lot à la taille de ceux qui sont là."):
    """A lot."""

    share: float = Field(description="Part du tout.")
    value: float | None = Field(description="Valeur hors taxes.")
    candidates: int = Field(description="Structures qui peuvent le porter seules.")
    together: bool = Field(description="Vrai s'il demande un groupement.")
    carriers: list[dict[str, Any]] = Field(description="Qui peut le porter : siret, name, share.")
    uncarried: float = Field(description="Part du tout que personne de connu ne porte.")


class LotsDocument(Common, title="Lots à leur taille", description="Un achat découpé."):
    """Lots."""

    territory: NamedTerritory | None = Field(default=None, description="Où l'on cherche qui peut répondre.")
    cuts: list[CutDocument] = Field(description="Découpages en lots égaux, comparés.")
    lots: list[LotDocument] = Field(
        description="Le découpage proposé ; vide si rien ne permet d'en proposer un."
    )
    gap: float | None = Field(description="À combien, au plus, du meilleur découpage ; 0 s'il est prouvé.")
    sized: int = Field(description="Structures dont l'effectif est connu.")
    unsized: int = Field(description="Structures dont l'effectif est inconnu.")


def document(answer: Answer[LotFacts]) -> dict[str, Any]:
    """Plain values: :class:`LotsDocument` is their schema."""
    plan, bought = answer.facts.plan, answer.facts.asked.purchase
    return {
        **heading(answer),
        "cuts": [{"lots": one.lots, "alone": one.alone, "perhaps": one.perhaps} for one in plan.cuts],
        "lots": [_lot(one, bought) for one in plan.lots],
        "gap": plan.proof.gap if plan.proof else None,
        "sized": plan.sized,
        "unsized": plan.unsized,
    }


def _lot(one: Lot, bought: Purchase) -> dict[str, Any]:
    return {
        "share": one.share,
        "value": bought.value.high * one.share if bought.value.high else None,
        "candidates": one.candidates,
        "together": one.together,
        "carriers": [
            {"siret": each.card.siret, "name": each.card.name, "share": round(share, 3)}
            for each, share in one.carriers
        ],
        "uncarried": round(one.uncarried, 3),
    }


def describe(answer: Answer[LotFacts]) -> Sheet:
    """The cut proposed, and the others."""
    asked = answer.facts.asked
    bought = asked.purchase
    return Sheet(
        kicker=f"Des lots à leur taille, le {day(answer.on)}",
        title=f"{bought.cpv.label or 'Achat'} ({bought.cpv.written}), {value_words(bought)} HT",
        lead=supplier_words(asked.suppliers) if asked.suppliers else "",
        sections=(
            Section("lots", "Le découpage proposé", tuple(_proposed(answer.facts))),
            *_compared(answer.facts),
            Section("methode", "Comment", (Paragraph(_method(answer.facts), weight="quiet"),)),
        ),
        sources=answer.sources,
        method=METHOD,
        on=answer.on,
    )


def _compared(facts: LotFacts) -> Iterator[Section]:
    """Nothing where no size is known: zero would be said of what nobody knows."""
    if facts.plan.sized:
        yield Section("concurrence", "Ce que coûte chaque découpage", (_cuts(facts),))


def _proposed(facts: LotFacts) -> Iterator[Block]:
    plan, bought = facts.plan, facts.asked.purchase
    if not plan.lots:
        yield Paragraph(UNSIZED, weight="strong")
        yield from _needs(facts)
        return
    yield Paragraph(_words(facts), weight="strong")
    columns: tuple[Column[Lot], ...] = (
        Column("Part", lambda one: cells.share(one.share, 0)),
        Column("Valeur HT", lambda one: euros(round((bought.value.high or 0) * one.share))),
        Column("Candidats seuls", lambda one: cells.figure(one.candidates)),
        Column("Qui peut le porter", _carriers),
        Column("Reste sans porteur", lambda one: percent(one.uncarried, 0) if one.uncarried > 1e-6 else ""),
    )
    yield grid("Lots proposés", columns, plan.lots)


def _needs(facts: LotFacts) -> Iterator[Block]:
    """What a lot of each cut would occupy, which those asked may compare themselves with."""
    value, everyone = facts.asked.purchase.value.high or 0.0, facts.asked.suppliers
    if everyone is None or everyone.need.high == float("inf"):
        return
    need = everyone.need.high
    columns: tuple[Column[Cut], ...] = (
        Column("Lots égaux", lambda one: cells.figure(one.lots)),
        Column("Valeur d’un lot HT", lambda one: euros(round(value / one.lots))),
        Column("Temps plein qu’un lot occupe", lambda one: cells.figure(need / one.lots, 1)),
    )
    yield grid("Ce qu’un lot demande", columns, facts.plan.cuts)
    yield Paragraph(ASSUMED, weight="quiet")


def _carriers(one: Lot) -> str:
    names = [each.card.name or each.card.siret for each, _ in one.carriers]
    return f"{listed(names)}{' (groupement)' if one.together else ''}" if names else "personne de connu"


def _words(facts: LotFacts) -> str:
    plan = facts.plan
    together = sum(one.together for one in plan.lots)
    left = sum(one.uncarried for one in plan.lots)
    told = [count(len(plan.lots), "lot")]
    told.append(
        f"dont {count(together, 'demande', 'demandent')} un groupement"
        if together
        else "chacun porté par une structure seule"
    )
    if left > 1e-6:
        told.append(
            f"{percent(left, 0)} du tout dépasse ce que les structures connues peuvent porter ensemble"
        )
    return f"{' ; '.join(told)}."


def _cuts(facts: LotFacts) -> Block:
    value = facts.asked.purchase.value.high or 0.0
    columns: tuple[Column[Cut], ...] = (
        Column("Lots égaux", lambda one: cells.figure(one.lots)),
        Column("Valeur d’un lot HT", lambda one: euros(round(value / one.lots))),
        Column("Le portent seules", lambda one: cells.figure(one.alone)),
        Column("Peut-être", lambda one: cells.figure(one.perhaps)),
        Column("Concurrence", lambda one: "suffisante" if one.alone >= ENOUGH else "à vérifier"),
    )
    return grid("Découpages", columns, facts.plan.cuts)


def _method(facts: LotFacts) -> str:
    plan = facts.plan
    proof = "prouvé le meilleur" if plan.proof and plan.proof.proven else "trouvé dans le temps donné"
    told = (
        f"Un programme en nombres entiers cherche le moins de lots possible, chacun avec {ENOUGH} candidats "
        "capables de le porter seuls, tous portés à la fois par les structures connues, en groupements de "
        f"{MOST_MEMBERS} au plus (cotraitance) ; l’effectif central de la tranche publiée dit ce que "
        "chacune porte."
    )
    sized = count(plan.sized, "effectif connu", "effectifs connus")
    known = f" {sized}, {count(plan.unsized, 'inconnu', 'inconnus')}."
    return told + known + (f" Découpage {proof}." if plan.lots else "")


TOPIC = Topic(describe, document, LotsDocument)
