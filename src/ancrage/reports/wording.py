"""The sentences every rendering shares, so that a page, a terminal and a chart say the same thing."""

from collections.abc import Iterable
from datetime import date

from ancrage.diagnosis.model import (
    Comparison,
    Diagnosis,
    EssFabric,
    Jobs,
    PublishedFigure,
    SourceUse,
    TerritoryAid,
    TerritoryRef,
    ZoningAnswer,
)
from ancrage.language.days import day, period
from ancrage.language.numbers import count, number, percent
from ancrage.language.typography import capitalised
from ancrage.reasoning import Verdict
from ancrage.repairs import AskAids, GiveField
from ancrage.territories.codes import Kind

FICTITIOUS = "données de démonstration, fictives"
UNKNOWN = "inconnu"
AS_JSON = (GiveField("format", ("json",)),)
"""Where a list cut short on the page is whole."""
NOT_DIFFUSIBLE = "nom non diffusible"

VERDICT_SIGNS = {Verdict.OUI: "●", Verdict.PARTIEL: "◐", Verdict.NON: "○", Verdict.A_VERIFIER: "?"}

ANSWER_LABELS = {"oui": "oui", "non": "non", "a_verifier": "à vérifier", "partiel": "partiel"}


AUDIENCES = {
    "collectivite": "Aides, pour la collectivité",
    "structure": "Aides, pour une structure d’ici",
}
"""Titles of the two lists of aids of a diagnosis, short enough to name the sheets of a workbook."""


def to_be_known(aid: TerritoryAid, most: int = 6) -> str:
    """What would settle an aid, in one sentence; empty when it is settled."""
    parts = []
    if aid.missing:
        parts.append(f"À savoir : {shortened(aid.missing, most)}.")
    if aid.doubts:
        doubts = " ; ".join(aid.doubts)
        parts.append(f"{capitalised(doubts)}.")
    return " ".join(parts)


def all_aids(diagnosis: Diagnosis) -> AskAids:
    """What gives all the aids of the territory, that day."""
    return AskAids(diagnosis.territory.code, diagnosis.territory.on)


def is_fictitious(diagnosis: Diagnosis) -> bool:
    """Whether any figure shown is of demonstration; a source that gave none here does not count."""
    parts = (diagnosis.ess, diagnosis.inclusion, diagnosis.levers, diagnosis.survival)
    employers = diagnosis.ess.largest_employers if diagnosis.ess else ()
    return any(part is not None and part.fictitious for part in (*parts, *employers))


def kind_label(kind: str) -> str:
    """French name of a kind of territory; a kind unknown here is shown as written."""
    return Kind(kind).label if kind in set(Kind) else kind


def identity_line(diagnosis: Diagnosis) -> str:
    """Kind, code and communes: ``Commune · 23077`` or ``Intercommunalité · 200044014 · 26 communes``."""
    territory = diagnosis.territory
    kind = kind_label(territory.kind)
    parts = [capitalised(kind), territory.code]
    if territory.commune_count > 1:
        parts.append(count(territory.commune_count, "commune"))
    return " · ".join(parts)


def population_note(diagnosis: Diagnosis) -> str:
    """What is counted and when; why it is not known."""
    territory = diagnosis.territory
    unsaid = "aucune source ne la donne" if territory.population is None else ""
    return territory.population_label or unsaid


def central(jobs: Jobs) -> str:
    """Sentence for the central value of jobs, empty when the interval is a point."""
    return "" if jobs.low == jobs.high else f"Valeur centrale : {number(jobs.central)}. "


def jobs_left_out(jobs: Jobs) -> str:
    """Sentence for the employers without a published band, empty when there is none."""
    if not jobs.unknown:
        return ""
    employers = count(jobs.unknown, "établissement employeur", "établissements employeurs")
    verb = "n’est pas compté" if jobs.unknown == 1 else "ne sont pas comptés"
    return f"{employers} sans tranche d’effectif publiée {verb}"


