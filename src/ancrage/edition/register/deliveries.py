"""Which deliveries make the register, and which one wins where several hold an establishment."""

from dataclasses import replace
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.edition.register.demonstration import DEMONSTRATION_DEPARTEMENT, demonstrated
from ancrage.edition.register.places import RegisterPlaces
from ancrage.edition.register.stocks import harvested, whole_stock
from ancrage.register.list_layouts import OTHER_LISTS, SIAE_LIST
from ancrage.register.lists import ListFile
from ancrage.register.sirene import SireneStock


def deliveries(
    inputs: Inputs, places: RegisterPlaces, workplace: Path
) -> tuple[tuple[SireneStock, ...], tuple[ListFile, ...]]:
    """SIRENE, the départements harvested from the API, and the lists of structures.

    The first delivery that holds an establishment wins: a whole stock, then the API, then a sample. The
    demonstration stands in only when SIRENE was not synchronised and its département not harvested.
    """
    siae = tuple(filter(None, [list_file(inputs, SIAE_LIST.source)]))
    others = tuple(
        replace(found, layout=layout) for layout in OTHER_LISTS if (found := list_file(inputs, layout.source))
    )
    apart = tuple(harvested(inputs, workplace))
    stock = whole_stock(inputs)
    if stock:
        return ((stock, *apart) if not stock.sample else (*apart, stock)), (*siae, *others)
    if any(DEMONSTRATION_DEPARTEMENT in (found.departements or ()) for found in apart):
        return apart, (*siae, *others)
    demonstration, fictitious = demonstrated(workplace / "demonstration", places)
    return (*apart, demonstration), (*(siae or (fictitious,)), *others)


def list_file(inputs: Inputs, source: str) -> ListFile | None:
    """The list of a source, when it was received."""
    snapshot = inputs.snapshot(source)
    return ListFile(snapshot.path, complete=not snapshot.provenance.sample) if snapshot else None
