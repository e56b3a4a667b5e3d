"""What is missing in a territory, as it is lived: needs asked for there, and those nobody met."""

from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from ancrage.questions.fields import PLACE, PlaceText
from ancrage.questions.question import Asking, Question, Worked

if TYPE_CHECKING:
    from ancrage.contacts.unmet import LivedNeeds
    from ancrage.territories.territory import Territory


class LivedNeedsQuestion(Question):
    """Needs of a territory, as they now are: it has no day, since answers of supports change the past too.

    Raises ``NeedError`` where no request can be read, and what a territory raises.
    """

    name: ClassVar = "besoins_vecus"
    label: ClassVar = "Besoins vécus"
    help: ClassVar = "Dit les besoins demandés dans un territoire, et ceux auxquels personne n'a répondu."
    living: ClassVar = True

    territory: Annotated[PlaceText, PLACE]

    def work_out(self, asking: Asking) -> "Worked[LivedNeeds]":
        """The counts, by fives."""
        from ancrage.contacts.unmet import lived_in
        from ancrage.territories.resolving import resolve

        territory = resolve(asking.opened.atlas, self.territory, on=asking.on)
        return Worked(lived_in(asking.opened.atlas, territory), territory)

    def about(self, territory: "Territory | None") -> Self:
        """The same question, its territory by its code; a set of communes stays as it was written."""
        if territory is None or territory.code.kind == "ensemble":
            return self
        return self.model_copy(update={"territory": str(territory.code)})
