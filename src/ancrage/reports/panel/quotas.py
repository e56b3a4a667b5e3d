"""Quotas of a panel told: held or given up, what each costs, who would come and go without it."""

from collections.abc import Sequence

from ancrage.language.numbers import count, number, percent
from ancrage.panel.choosing import missed_words
from ancrage.panel.longlist import Candidate
from ancrage.panel.quotas import EACH
from ancrage.panel.result import Panel, QuotaCost, QuotaState, Relaxation
from ancrage.reports.cells import Cell, Figure, figure
from ancrage.reports.panel.charts import cost_bars
from ancrage.reports.sheet import Block, Chart, Grid, Paragraph, present

MOST_NAMED = 4
LEAST_GAIN = 5e-4
"""Under this, a gain is written 0,000: it is said to be nil."""


def quota_blocks(panel: Panel) -> tuple[Block, ...]:
    """The table of the quotas, and the bars of what they cost where one does."""
    costs = {cost.quota.id: cost for cost in panel.costs}
    columns = ("Quota", "Retenues", "Dans la liste", "Coût", "Sans ce quota")
    rows = tuple(_row(state, costs.get(state.quota.id)) for state in panel.quotas)
    grid = Grid(
        "Chaque quota, et la diversité qu'on gagnerait sans lui seul",
        columns,
        rows,
        frozenset({1, 2, 3}),
        note="« Retenues » : celles qui remplissent sûrement la condition. Celles dont le trait est à "
        "vérifier ne comptent jamais pour un minimum ; elles comptent pour un maximum.",
    )
    drawn = cost_bars(panel.costs)
    chart = Chart("couts", "Coût des quotas", "Points gagnés sans chaque quota.", spec=drawn, wide=True)
    return present((_told(panel), grid, chart if drawn else None))


def _told(panel: Panel) -> Paragraph | None:
    if panel.relaxed:
        return Paragraph(renunciation(panel.relaxed), "strong")
    if not panel.costs:
        return Paragraph("Ce que coûte chaque quota n'a pas été demandé.", "quiet")
    if all(cost.gain < LEAST_GAIN for cost in panel.costs):
        return Paragraph("Aucun quota, à lui seul, ne coûte de diversité.")
    dearest = max(panel.costs, key=lambda cost: cost.gain)
    return Paragraph(f"Le plus cher : « {dearest.quota.label} », {number(dearest.gain, 3)} point.")


def _row(state: QuotaState, cost: QuotaCost | None) -> tuple[Cell, ...]:
    value = f" ({state.value})" if state.quota.values == (EACH,) and state.value else ""
    doubt = state.possible - state.sure
    held = f"{state.sure}" + (f" + {doubt} à vérifier" if doubt else "")
    told = f"{state.quota.label}{value}" + (" — non tenu" if state.missed else "")
    return told, Figure(held, state.sure), figure(state.available), _gain(cost), _changes(cost)


def _gain(cost: QuotaCost | None) -> Figure:
    if cost is not None and cost.gain < LEAST_GAIN:
        return figure(0)
    return figure(cost.gain if cost else None, 3, unknown="non calculé")


def _changes(cost: QuotaCost | None) -> str:
    if cost is None:
        return ""
    doubt = ""
    if cost.proof is not None and not cost.proof.proven:
        doubt = f" (recherche arrêtée à {percent(cost.proof.gap, 2)} du maximum)"
    if cost.gain < LEAST_GAIN:
        return f"le même panel{doubt}"
    return f"entrent {_names(cost.entering)} ; sortent {_names(cost.leaving)}{doubt}"


def _names(candidates: Sequence[Candidate]) -> str:
    named = ", ".join(one.name for one in candidates[:MOST_NAMED])
    more = len(candidates) - MOST_NAMED
    return f"{named} et {count(more, 'autre')}" if more > 0 else named


def renunciation(relaxed: Relaxation) -> str:
    """What is given up, in a sentence or two."""
    told = " ; ".join(missed_words(state) for state in relaxed.quotas)
    smallest = "Le plus petit renoncement" if relaxed.proven else "Un renoncement suffisant"
    others = "".join(
        " Ou bien, aussi petit : " + " et ".join(f"« {quota.label} »" for quota in one) + "."
        for one in relaxed.others
    )
    return f"{smallest} : {told}.{others}"
