"""What is really bought, as a sheet: what the data is worth, to whom, with which clauses, over the years."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ancrage.language.days import day
from ancrage.language.numbers import count, euros, number, percent
from ancrage.procurement.bought.divisions import division_label
from ancrage.procurement.bought.indicators import Indicators
from ancrage.procurement.bought.quality import Quality
from ancrage.procurement.bought.reservable import Reservable
from ancrage.procurement.bought.shares import Line, Share, Tally
from ancrage.procurement.bought.vocabulary import Flaw
from ancrage.questions.bought import SHOWN, Bought
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families
from ancrage.repairs import SynchroniseSources
from ancrage.reports import cells
from ancrage.reports.bought.contracts import CONTRACTS, account_grid, buyers_grid
from ancrage.reports.bought.document import BoughtDocument, document
from ancrage.reports.bought.words import HOLDERS, LABELS, TERMS, bounds, bounds_cell, contracts, years_of
from ancrage.reports.columns import Column, Title, for_keeping, grid, kept
from ancrage.reports.sheet import Block, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "achats"
SOURCES = ("decp", "decp-tabulaire")
UNKNOWN_NOTE = (
    "Indéterminé : titulaire sans SIRET lisible, unité légale qu’aucune source lue ne connaît, "
    "absence d’une liste qui ne "
    "parle pas du jour du contrat. Ce n’est jamais compté comme un non : d’où « au moins » et « au plus »."
)
AMOUNTS_NOTE = (
    "Les montants sont ceux que l’acheteur déclare, hors taxes, au dernier avenant ; celui d’un "
    "accord-cadre est souvent "
    "son plafond, non ce qui est dépensé."
)
RESERVABLE_NOTE = (
    "Une piste à vérifier par un sourçage : l’activité publiée répond, rien ne dit la capacité, ni "
    "le prix. Les structures "
    "dont l’activité n’est pas publiée (la plupart des ESAT) n’y sont pas comptées."
)
MOST_CONTRACTS = 200_000
"""Contracts of a file: a whole country is asked by département or by year."""
LEAST = "De ce qui est sûr à ce qui est possible, l’indéterminé compris."
MOST_DIVISIONS, LONGEST_LABEL = 12, 60


def describe(answer: Answer[Bought]) -> Sheet:
    """The quality of the data first, then the shares."""
    found = answer.facts
    return Sheet(
        kicker=f"Ce qui est vraiment acheté {years_of(answer)}".strip() + f", au {day(answer.on)}",
        title=_title(answer),
        lead=_lead(found),
        figures=tuple(_figures(found)) if found.known else (),
        warnings=tuple(_warnings(found)),
        sections=tuple(_sections(answer)) if found.known else (_nothing(found),),
        sources=answer.sources,
        method=METHOD,
        on=answer.on,
    )


def _title(answer: Answer[Bought]) -> str:
    if answer.facts.buyer is not None:
        return f"{answer.facts.buyer.shown} (SIREN {answer.facts.buyer.siren})"
    territory = answer.territory
    return f"{territory.name} ({territory.code.code})" if territory else ""


def _lead(found: Bought) -> str:
    if not found.known:
        return "Aucun marché n’est connu ici."
    ess = found.shares.by["ess"]
    of = "" if found.buyer else f" de {count(len(found.buyers), 'acheteur')}"
    return (
        f"{contracts(found.shares.total.contracts)}{of} pour {euros(round(found.shares.total.value))} "
        f"; à l’ESS : "
        f"{bounds(ess.number())} des contrats, {bounds(ess.value())} des montants."
    )


def _figures(found: Bought) -> Iterator[KeyFigure]:
    total, by = found.shares.total, found.shares.by
    yield KeyFigure("Contrats", cells.figure(total.contracts), "notifiés, au dernier avenant")
    yield KeyFigure("Montants", cells.figure(round(total.value), unit="€"), "hors taxes, déclarés")
    yield KeyFigure("À l’ESS, au moins", _least(by["ess"]), _most(by["ess"]))
    yield KeyFigure("Clause sociale, au moins", _least(by["clause"]), _most(by["clause"]))


def _least(share: Share) -> cells.Share:
    found = share.number()
    return cells.share(found[0] if found else None)


def _most(share: Share) -> str:
    unknown = share.possible.contracts - share.tally(Verdict.OUI).contracts
    return f"des contrats ; {number(unknown)} indéterminés ou en partie" if unknown else "des contrats"


def _warnings(found: Bought) -> Iterator[str]:
    quality = found.quality
    if found.known and quality.holders and quality.known_holders < quality.holders / 2:
        yield (
            f"{count(quality.holders - quality.known_holders, 'titulaire')} sur "
            f"{number(quality.holders)} ne sont connus "
            "d’aucune source lue : l’essentiel est indéterminé tant que SIRENE n’est pas synchronisé "
            "en entier."
        )


def _nothing(found: Bought) -> Section:
    if not found.account:
        told = (
            "Les données essentielles de la commande publique ne sont pas synchronisées : ce qui est "
            "acheté ici "
            "n’est pas connu."
        )
        return Section("rien", "Ce qui manque", (Paragraph(told, repairs=(SynchroniseSources(SOURCES),)),))
    told = (
        "Aucun acheteur de ce territoire n’a de contrat dans les fichiers lus, avec ces filtres : "
        "c’est inconnu, et non nul. "
        "Un acheteur peut ne pas publier, ou publier sous un SIRET faux."
    )
    return Section("rien", "Ce qui manque", (Paragraph(told),))


def _sections(answer: Answer[Bought]) -> Iterator[Section]:
    found = answer.facts
    yield Section("qualite", "Ce que valent ces données", tuple(quality_blocks(found.quality)))
    yield Section(
        "titulaires", "À qui", (_shares(found, "À qui vont les contrats", HOLDERS), *_beside(found))
    )
    if found.shares.families:
        yield Section("familles", "Par famille de l’ESS", (_families(found),))
    yield Section("clauses", "Réservés, avec clause", (_shares(found, "Clauses et réserves", TERMS),))
    yield Section("annees", "Au fil des années", (_lines("Par année", "Année", found.shares.years, _year),))
    yield Section("cpv", "Par sorte d’achat", (_divisions(found),))
    if found.reservable:
        yield Section("reservable", "Ce qui aurait pu être réservé", tuple(_reservable(found)))
    yield Section("spaser", "Indicateurs d’un SPASER", tuple(_indicators(found.indicators)))
    if found.buyers:
        yield Section("acheteurs", "Les acheteurs", (buyers_grid(found.buyers[:SHOWN], len(found.buyers)),))
    yield Section("contrats", "Derniers contrats", (grid("Derniers contrats", CONTRACTS, found.latest),))
    yield Section("lignes", "Ce que devient chaque ligne lue", (account_grid(found.account),))


def quality_blocks(quality: Quality) -> Iterator[Block]:
    """What the data of a buyer is worth."""
    yield Paragraph(
        f"{contracts(quality.sound)} sur {number(quality.contracts)} n’ont aucun défaut relevé. "
        f"{count(quality.known_holders, 'titulaire')} sur {number(quality.holders)} "
        f"{'est connu' if quality.known_holders < 2 else 'sont connus'} d’une source.",
        "strong",
    )
    if quality.flaws:
        rows = [(flaw, times) for flaw, times in quality.flaws]
        yield grid("Défauts relevés", _flaw_columns(quality), rows)
    yield Items(tuple(_remarks(quality)))


def _flaw_columns(quality: Quality) -> tuple[Column[tuple[Flaw, int]], ...]:
    return (
        Column("Défaut", lambda row: row[0].label),
        Column("Contrats", lambda row: cells.figure(row[1])),
        Column("Part", lambda row: cells.share(row[1] / quality.contracts)),
    )


def _remarks(quality: Quality) -> Iterator[str]:
    if quality.silent:
        yield (
            f"{contracts(quality.silent)} ({percent(quality.silent / quality.contracts)}) ne disent "
            f"rien de leurs "
            "considérations sociales : le format de 2019 n’a pas ce champ."
        )
    yield (
        f"Contrats avec un avenant : {number(quality.amended)} ; le dernier est compté, les autres gardés."
    )
    if quality.replaced:
        yield (
            f"Publications en double, ou remplacées par une plus récente : {number(quality.replaced)} ; non "
            "comptées, gardées."
        )
    if quality.to_come:
        yield f"Contrats dont la notification est à venir : {number(quality.to_come)} ; non comptés."


def _beside(found: Bought) -> Iterator[Block]:
    yield Paragraph(UNKNOWN_NOTE, "quiet")
    if found.shares.unmarked.contracts:
        yield Paragraph(
            f"{contracts(found.shares.unmarked.contracts)} sont comptés hors de l’ESS d’après la "
            f"seule forme juridique de leurs "
            "titulaires : une société commerciale qui se dit de l’ESS (loi de 2014, article 1er, II, "
            "2°) n’y est pas reconnue.",
            "quiet",
        )
    yield Paragraph(AMOUNTS_NOTE, "quiet")
    if found.shares.concessions.contracts:
        yield Paragraph(
            f"{count(found.shares.concessions.contracts, 'concession')} en plus, hors de ces parts : "
            f"leur valeur ne se "
            "compare pas à un montant de marché.",
            "quiet",
        )


def _shares(found: Bought, name: str, names: tuple[str, ...]) -> Grid:
    rows = [(LABELS[one], found.shares.by[one]) for one in names]
    return grid(name, SHARE_COLUMNS, rows)


Labelled = tuple[str, Share]


def _number_of(verdict: Verdict) -> Column[Labelled]:
    words = {Verdict.A_VERIFIER: "Indéterminé", Verdict.PARTIEL: "En partie"}.get(
        verdict, verdict.label.capitalize()
    )
    return Column(words, lambda row: cells.figure(row[1].tally(verdict).contracts))


def _value_of(verdict: Verdict, words: str) -> Column[Labelled]:
    return kept(words, lambda row: cells.figure(round(row[1].tally(verdict).value, 2), 2, unit="€"))


SHARE_COLUMNS: tuple[Column[Labelled], ...] = (
    Column("Contrats", lambda row: row[0]),
    *map(_number_of, (Verdict.OUI, Verdict.PARTIEL, Verdict.A_VERIFIER, Verdict.NON)),
    Column(Title("Part des contrats", note=LEAST), lambda row: bounds_cell(row[1].number())),
    Column(Title("Part des montants", note=LEAST), lambda row: bounds_cell(row[1].value())),
    _value_of(Verdict.OUI, "Montants, oui"),
    _value_of(Verdict.PARTIEL, "Montants, en partie"),
    _value_of(Verdict.A_VERIFIER, "Montants, indéterminé"),
    _value_of(Verdict.NON, "Montants, non"),
)


def _families(found: Bought) -> Grid:
    names = families()
    total = found.shares.total

    def label(row: tuple[str, Tally]) -> str:
        if row[0] == "plusieurs":
            return "Plusieurs familles ensemble"
        return names[row[0]].plural if row[0] in names else "Famille inconnue"

    columns: tuple[Column[tuple[str, Tally]], ...] = (
        Column("Famille", label),
        Column("Contrats", lambda row: cells.figure(row[1].contracts)),
        Column("Part des contrats", lambda row: cells.share(row[1].contracts / total.contracts)),
        Column("Montants", lambda row: cells.figure(round(row[1].value), unit="€")),
        Column(
            "Part des montants", lambda row: cells.share(row[1].value / total.value if total.value else None)
        ),
    )
    return grid("Familles", columns, found.shares.families)


def _year(line: Line) -> str:
    return line.label or "Sans date lisible"


def _lines(name: str, first: str, lines: Iterable[Line], label: Callable[[Line], str]) -> Grid:
    columns: tuple[Column[Line], ...] = (
        Column(first, label),
        Column("Contrats", lambda one: cells.figure(one.total.contracts)),
        Column("Montants", lambda one: cells.figure(round(one.total.value), unit="€")),
        Column("À l’ESS, contrats", lambda one: bounds_cell(one.ess.number())),
        Column("À l’ESS, montants", lambda one: bounds_cell(one.ess.value())),
        Column("Réservés", lambda one: _said(one.reserved)),
        Column("Clause sociale", lambda one: _said(one.clause)),
    )
    return grid(name, columns, lines)


def _said(share: Share) -> cells.Cell:
    """How many say so; unknown where the format says nothing at all."""
    if share.total.contracts and share.tally(Verdict.A_VERIFIER).contracts == share.total.contracts:
        return cells.figure(None)
    return cells.figure(share.tally(Verdict.OUI).contracts)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL].rstrip()}…"


def _divisions(found: Bought) -> Grid:
    told = sorted(found.shares.divisions, key=lambda one: -one.total.value)
    whole = _lines("Par sorte d’achat", "Sorte d’achat (CPV)", told, lambda one: _cut(division_label(one.id)))
    return replace(whole, brief=MOST_DIVISIONS)


def _reservable(found: Bought) -> Iterator[Block]:
    columns: tuple[Column[Reservable], ...] = (
        Column("Sorte d’achat", lambda one: f"{one.label} (CPV {one.cpv}…)"),
        Column("Contrats non réservés", lambda one: cells.figure(one.open.contracts)),
        Column("Montants", lambda one: cells.figure(round(one.open.value), unit="€")),
        Column("Sans l’information", lambda one: cells.figure(one.unsaid.contracts)),
        Column("SIAE, EA et ESAT qui y répondent", lambda one: cells.figure(one.suppliers)),
    )
    yield grid("Ce qui aurait pu être réservé", columns, found.reservable)
    yield Paragraph(RESERVABLE_NOTE, "quiet")


def _indicators(told: Indicators) -> Iterator[Block]:
    years = f"{told.since} et {told.until}"
    yield Paragraph(
        f"Sur {years}, deux années entières : l’article L. 2111-3 du code de la commande publique "
        f"demande des indicateurs publiés "
        "tous les deux ans, en nombre ou en valeur, par acheteur."
    )
    rows = [(label, share) for _, label, share in told.lines]
    yield grid(f"Indicateurs, {years}", SHARE_COLUMNS, rows)
    yield Paragraph(
        "Titulaires ESUS (entreprise solidaire d’utilité sociale) : indéterminé, aucune liste des "
        "agréments n’est lue ici.",
        "quiet",
    )
    if told.threshold_eur and told.largest:
        year, value = told.largest
        yield Paragraph(
            f"Le schéma est obligatoire au-delà de {euros(told.threshold_eur)} d’achats par an "
            f"(article D. 2111-3). Les contrats "
            f"notifiés en {year}, l’année la plus haute, font {euros(round(value))} : ce n’est pas la "
            f"dépense de l’année, à "
            "vérifier dans les comptes.",
            "quiet",
        )


def kept_whole(answer: Answer[Bought]) -> Iterator[Section]:
    """Every buyer and every contract: those of the workbook."""
    if answer.facts.buyers:
        every = buyers_grid(answer.facts.buyers, len(answer.facts.buyers))
        yield Section("tous-acheteurs", "Tous les acheteurs", (every,))
    yield Section("tous-contrats", "Tous les contrats", (table(answer),))


def table(answer: Answer[Bought]) -> Grid:
    """The contracts, the last notified first; past what a sheet of a workbook may hold, the first ones."""
    return _only_kept(grid("Tous les contrats", CONTRACTS, islice(answer.facts.every(), MOST_CONTRACTS)))


def _only_kept(whole: Grid) -> Grid:
    (section,) = for_keeping(Sheet("", "", "", (Section("contrats", whole.name, (whole,)),))).sections
    (told,) = section.blocks
    assert isinstance(told, Grid)  # noqa: S101 the only block
    return told


TOPIC = Topic(describe, document, BoughtDocument, table=table, kept=kept_whole)
