"""A panel as a sheet: who is kept and why, what each quota costs, what is proved, what was set aside."""

from collections.abc import Iterator

from ancrage.language.numbers import count, number, percent
from ancrage.optimum import Proof
from ancrage.panel.longlist import Candidate, LongList
from ancrage.panel.result import Panel
from ancrage.repairs import GiveField
from ancrage.reports.cells import figure
from ancrage.reports.panel.coverage import coverage_blocks
from ancrage.reports.panel.quotas import quota_blocks, renunciation
from ancrage.reports.panel.wording import UNKNOWN, label_of, points, zonings_of
from ancrage.reports.sheet import Grid, Items, KeyFigure, Paragraph, Section, Sheet

MOST_REJECTS = 20
PLACES = frozenset({"region", "departement", "epci"})
EXACT_SECONDS = 2

LIMITS = (
    "La diversité ne compte que les traits connus : une structure mal connue part avec un désavantage.",
    "Elle compte chaque trait à part : elle ne voit ni les combinaisons, ni la qualité d'un projet, ni "
    "l'envie de témoigner.",
    "Un zonage est lu à la commune : une structure d'une commune qui a un quartier prioritaire n'est pas "
    "forcément dans ce quartier.",
    "Un panel choisi pour être divers n'est pas un échantillon représentatif : aucune moyenne n'en découle.",
)


def panel_sheet(panel: Panel) -> Sheet:
    """The sheet of a panel."""
    terms, listed = panel.terms, panel.long_list
    return Sheet(
        kicker="Choix d'un panel",
        title=f"{count(terms.size, 'structure')} parmi {number(len(listed))}",
        lead=_lead(panel),
        figures=tuple(_figures(panel)),
        sections=tuple(_sections(panel)),
        warnings=tuple(warnings_of(panel)),
        sources=tuple(sources_of(listed)),
        method="panel",
    )


def sources_of(listed: LongList) -> Iterator[str]:
    """The list, and the edition."""
    drawn = ""
    if listed.drawn_from is not None:
        drawn = f" ; tirage de {number(len(listed))} parmi {number(listed.drawn_from)}, graine {listed.seed}"
    yield f"Liste : {listed.source}{drawn}"
    yield "Communes et zonages : édition en vigueur, au jour demandé"


def _lead(panel: Panel) -> str:
    told = f"Diversité : {points(panel.proof.value)}, {_proof_words(panel.proof)}."
    if panel.relaxed:
        return f"Aucun panel ne tient tous les quotas ; voici celui qui s'en approche le plus. {told}"
    if panel.free is None:
        return told
    lost = panel.free.value - panel.proof.value
    cost = f"coûtent ensemble {points(lost)}" if round(lost, EXACT_SECONDS) else "ne coûtent rien"
    return f"{told} Les quotas {cost} de diversité."


def _proof_words(proof: Proof) -> str:
    if proof.proven:
        return "le plus qu'on puisse atteindre (prouvé)"
    return f"à {percent(proof.gap, 2)} au plus du maximum"


def _figures(panel: Panel) -> Iterator[KeyFigure]:
    proof = panel.proof
    yield KeyFigure("Diversité", points(proof.value), f"aucun choix ne dépasse {number(proof.bound, 3)}")
    yield KeyFigure(
        "Preuve",
        "optimum prouvé" if proof.proven else f"écart {percent(proof.gap, 2)}",
        f"{number(panel.search.seconds, EXACT_SECONDS)} s, {count(panel.search.nodes, 'branche')}",
    )
    if panel.terms.quotas:
        held = sum(not state.missed for state in panel.quotas)
        yield KeyFigure("Quotas tenus", f"{held} sur {len(panel.quotas)}")


def _sections(panel: Panel) -> Iterator[Section]:
    yield Section("panel", "Les structures retenues", (_kept(panel), _stand_ins(panel)))
    if panel.terms.quotas:
        yield Section("quotas", "Ce que coûte chaque quota", quota_blocks(panel))
    if panel.terms.weights:
        yield Section("couverture", "Ce que le panel couvre", coverage_blocks(panel))
    yield Section("preuve", "Ce qui est prouvé", tuple(_proof(panel)))
    if panel.long_list.rejects:
        yield Section("ecartees", "Lignes écartées", (_rejects(panel.long_list),))
    if panel.long_list.remarks:
        yield Section("lectures", "Lu autrement qu'écrit, ou pas compris", (_remarks(panel.long_list),))
    yield Section("limites", "Ce que cela ne dit pas", (Items(LIMITS),))


