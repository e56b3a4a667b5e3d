"""Where a territory stands on a day: everything that is known of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.fields import Asked, Flag
from ancrage.questions.question import Asking, Question, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from ancrage.diagnosis.model import Diagnosis

METHOD = Asked(
    name="similarite",
    label="Autre méthode de comparaison",
    help="Autre méthode de comparaison (fichier YAML).",
    metavar="FICHIER",
    local=True,
)


class DiagnosisQuestion(TerritoryQuestion):
    """The whole diagnosis of a territory.

    Raises what a territory raises, and ``CatalogueError`` for a method of comparison that cannot be read.
    """

    name: ClassVar = "diagnostic"
    label: ClassVar = "Diagnostic d’un territoire"
    help: ClassVar = (
        "Diagnostique un territoire un jour donné : limites, zonages, tissu de l'ESS, comparaisons, sources."
    )
    long: ClassVar = True

    similarity: Annotated[str | None, METHOD] = None

    def work_out(self, asking: Asking) -> "Worked[Diagnosis]":
        """The diagnosis, with its outlines unless it goes to a terminal."""
        territory, outlined = self.found(asking), asking.paged
        if self.similarity is None:
            found = diagnosed(asking, territory, outlined=outlined)
        else:
            found = self._by_another_method(asking, territory)
        return Worked(found, territory, warnings=found.warnings)

    def _by_another_method(self, asking: Asking, territory: Any) -> "Diagnosis":
        from ancrage.diagnosis.assemble import diagnose
        from ancrage.diagnosis.similarity import read_method

        return diagnose(
            asking.opened.atlas,
            territory,
            method=read_method(Path(self.similarity or "")),
            with_outline=asking.paged,
            cache=asking.opened.cache,
        )


class DiagnosisSchemaQuestion(Question):
    """The published schema of a diagnosis."""

    name: ClassVar = "schema_diagnostic"
    label: ClassVar = "Schéma d’un diagnostic"
    needs: ClassVar = ("schema",)

    schema_wanted: Annotated[
        Flag, Asked(name="schema", label="Schéma", help="Donne le schéma JSON du diagnostic et s'arrête.")
    ] = False

    def work_out(self, asking: Asking) -> Worked[dict[str, Any]]:  # noqa: ARG002 the same every day
        """Nothing is read: the schema is the program's own."""
        return Worked({})
