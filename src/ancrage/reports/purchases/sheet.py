"""What may be done for a purchase, as a sheet: the answer, who could serve it, what is due, the texts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ancrage.facts.declaration import load_facts
from ancrage.language.days import day
from ancrage.language.numbers import count, euros, kilometres, percent, plain_number
from ancrage.language.typography import NO_BREAK_SPACE, uncapitalised
from ancrage.procurement.answering import RuleAnswer, Settled
from ancrage.procurement.declaration import Group
from ancrage.procurement.purchase import Purchase
from ancrage.procurement.suppliers import Scheme, Supplier, Suppliers, Town
from ancrage.questions.purchases import PurchaseFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import heading
from ancrage.reports.purchases.document import PurchaseDocument, document, open_facts
from ancrage.reports.sheet import (
    Block,
    Grid,
    Items,
    KeyFigure,
    Outline,
    Paragraph,
    Point,
    Section,
    Sheet,
    Where,
)
from ancrage.reports.topic import Topic

METHOD = "achats"
SHOWN = 20
ASSUMED = "Ordre de grandeur : valeur annuelle × part de la main-d’œuvre ÷ coût annuel d’un temps plein."
NOBODY = "Personne n’est connu autour pour cet achat ; élargissez le rayon, ou demandez aux réseaux."
UNITS: Mapping[str, Callable[[float], str]] = {
    "EUR": euros,
    "part": lambda value: percent(value, 0),
    "jours": lambda value: f"{plain_number(value)} jours",
}


def describe(answer: Answer[PurchaseFacts]) -> Sheet:
    """The answer first, then who could serve it, what may be reserved, what is due, and the texts."""
    found = answer.facts
    bought = found.purchase
    return Sheet(
        kicker=f"Que puis-je faire pour cet achat ? Consultation lancée le {day(answer.on)}",
        title=f"{bought.cpv.label or 'Achat'} ({bought.cpv.written}), {value_words(bought)} HT",
        lead=f"{bought.buyer.name} : {_kind_words(bought)}.",
        figures=tuple(_figures(found)),
        sections=tuple(_sections(answer)),
        sources=answer.sources,
        method=METHOD,
        on=answer.on,
    )


def value_words(bought: Purchase) -> str:
    """The value, as a person reads it."""
    low, high = bought.value.low or 0.0, bought.value.high or 0.0
    return euros(high) if low == high else f"{euros(low)} à {euros(high)}"


def _kind_words(bought: Purchase) -> str:
    kind = load_facts()["acheteur"].choices.get(bought.buyer.kind or "", "sorte d’acheteur à vérifier")
    parts = [kind, load_facts()["nature_achat"].choices[bought.nature]]
    if bought.months:
        parts.append(f"{plain_number(bought.months)}{NO_BREAK_SPACE}mois")
    if bought.lots:
        parts.append(count(len(bought.lots), "lot"))
    return ", ".join(parts)


def _figures(found: PurchaseFacts) -> Iterator[KeyFigure]:
    yield KeyFigure("Procédure", found.answers.procedure.answer.rule.name, _doubt(found.answers.procedure))
    yield KeyFigure("Publicité", found.answers.publicity.answer.rule.name, _doubt(found.answers.publicity))
    if found.suppliers:
        around = found.suppliers.within_km
        where = f"à {kilometres(around)}" if around is not None else "dans le territoire"
        asked = count(len(found.suppliers.to_ask), "autre", "autres")
        known = count(len(found.suppliers.known), "connue", "connues")
        yield KeyFigure("Peuvent répondre", known, f"{where}, et {asked} à interroger")


def _doubt(one: Settled) -> str:
    return (
        f"article {one.answer.rule.article}"
        if one.verdict is Verdict.OUI
        else "à vérifier : la plus exigeante des possibles"
    )


def _sections(answer: Answer[PurchaseFacts]) -> Iterator[Section]:
    found = answer.facts
    answers = found.answers
    yield Section("reponse", "La réponse", tuple(_answer(found)))
    yield Section(
        "reserves", "Ce que vous pouvez réserver", (_rules("Réserves", answers.of(Group.RESERVATION)),)
    )
    if found.suppliers:
        yield Section("fournisseurs", "Qui peut répondre", tuple(_suppliers(found.suppliers)))
    yield Section(
        "devoirs", "Ce que vous devez", (_rules("Devoirs", answers.of(Group.DUTY)), *_exceptions(found))
    )
    yield Section(
        "autrement", "Ce qui peut se faire autrement", (_rules("Possibilités", answers.of(Group.OPTION)),)
    )
    yield Section("subvention", "Marché ou subvention ?", (_rules("Forme", answers.of(Group.SUBSIDY)),))
    if questions := open_facts(found):
        lines = tuple(load_facts()[fact].question for fact in questions)
        yield Section("questions", "Ce qui reste à savoir", (Items(lines),))
    yield Section("textes", "Les textes, dans leur rédaction de ce jour", (_texts(answers.answers),))


def _answer(found: PurchaseFacts) -> Iterator[Block]:
    for name, one in (("Procédure", found.answers.procedure), ("Publicité", found.answers.publicity)):
        settled = one.verdict is Verdict.OUI
        possible = " ou ".join(uncapitalised(each.rule.name) for each in one.possible)
        words = one.answer.label if settled else possible
        told = (
            f"{words} (article {one.answer.rule.article})."
            if settled
            else f"à vérifier, {words}. {one.answer.reason}"
        )
        yield Paragraph(f"{name} : {told}", weight="strong")


def _rules(name: str, rules: Sequence[RuleAnswer]) -> Grid:
    return grid(name, RULES, rules)


def _exceptions(found: PurchaseFacts) -> Iterator[Block]:
    if found.answers.named("condition_sociale").verdict is Verdict.NON:
        return
    yield Paragraph(
        "La condition sociale peut être écartée dans l’un de ces cas ; les motifs sont conservés."
    )
    yield _rules("Exceptions", found.answers.of(Group.EXCEPTION))


def _reason(one: RuleAnswer) -> str:
    amount = one.wording.amount if one.wording else None
    if amount is None or one.amount is None or one.amount.high is None or one.verdict is Verdict.NON:
        return cells.lines(
            one.reason, cells.quiet(one.wording.note) if one.wording and one.wording.note else ""
        )
    figures = UNITS[amount.unit](one.amount.high)
    return cells.lines(one.reason, cells.strong(f"{figures} {amount.label}"))


def _unbroken(article: str) -> str:
    """« L. 2113-12 » on one line."""
    return article.replace(". ", f".{NO_BREAK_SPACE}").replace("-", "\u2011")


RULES: tuple[Column[RuleAnswer], ...] = (
    Column("Quoi", lambda one: one.rule.name),
    Column("Réponse", lambda one: one.verdict),
    Column("Pourquoi", _reason),
    Column("Article", lambda one: _unbroken(one.rule.article)),
)


def _suppliers(everyone: Suppliers) -> Iterator[Block]:
    yield Paragraph(supplier_words(everyone), weight="strong")
    yield Paragraph(_need_words(everyone), weight="quiet")
    shown = everyone.found[:SHOWN]
    if shown:
        rest = len(everyone.found) - len(shown)
        note = f"Et {count(rest, 'autre', 'autres')} dans le fichier." if rest else ""
        told = grid("Fournisseurs possibles", SUPPLIERS, shown)
        yield Grid(told.name, told.columns, told.rows, told.right, note=note, where=Where.READ, carded=True)
    yield grid_kept(everyone)


def supplier_words(everyone: Suppliers) -> str:
    """How many could answer, and each reserve."""
    where = everyone.territory.name
    around = (
        f"à moins de {kilometres(everyone.within_km)} de {where}"
        if everyone.within_km is not None
        else f"dans {where}"
    )
    if not everyone.found:
        return NOBODY
    handicap, insertion = (
        sum(scheme in one.schemes for one in everyone.known) for scheme in (Scheme.HANDICAP, Scheme.INSERTION)
    )
    known = count(len(everyone.known), "structure connue", "structures connues")
    told = f"{known} pour le vendre {around}, dont {insertion} de l’insertion et {handicap} du handicap"
    others = count(len(everyone.to_ask), "autre", "autres")
    asked = f" ; {others} à interroger, dont l’activité publiée ne dit pas ce qu’elles vendent"
    return f"{told}{asked if everyone.to_ask else ''}."


def _need_words(everyone: Suppliers) -> str:
    low, high = everyone.need.low, everyone.need.high
    figures = (
        plain_number(round(high, 1))
        if round(low, 1) == round(high, 1)
        else f"{plain_number(round(low, 1))} à {plain_number(round(high, 1))}"
    )
    return f"L’achat occupe environ {figures} temps plein. {ASSUMED}"


def grid_kept(everyone: Suppliers) -> Grid:
    """All of them, for a file that one writes to."""
    told = grid("Fournisseurs", KEPT, everyone.found)
    return Grid(told.name, told.columns, told.rows, told.right, where=Where.KEPT)


def _name(one: Supplier) -> str:
    return cells.structure(one.card.name or "nom non diffusible", one.card.siret)


def _address(one: Supplier) -> str:
    return " ".join(filter(None, (one.card.address, one.card.postcode, one.card.commune_name)))


def _size(one: Supplier) -> Cell:
    told = one.card.jobs
    return cells.jobs(told.low, told.central, told.high) if told else cells.UNKNOWN


SUPPLIERS: tuple[Column[Supplier], ...] = (
    Column("Structure", lambda one: cells.lines(_name(one), cells.quiet(one.card.commune_name or ""))),
    Column("Distance", lambda one: cells.distance(one.km)),
    Column("Vend", lambda one: "oui" if one.sells else "à demander"),
    Column("Salariés", _size),
    Column("Seule ?", lambda one: one.able.label),
    Column("Réserves", lambda one: ", ".join(one.reserves)),
    Column("Pourquoi", lambda one: cells.lines(*one.reasons)),
)
KEPT: tuple[Column[Supplier], ...] = (
    Column("SIRET", lambda one: one.card.siret),
    Column("Nom", lambda one: one.card.name or ""),
    Column("Adresse", _address),
    Column("Commune", lambda one: one.card.commune_name or ""),
    Column("Distance (km)", lambda one: cells.figure(one.km, 1, unknown="")),
    Column("Vend", lambda one: "oui" if one.sells else "à demander"),
    Column("Activité (NAF)", lambda one: one.card.naf or ""),
    Column("Insertion et handicap", lambda one: " ".join(one.card.kinds)),
    Column(
        "Salariés, au moins",
        lambda one: cells.figure(one.card.jobs.low if one.card.jobs else None, unknown=""),
    ),
    Column("Porte seule", lambda one: one.able.label),
    Column("Réserves", lambda one: ", ".join(one.reserves)),
    Column("Pourquoi", lambda one: " ; ".join(one.reasons)),
    Column("Site", lambda one: one.website),
    Column("Contact", lambda _one: ""),
    Column("Écrit le", lambda _one: ""),
    Column("Réponse", lambda _one: ""),
)


def _texts(answers: Sequence[RuleAnswer]) -> Outline:
    told = {one.rule.article: one for one in answers if one.wording}
    points = tuple(
        Point(
            f"{article} : « {one.wording.quote} »",
            (Point(f"{one.wording.text.title}. {one.wording.text.note}".strip()),),
        )
        for article, one in told.items()
        if one.wording
    )
    return Outline("Les articles cités", points)


def features(answer: Answer[PurchaseFacts]) -> dict[str, Any]:
    """The map of those who could serve it, by layer (``couche``): their own point only, and communes."""
    everyone = answer.facts.suppliers
    towns, found = (everyone.towns, everyone.found) if everyone else ((), ())
    return {
        "type": "FeatureCollection",
        **{key: value for key, value in heading(answer).items() if key != "territory"},
        "features": [*map(_town, towns), *(point for one in found if (point := _point(one)))],
    }


def _town(one: Town) -> dict[str, Any]:
    about = {"couche": "commune" if one.own else "voisine", "code": one.code, "name": one.name}
    return _feature(about, one.longitude, one.latitude)


def _point(one: Supplier) -> dict[str, Any] | None:
    if not one.card.diffusible or one.card.longitude is None or one.card.latitude is None:
        return None
    about = {
        "couche": "structure",
        "siret": one.card.siret,
        "name": one.card.name,
        "detail": "vend ce qui est acheté" if one.sells else "à interroger",
        "reserves": list(one.reserves),
    }
    return _feature(about, one.card.longitude, one.card.latitude)


def _feature(about: dict[str, Any], longitude: float, latitude: float) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": about,
    }


def table(answer: Answer[PurchaseFacts]) -> Grid:
    """The suppliers, for a CSV; the rules where nobody is looked for."""
    everyone = answer.facts.suppliers
    return grid_kept(everyone) if everyone else _rules("Règles", answer.facts.answers.answers)


TOPIC = Topic(describe, document, PurchaseDocument, features=features, table=table)