def _kept(panel: Panel) -> Grid:
    listed = panel.long_list
    told = [trait for trait in panel.terms.weights if not listed.traits[trait].answers]
    shown = [trait for trait in told if trait not in PLACES]
    rows = tuple(
        (
            one.id,
            one.name,
            _place(listed, one),
            " ; ".join(label_of(listed, one, trait) for trait in shown),
            zonings_of(panel, one),
        )
        for one in panel.kept
    )
    named = ", ".join(listed.traits[trait].label.lower() for trait in shown)
    note = "Dans l'ordre des identifiants, sans préférence." + (f" Traits : {named}." if named else "")
    return Grid("Panel", ("Identifiant", "Structure", "Où", "Traits", "Zonages"), rows, note=note)


def _place(listed: LongList, one: Candidate) -> str:
    """Commune and région, or the région alone when the commune is not known."""
    region = listed.label("region", one.values["region"]) if "region" in one.values else ""
    return ", ".join(filter(None, (one.commune, region))) or UNKNOWN


def _stand_ins(panel: Panel) -> Grid:
    rows = tuple(
        (one.name, f"{other.candidate.name} ({other.candidate.id})", figure(other.loss, 3))
        if other
        else (one.name, "aucune ne garde les quotas", figure(None, unknown=""))
        for one, other in zip(panel.kept, panel.stand_ins, strict=True)
    )
    return Grid(
        "Si une structure décline",
        ("Retenue", "La meilleure remplaçante", "Points perdus"),
        rows,
        frozenset({2}),
        note="Une à la fois : deux désistements se recalculent ensemble, en retirant les deux de la liste.",
    )


def _proof(panel: Panel) -> Iterator[Paragraph]:
    proof = panel.proof
    yield Paragraph(
        f"Valeur {number(proof.value, 6)}, borne {number(proof.bound, 6)}, écart {percent(proof.gap, 4)} ; "
        f"{number(panel.search.seconds, EXACT_SECONDS)} s et {count(panel.search.nodes, 'branche')} de HiGHS."
    )
    weights = ", ".join(
        panel.long_list.traits[trait].label + (f" (poids {number(weight, 2)})" if weight != 1 else "")
        for trait, weight in panel.terms.weights.items()
    )
    yield Paragraph(
        "Pour chaque trait, la première structure d'une valeur compte 1 point, la deuxième 1/2, la suivante "
        "1/3, et ainsi de suite. "
        f"Traits comptés : {weights or 'aucun ne distingue les structures de cette liste'}."
    )
    if panel.settled:
        yield Paragraph(
            "À égalité de diversité, l'empreinte des identifiants décide : la même liste donne le même "
            "panel, quel que soit l'ordre de ses lignes."
        )
    elif proof.proven:
        yield Paragraph(
            "D'autres panels sont peut-être aussi divers : le temps donné n'a pas suffi à les "
            "départager. Une autre machine peut rendre l'un d'eux ; donnez plus de temps.",
            repairs=(GiveField("secondes", ("300",)),),
        )


def _rejects(listed: LongList) -> Grid:
    rows = tuple(
        (figure(one.line), one.reason, one.text[:60] + ("…" if len(one.text) > 60 else ""))
        for one in listed.rejects[:MOST_REJECTS]
    )
    left = len(listed.rejects) - len(rows)
    return Grid(
        "Ni retenues ni candidates",
        ("Ligne", "Raison", "Texte"),
        rows,
        frozenset({0}),
        note=f"Et {count(left, 'autre')}." if left else "",
        repairs=(GiveField("rejets", ("FICHIER",)),) if left else (),
    )


def _remarks(listed: LongList) -> Grid:
    shown = listed.remarks[:MOST_REJECTS]
    left = len(listed.remarks) - len(shown)
    return Grid(
        "Des structures gardées",
        ("Ligne", "Lecture", "À faire"),
        tuple((figure(one.line), one.what, one.repair) for one in shown),
        frozenset({0}),
        note=f"Et {count(left, 'autre')}, dans le document JSON." if left else "",
    )


def warnings_of(panel: Panel) -> Iterator[str]:
    """What must be known before the panel is read."""
    if panel.relaxed:
        yield renunciation(panel.relaxed)
    if not panel.proof.proven:
        yield f"Le calcul s'est arrêté avant la preuve : {_proof_words(panel.proof)}."
    unplaced = sum(not one.commune for one in panel.long_list)
    if unplaced:
        told = count(
            unplaced, "structure n'a pas de commune reconnue", "structures n'ont pas de commune reconnue"
        )
        yield f"{told} : leurs zonages restent à vérifier."
    if panel.long_list.rejects:
        rejected = count(len(panel.long_list.rejects), "ligne écartée", "lignes écartées")
        yield f"{rejected} de la liste."
