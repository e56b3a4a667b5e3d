"""What gives a place to an activity: one question after the other, then tools and texts."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.questions.fields import Asked
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.land.tree import Walk

DEEPEST = 12


class LandQuestion(Question):
    """The decision tree on land and premises. Raises ``InvalidQuestionError`` for an answer that is none."""

    name: ClassVar = "foncier"
    label: ClassVar = "Trouver un local ou un terrain"
    help: ClassVar = (
        "Mène d'un besoin de local ou de terrain aux outils et aux textes, une question après l'autre."
    )

    answers: Annotated[
        tuple[Annotated[str, Field(max_length=40)], ...],
        Field(max_length=DEEPEST),
        Asked(
            name="reponse",
            label="Réponses",
            help="Une réponse, dans l'ordre des questions ; répétable.",
            example=["local", "collectivite"],
            metavar="REPONSE",
        ),
    ] = ()

    def work_out(self, asking: Asking) -> "Worked[Walk]":  # noqa: ARG002 the tree is of every day
        """Where the answers lead."""
        from ancrage.land.tree import walk

        return Worked(walk(self.answers))
