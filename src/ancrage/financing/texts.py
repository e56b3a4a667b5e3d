"""What bounds a plan: rules declared with their numbers, their days and their text (folder ``law``)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from ancrage.dating import Period
from ancrage.declarations.base import ID, Declared
from ancrage.declarations.catalogues import Place, parsed, read_document, register, yaml_files
from ancrage.declarations.keeping import compiled
from ancrage.declarations.texts import Status, Text
from ancrage.errors import CatalogueError
from ancrage.financing.money import as_decimal

Exact = Annotated[Decimal, BeforeValidator(as_decimal)]


class RuleVersion(Declared):
    """A rule on some days. ``values`` are written as texts, so that they stay exact.

    ``window``: how the years of a ceiling are counted; ``share_of``: what a rate is a share of.
    """

    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    status: Literal[Status.ETABLI, Status.A_VERIFIER]
    window: Literal["", "exercices", "glissante"] = ""
    share_of: Literal["", "depense", "depense_publique"] = ""
    values: dict[str, Exact]
    text: Text
    note: str = ""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def period(self) -> Period:
        """Days it holds for."""
        return Period(self.since, self.until)

    @property
    def certain(self) -> bool:
        """Whether it may say no."""
        return self.status is Status.ETABLI


class Rule(Declared):
    """A rule by its days."""

    id: str = Field(pattern=ID)
    label: str
    versions: tuple[RuleVersion, ...] = Field(min_length=1)

    def version_on(self, day: date) -> RuleVersion | None:
        """The wording in force on a day."""
        return next((one for one in self.versions if day in one.period), None)


@compiled("financement", "declarations", "financing")
def rules() -> Mapping[str, Rule]:
    """Every rule by identifier. Raises :class:`CatalogueError`."""
    found: dict[str, Rule] = {}
    places: dict[str, Place] = {}
    for file in yaml_files(files(__package__) / "law"):
        document = read_document(file)
        if not isinstance(document, dict) or set(document) != {"rules"}:
            raise CatalogueError(f"{file.name} n'a pas la seule clé « rules ».", "Corrigez ce fichier.")
        for index, row in enumerate(document["rules"]):
            place = Place(file, ("rules", index))
            rule = parsed(Rule, row, place)
            register(rule.id, place, places)
            found[rule.id] = rule
    return found
