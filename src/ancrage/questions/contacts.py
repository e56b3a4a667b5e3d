"""Who can help in a territory, for a need or for all of them."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from ancrage.questions.fields import Asked
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, TerritoryQuestion, Worked

if TYPE_CHECKING:
    from ancrage.contacts.helping import Help

MOST = 50


def _known(need: str) -> str:
    from ancrage.contacts.needs import need_named

    return need_named(need).id


class ContactsQuestion(TerritoryQuestion):
    """The services and networks that answer for a territory.

    Raises ``InvalidQuestionError`` for a need that does not exist, and what a territory raises.
    """

    name: ClassVar = "contacts"
    label: ClassVar = "Qui peut m’aider ici"
    help: ClassVar = "Dit qui peut aider dans un territoire : nom, téléphone, distance, jour de la source."

    need: Annotated[
        Annotated[str, Field(max_length=40), AfterValidator(_known)] | None,
        Asked(
            name="besoin",
            label="Besoin",
            help="creer, consolider, financer, embaucher, projet ou demarches ; tous par défaut.",
            example="financer",
            metavar="BESOIN",
        ),
    ] = None
    each: Annotated[
        int,
        Field(ge=1, le=MOST),
        Asked(
            name="par_sorte",
            label="Combien de chaque sorte",
            help="Combien de services de chaque sorte, du plus proche au plus lointain.",
            example=1,
            metavar="N",
        ),
    ] = 1

    def work_out(self, asking: Asking) -> "Worked[Help]":
        """Who can help."""
        from ancrage.contacts.helping import help_in
        from ancrage.contacts.needs import need_named

        atlas, territory = asking.opened.atlas, self.found(asking)
        need = need_named(self.need) if self.need else None
        found = atlas.keeping(help_in)(territory, need, self.each)
        used = {one.contact.source for one in found.helpers}
        return Worked(found, territory, sources=cited(atlas, used))
