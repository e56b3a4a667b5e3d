"""The pieces of a purchase, as a sheet that an officer goes on writing."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from ancrage.language.days import day
from ancrage.language.numbers import count, euros, percent, plain_number
from ancrage.language.typography import uncapitalised
from ancrage.procurement.answering import Settled
from ancrage.procurement.kit.declaration import Block, Piece, read_kit
from ancrage.procurement.suppliers import Supplier
from ancrage.questions.purchases import KitFacts, PurchaseFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import Common, Document, NamedTerritory, heading
from ancrage.reports.purchases.sheet import METHOD, value_words
from ancrage.reports.sheet import Block as Shown
from ancrage.reports.sheet import Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

BLANK = "……"
MOST = 40


class PieceDocument(Document, title="Pièce", description="Une pièce de l'achat."):
    """A piece."""

    id: str = Field(description="Identifiant.")
    title: str = Field(description="Titre.")
    articles: str = Field(description="Articles.")
    texts: list[str] = Field(description="Ses phrases, à compléter.")


class KitDocument(Common, title="Trousse d'un achat", description="Les pièces d'un achat, à modifier."):
    """The pieces."""

    territory: NamedTerritory | None = Field(default=None, description="Où l'on cherche qui peut répondre.")
    hours: int = Field(description="Heures d'insertion : valeur × main-d'œuvre × insertion ÷ coût horaire.")
    hours_of: dict[str, float] = Field(
        description="Les nombres du calcul : value, labour, insertion, hourly_cost."
    )
    pieces: list[PieceDocument] = Field(description="Les pièces.")


def document(answer: Answer[KitFacts]) -> dict[str, Any]:
    """Plain values: :class:`KitDocument` is their schema."""
    hours, said = answer.facts.hours, words_of(answer)
    return {
        **heading(answer),
        "hours": hours.hours,
        "hours_of": {
            "value": hours.value,
            "labour": hours.labour,
            "insertion": hours.insertion,
            "hourly_cost": hours.hourly_cost,
        },
        "pieces": [
            {
                "id": one.id,
                "title": one.title,
                "articles": one.articles,
                "texts": list(_texts(one, answer, said)),
            }
            for one in _pieces(answer)
        ],
    }


def _texts(piece: Piece, answer: Answer[KitFacts], said: Mapping[str, str]) -> Iterator[str]:
    for block in piece.blocks:
        if block.holds(answer.on):
            yield from filter(None, (*_filled((block.text, *block.list), said), block.quote))


def describe(answer: Answer[KitFacts]) -> Sheet:
    """Every piece that serves."""
    bought, said = answer.facts.asked.purchase, words_of(answer)
    return Sheet(
        kicker=f"Trousse de l’achat, consultation lancée le {day(answer.on)}",
        title=f"{bought.cpv.label or 'Achat'} ({bought.cpv.written}), {value_words(bought)} HT",
        lead=f"{bought.buyer.name} : des pièces à modifier, dans les mots des articles."
        f" « {BLANK} » est à écrire.",
        sections=tuple(
            Section(one.id, one.title, tuple(piece_blocks(one, answer, said)), aside=one.cited)
            for one in _pieces(answer)
        ),
        sources=answer.sources,
        method=METHOD,
        on=answer.on,
    )


def _pieces(answer: Answer[KitFacts]) -> Iterator[Piece]:
    """Those whose rule is not refused."""
    answers = answer.facts.asked.answers
    for piece in read_kit().pieces:
        if not piece.when or answers.named(piece.when).verdict is not Verdict.NON:
            yield piece


def piece_blocks(
    piece: Piece, answer: Answer[KitFacts], said: Mapping[str, str], *, but: str = ""
) -> Iterator[Shown]:
    """What a piece shows that day; ``but``: a table left out, which something else tells."""
    for block in piece.blocks:
        if block.holds(answer.on) and not (but and block.table == but):
            yield from _shown(block, answer, said)


def _shown(block: Block, answer: Answer[KitFacts], said: Mapping[str, str]) -> Iterator[Shown]:
    if block.text:
        yield Paragraph(_filled((block.text,), said)[0])
    if block.list:
        yield Items(tuple(_filled(block.list, said)), ordered=block.ordered)
    if block.quote:
        yield Paragraph(f"« {block.quote} » (article {block.article})", weight="quiet")
    if block.table:
        yield TABLES[block.table](answer.facts.asked, answer)


def _filled(texts: tuple[str, ...], said: Mapping[str, str]) -> list[str]:
    return [text.format_map(said) for text in texts if text]


def words_of(answer: Answer[KitFacts]) -> Mapping[str, str]:
    """What a piece says of the purchase, by the word that stands for it."""
    found, hours = answer.facts.asked, answer.facts.hours
    bought = found.purchase
    months = f", sur {plain_number(bought.months)} mois" if bought.months else ""
    return {
        "acheteur": bought.buyer.name,
        "objet": uncapitalised(bought.cpv.label or "cet achat"),
        "cpv": f"CPV {bought.cpv.written}",
        "montant": value_words(bought),
        "duree": months,
        "jour": day(answer.on),
        "procedure": _settled(found.answers.procedure),
        "publicite": _settled(found.answers.publicity),
        "heures": plain_number(hours.hours),
        "montant_calcul": euros(hours.value),
        "part_main_oeuvre": percent(hours.labour, 0),
        "part_insertion": percent(hours.insertion, 0),
        "cout_horaire": euros(hours.hourly_cost),
    }


def _settled(one: Settled) -> str:
    return uncapitalised(one.answer.rule.name) if one.verdict is Verdict.OUI else f"{BLANK} (à vérifier)"


def _suppliers(found: PurchaseFacts, answer: Answer[KitFacts]) -> Grid:  # noqa: ARG001 tables are called alike
    columns: tuple[Column[Supplier], ...] = (
        Column("Structure", lambda one: one.card.name or one.card.siret),
        Column("Commune", lambda one: one.card.commune_name or ""),
        Column("Insertion et handicap", lambda one: " ".join(one.card.kinds)),
        Column("Site", lambda one: one.website),
        Column("Écrit le", lambda _one: BLANK),
        Column("Échange du", lambda _one: BLANK),
        Column("Réponse", lambda _one: BLANK),
    )
    everyone = found.suppliers.found if found.suppliers else ()
    told = grid("À qui", columns, everyone[:MOST])
    note = f"Et {count(len(everyone) - MOST, 'autre', 'autres')}." if len(everyone) > MOST else ""
    return Grid(told.name, told.columns, told.rows, told.right, note=note)


def _criteria(found: PurchaseFacts, answer: Answer[KitFacts]) -> Grid:  # noqa: ARG001 tables are called alike
    rows = tuple((name, weight, BLANK) for name, weight in read_kit().criteria.on(answer.on))
    return Grid("Critères", ("Critère", "Poids", "Comment il est noté"), rows)


def _lots(found: PurchaseFacts, answer: Answer[KitFacts]) -> Grid:  # noqa: ARG001 tables are called alike
    told = found.purchase.lots or (0.0,)
    rows = tuple(
        (f"Lot {rank}", euros(value) if value else BLANK, BLANK, BLANK)
        for rank, value in enumerate(told, start=1)
    )
    return Grid(
        "Lots", ("Lot", "Valeur estimée HT", "Objet et lieu", "Réservé ? Pourquoi cette taille"), rows
    )


def _members(found: PurchaseFacts, answer: Answer[KitFacts]) -> Grid:  # noqa: ARG001 tables are called alike
    rows = tuple((f"{rank}", BLANK, BLANK, BLANK) for rank in range(1, 4))
    return Grid("Membres", ("Membre", "Structure (SIRET)", "Ce qu’elle fait", "Part HT"), rows)


TABLES = {"suppliers": _suppliers, "criteria": _criteria, "lots": _lots, "members": _members}
TOPIC = Topic(describe, document, KitDocument)
