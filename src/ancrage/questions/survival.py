"""How long structures last: those of a territory, or those of a file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from ancrage.errors import SurvivalError
from ancrage.questions.fields import Asked, Day, one_of
from ancrage.questions.question import Asking, Question, TerritoryQuestion, Worked
from ancrage.repairs import GiveField
from ancrage.survival.grouping import Grouping

if TYPE_CHECKING:
    from ancrage.survival.cohort import Survival
    from ancrage.survival.file import StatusSurvival

By = Annotated[
    Grouping,
    one_of(Grouping, SurvivalError, "« {} » n'est pas une façon de comparer."),
    Asked(
        name="par",
        label="Comparer les",
        help="ess, famille, activite, cohorte, qpv ou zonage.",
        example="famille",
        metavar="GROUPES",
    ),
]


class SurvivalQuestion(TerritoryQuestion):
    """Survival curves of the structures of a territory, by group.

    Where the data lacks, the answer holds no curve and says why. Raises ``SurvivalError`` for days or groups
    that cannot be, and what a territory raises.
    """

    name: ClassVar = "survie"
    label: ClassVar = "Survie des structures"
    help: ClassVar = (
        "Dit combien de temps durent les structures : courbes de survie, intervalles, comparaison."
    )
    counts: ClassVar = True

    by: By = Grouping.FAMILLE
    since: Annotated[
        Day | None,
        Asked(
            name="depuis",
            label="Depuis",
            help="Premier jour observé ; quinze ans par défaut.",
            example="2015-01-01",
            metavar="AAAA-MM-JJ",
        ),
    ] = None

    def work_out(self, asking: Asking) -> "Worked[Survival]":
        """The curves."""
        from ancrage.diagnosis.survival import sources_of, survival_of
        from ancrage.sources.citing import source_words

        atlas, territory = asking.opened.atlas, self.found(asking)
        found = survival_of(atlas, territory, self.by, since=self.since)
        sources = tuple(source_words(one) for one in sources_of(atlas, self.by))
        warnings = (found.unknown,) if found.unknown else ()
        return Worked(found, territory, sources=sources, warnings=warnings)


class FileSurvivalQuestion(Question):
    """Survival of the units of a file that tells their state on one day.

    Raises ``SurvivalError`` for a file that cannot be read, lacks a column, or has too few units.
    """

    name: ClassVar = "survie_fichier"
    label: ClassVar = "Survie des unités d’un fichier"
    needs: ClassVar = ("fichier",)

    file: Annotated[
        str,
        Asked(
            name="fichier",
            label="Fichier",
            help="Un fichier d'unités, au lieu du registre.",
            metavar="FICHIER",
            local=True,
        ),
    ]
    by: By = Grouping.FAMILLE
    observed_on: Annotated[
        Day | None,
        Asked(
            name="observe_le",
            label="Observé le",
            help="Jour où l'état du fichier a été constaté.",
            metavar="AAAA-MM-JJ",
        ),
    ] = None

    @property
    def day(self) -> date | None:
        """The day the state of the units was seen."""
        return self.observed_on

    def settled(self, on: date) -> Self:  # noqa: ARG002 the day of an extract is not guessed
        """The same question. Raises ``SurvivalError`` when its day is not said."""
        if self.observed_on is None:
            raise SurvivalError(
                "Le jour où l'état des unités a été constaté n'est pas dit.",
                "C'est la date de l'extrait ; elle ne se devine pas.",
                GiveField("observe_le", ("AAAA-MM-JJ",)),
            )
        return self

    def work_out(self, asking: Asking) -> "Worked[StatusSurvival]":
        """The curves."""
        from ancrage.survival.file import survive_from_file

        observed_on = self.observed_on or asking.on
        return Worked(survive_from_file(Path(self.file), by=self.by.value, observed_on=observed_on))
