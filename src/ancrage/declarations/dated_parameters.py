"""Numbers fixed by a text, on their days: declared in ``parameters``, for every room that needs them."""

from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Literal

from pydantic import ConfigDict, Field

from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import File, Place, parsed, read_document, register, yaml_files
from ancrage.declarations.keeping import compiled
from ancrage.declarations.texts import Status, Text
from ancrage.errors import CatalogueError


class ParameterValue(Declared):
    """A value from a day on, for the rows it names (``of``), with its text."""

    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    of: dict[str, str] = Field(default_factory=dict)
    value: float
    status: Literal[Status.ETABLI, Status.A_VERIFIER] = Status.ETABLI
    text: Text

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Parameter(Declared):
    """A number fixed by a text, on its days. ``by`` names the facts it depends on (a region, a public).

    Rules read it between double quotes: ``"urgence-ess.plafond"``. On a day without value it is unknown.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$")
    label: str
    unit: str
    by: tuple[str, ...] = ()
    values: tuple[ParameterValue, ...] = Field(min_length=1)


def read_parameters(folder: File, places: dict[str, Place]) -> Iterator[Parameter]:
    """The parameters of a folder; ``places`` learns where each is written. Raises :class:`CatalogueError`."""
    for file in yaml_files(folder):
        document = read_document(file)
        if not isinstance(document, dict) or set(document) != {"parameters"}:
            raise CatalogueError(f"{file.name} n'a pas la seule clé « parameters ».", "Corrigez ce fichier.")
        for index, row in enumerate(document["parameters"]):
            place = Place(file, ("parameters", index))
            parameter = parsed(Parameter, row, place)
            register(parameter.id, place, places)
            yield parameter


@compiled("parametres", "declarations")
def load_parameters() -> Mapping[str, Parameter]:
    """Every parameter by identifier. Raises :class:`CatalogueError`."""
    return {parameter.id: parameter for parameter in read_parameters(files(__package__) / "parameters", {})}