def known_number(value: float | None, decimals: int = 0) -> str:
    """Write a figure, or the word unknown."""
    return UNKNOWN if value is None else number(value, decimals)


def known_percent(share: float | None) -> str:
    """Write a share, or the word unknown."""
    return UNKNOWN if share is None else percent(share)


def validity(since: date | None, until: date | None) -> str:
    """Period of validity, both days included; empty when no bound is known."""
    return period(since, until)


def reach(answer: ZoningAnswer) -> str:
    """How much of a territory of several communes is concerned: ``7 communes oui, 3 non · 41,2 % …``."""
    counts = answer.communes.model_dump()
    if sum(counts.values()) < 2:
        return ""
    parts = [f"{number(value)} {ANSWER_LABELS[name]}" for name, value in counts.items() if value]
    spread = "communes : " + ", ".join(parts)
    if answer.share is None:
        return spread
    return f"{spread} · {percent(answer.share)} de la population en commune classée"


def text_mark(answer: ZoningAnswer) -> str:
    """What to say beside the founding text: that nobody has read it yet, or that none is known."""
    if answer.text is None:
        return "texte non renseigné"
    return "" if answer.text.status == "lu" else "(texte à vérifier)"


def source_line(answer: ZoningAnswer) -> str:
    """Source and vintage of an answer; says so when no list answers for that day and place."""
    if answer.source is None:
        return "aucune liste ne répond"
    return f"source {answer.source}" + (f", millésime {answer.vintage}" if answer.vintage else "")


def shortened(names: Iterable[str], at_most: int) -> str:
    """Join names, the end of a long list being counted: ``a ; b ; et 12 autres``."""
    kept = list(names)
    left = len(kept) - at_most
    if left <= 1:
        return " ; ".join(kept)
    return " ; ".join(kept[:at_most]) + f" ; et {number(left)} autres"


def figure_title(figure: PublishedFigure) -> str:
    """Name of a published figure, with its territory unless the name already says it."""
    place = figure.territory.name
    return figure.label if place in figure.label else f"{figure.label}, {place}"


def standing(diagnosis: Diagnosis) -> tuple[Comparison, ...]:
    """Rows to compare, the territory first; its own row is made from its fabric when it is not given."""
    if diagnosis.ess is None or any(is_own(diagnosis, row) for row in diagnosis.comparisons):
        return diagnosis.comparisons
    return (_own_row(diagnosis, diagnosis.ess), *diagnosis.comparisons)


def is_own(diagnosis: Diagnosis, row: Comparison) -> bool:
    """Whether a row is that of the territory itself, whose code may be written with its kind or without."""
    own, told = diagnosis.territory, row.territory
    return told.kind == own.kind and told.code.rpartition(":")[2] == own.code.rpartition(":")[2]


def _own_row(diagnosis: Diagnosis, ess: EssFabric) -> Comparison:
    own = diagnosis.territory
    return Comparison(
        territory=TerritoryRef(kind=own.kind, code=own.code, name=own.name),
        population=own.population,
        establishments=ess.establishments,
        employers=ess.employers,
        jobs=ess.jobs,
        establishments_per_1000=ess.establishments * 1000 / own.population if own.population else None,
        share_of_employers=ess.share_of_employers,
        share_of_jobs=ess.share_of_jobs,
        location_quotient=ess.location_quotient,
        covered=True,
    )


def source_marks(source: SourceUse) -> str:
    """What a reader must know before trusting a source: fictitious, sample, day it was fetched."""
    marks = []
    if source.fictitious:
        marks.append(FICTITIOUS)
    if source.sample:
        marks.append("échantillon, incomplet")
    if source.fetched_on:
        marks.append(f"obtenue le {day(source.fetched_on)}")
    return " ; ".join(marks)


def per_thousand(diagnosis: Diagnosis) -> float | None:
    """ESS establishments for 1,000 inhabitants, as the comparisons count them; ``None`` when unknown."""
    own = (row for row in standing(diagnosis) if is_own(diagnosis, row))
    return next((row.establishments_per_1000 for row in own), None)
