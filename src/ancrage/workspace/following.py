"""Indicators: what is followed, measures that people type, measures worked out from an edition."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ancrage.errors import WorkspaceFileError
from ancrage.people.acts import Act as Right
from ancrage.workspace.door import By, allowed, changed, created
from ancrage.workspace.models import Action, Atelier, Indicator, Measure
from ancrage.workspace.plan import piloted

if TYPE_CHECKING:
    from ancrage.diagnosis.model import EssFabric
    from ancrage.questions.question import Asking

PLACES = Decimal("0.0001")
FIGURES: Mapping[str, Callable[["EssFabric"], float | int | None]] = {
    Indicator.Computed.JOBS: lambda ess: ess.jobs.central,
    Indicator.Computed.EMPLOYERS: lambda ess: (
        None if ess.share_of_employers is None else 100 * ess.share_of_employers
    ),
    Indicator.Computed.STRUCTURES: lambda ess: ess.establishments,
}


def follow(by: By, action: Action, **fields: object) -> Indicator:
    """Write an indicator of an action."""
    by = allowed(by, Right.EDIT, piloted(action))
    return created(by, "indicateur.ecrit", Indicator(atelier_id=action.atelier_id, action=action, **fields))


def edit_indicator(by: By, indicator: Indicator, seen: int, **fields: object) -> Indicator:
    """Change an indicator."""
    by = allowed(by, Right.EDIT, piloted(indicator.action))
    return changed(by, "indicateur.change", indicator, seen, fields)


def measure(by: By, indicator: Indicator, **fields: object) -> Measure:
    """Write a measure, with where it comes from."""
    by = allowed(by, Right.EDIT, piloted(indicator.action))
    row = Measure(atelier_id=indicator.atelier_id, indicator=indicator, **fields)
    return created(by, "mesure.ecrite", row)


def edit_measure(by: By, row: Measure, seen: int, **fields: object) -> Measure:
    """Correct a measure."""
    by = allowed(by, Right.EDIT, piloted(row.indicator.action))
    return changed(by, "mesure.corrigee", row, seen, fields)


def measure_again(by: By, indicator: Indicator, atelier: Atelier, asking: "Asking") -> Measure:
    """Work the figure out from the edition in force; a typed measure of that day stays beside it.

    What the edition does not know is written as not known. Raises what a territory raises.
    """
    from ancrage.questions.diagnosed import diagnosed
    from ancrage.territories.resolving import resolve

    figure = FIGURES.get(indicator.computed)
    if figure is None:
        raise WorkspaceFileError("Cet indicateur n’est pas de ceux qu’une édition calcule.")
    place = resolve(asking.opened.atlas, atelier.territory, on=asking.on)
    found = diagnosed(asking, place)
    value = figure(found.ess) if found.ess is not None and not found.ess.note else None
    told = None if value is None else Decimal(str(value)).quantize(PLACES)
    source = f"calculé, édition {asking.opened.edition}"[:200]
    return measure(
        by, indicator, on=asking.on, value=told, source=source, edition=asking.opened.edition[:200]
    )
