"""Plans side by side, lever by lever: what each does, never what it does not publish."""

from typing import Any

from pydantic import Field

from ancrage.cases.case import LeverRow, PlanByLever
from ancrage.language.days import day
from ancrage.language.numbers import count, euros
from ancrage.levers.catalogue import read_levers
from ancrage.questions.cases import PlansCompared
from ancrage.questions.question import Answer
from ancrage.reports.cases.sheet import FAR, KICKER, METHOD
from ancrage.reports.cells import Cell, figure, territory
from ancrage.reports.documents import Common, Document, NamedTerritory, heading
from ancrage.reports.sheet import Grid, Section, Sheet
from ancrage.reports.topic import Topic

NO_TOOL = "Sans outil dit"
NOTE = (
    "Une action de deux leviers compte dans chacun. Un montant dont une partie n’est pas connue est au moins "
    "ce qui est dit. Un tiret dit que rien de publié n’est de ce levier, pas que rien ne s’y fait."
)


def describe(answer: Answer[PlansCompared]) -> Sheet:
    """The plans, one a column."""
    return describe_plans([one for one, _ in answer.facts.plans], answer.facts)


def describe_plans(plans: list[PlanByLever], facts: PlansCompared | None = None) -> Sheet:
    """These plans, one a column: the page of the atelier shows this very sheet before it publishes."""
    others = facts.more if facts else 0
    more = f" {count(others, 'autre plan est publié', 'autres plans sont publiés')}." if others else ""
    lead = (
        "Des plans que leurs ateliers laissent comparer, tels qu’ils étaient le jour où ils ont été publiés."
        if plans
        else "Aucun atelier ne publie encore son plan levier par levier. Le vôtre le peut, depuis sa page."
    )
    return Sheet(
        kicker=KICKER,
        title="Plans comparés, levier par levier",
        lead=lead + more,
        sections=(Section("leviers", "Levier par levier", (plans_grid(plans, facts),)),) if plans else (),
        method=METHOD,
    )


def plans_grid(plans: list[PlanByLever], facts: PlansCompared | None = None) -> Grid:
    """Levers in rows, plans in columns."""
    rows: list[tuple[Cell, ...]] = [("Territoire", *(territory(one.place[1], one.place[0]) for one in plans))]
    if facts and facts.where:
        rows.append(("Ressemblance", *(figure(far, 2, unknown="non comparé") for _, far in facts.plans)))
    rows.append(
        ("Publié le", *(day(one.published_on) if one.published_on else "pas encore" for one in plans))
    )
    rows.append(("Actions du plan", *(str(one.actions) for one in plans)))
    names = {one.number: f"{one.number}. {one.name}" for one in read_levers().levers} | {0: NO_TOOL}
    for lever, name in names.items():
        cells = [_cell(one.row(lever)) for one in plans]
        if lever or any(cells):
            rows.append((name, *(told or "–" for told in cells)))
    note = f"{NOTE} {FAR}" if facts and facts.where else NOTE
    columns = ("Ce que dit le plan", *(f"{rank}. {one.place[1]}" for rank, one in enumerate(plans, 1)))
    return Grid("Levier par levier", columns, tuple(rows), note=note, carded=True)


def _cell(row: LeverRow | None) -> str:
    if row is None:
        return ""
    done = f", dont {count(row.done, 'faite', 'faites')}" if row.done else ""
    least = "au moins " if row.unknown and row.planned is not None else ""
    planned = f"{least}{euros(float(row.planned))} prévus" if row.planned is not None else "coût inconnu"
    granted = f", {euros(float(row.granted))} accordés" if row.granted is not None else ""
    return f"{count(row.actions, 'action')}{done} ; {planned}{granted}"


class LeverRowDocument(Document, title="Un levier d'un plan"):
    """What a plan does by a lever."""

    lever: int = Field(description="Levier, 1 à 6 ; 0 pour les actions sans outil.")
    actions: int = Field(description="Actions qui l'emploient.")
    done: int = Field(description="Celles qui sont faites.")
    planned_eur: float | None = Field(description="Dépenses prévues connues, en euros ; null inconnues.")
    granted_eur: float | None = Field(description="Ressources accordées connues ; null inconnues.")
    unknown: int = Field(description="Actions dont le coût n'est pas connu.")


class PlanDocument(Document, title="Plan publié", description="Un plan, levier par levier."):
    """A plan."""

    id: str = Field(description="Identifiant.")
    place_code: str = Field(description="Code du territoire.")
    place_name: str = Field(description="Nom du territoire.")
    published_on: str | None = Field(description="Jour de publication.")
    actions: int = Field(description="Actions du plan, abandonnées et écartées ôtées.")
    distance: float | None = Field(description="Distance au territoire demandé ; null non comparé.")
    levers: list[LeverRowDocument] = Field(description="Levier par levier.")


class PlansDocument(Common, title="Plans comparés", description="Des plans, levier par levier."):
    """The plans."""

    territory: NamedTerritory | None = Field(default=None, description="Le territoire demandé.")
    items: list[PlanDocument] = Field(description="Les plans, six au plus.")
    more: int = Field(description="Combien d'autres plans sont publiés.")


def document(answer: Answer[PlansCompared]) -> dict[str, Any]:
    """The plans; ``null`` is unknown."""
    items = [_plan(one, far) for one, far in answer.facts.plans]
    return {**heading(answer), "items": items, "more": answer.facts.more}


def _plan(one: PlanByLever, far: float | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "place_code": one.place[0],
        "place_name": one.place[1],
        "published_on": one.published_on.isoformat() if one.published_on else None,
        "actions": one.actions,
        "distance": far,
        "levers": [
            {
                "lever": row.lever,
                "actions": row.actions,
                "done": row.done,
                "planned_eur": None if row.planned is None else float(row.planned),
                "granted_eur": None if row.granted is None else float(row.granted),
                "unknown": row.unknown,
            }
            for row in one.rows
        ],
    }


TOPIC = Topic(describe, document, PlansDocument)
