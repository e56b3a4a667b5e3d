"""The plan: objectives, actions, steps, and who takes part."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.parts import InAtelier, TwoSided, refuse_unordered
from ancrage.workspace.states import State

LEVERS, TOOLS = range(1, 7), range(1, 20)


class Objective(InAtelier):
    """What the plan is for; ``levers``: numbers 1 to 6."""

    KIND = "objectif"
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="dans"
    )
    title = models.CharField("intitulé", max_length=250)
    need = models.TextField("besoin constaté", max_length=4000, blank=True, default="")
    levers = models.JSONField("leviers", default=list, blank=True)

    class Meta:
        """In the order they were written."""

        verbose_name = "objectif"
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Levers exist; an objective is in another of the same atelier, one level deep at most."""
        refuse_numbers("levers", self.levers, LEVERS)
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": "un objectif n’en contient qu’un niveau d’autres"})
        if self.parent and self.parent.atelier_id != self.atelier_id:
            raise ValidationError({"parent": "cet objectif est d’un autre atelier"})


class Action(InAtelier):
    """What is done; ``tools``: numbers 1 to 19; ``places``: territories and QPV, by their codes.

    ``origin``: what it was started from (``outil:4``), empty when from nothing.
    """

    KIND = "action"
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="actions", verbose_name="objectif"
    )
    title = models.CharField("intitulé", max_length=250)
    description = models.TextField("description", max_length=8000, blank=True, default="")
    tools = models.JSONField("outils", default=list, blank=True)
    pilot = models.UUIDField("pilote", null=True, blank=True)
    state = models.CharField("état", max_length=20, choices=State.choices, default=State.PROPOSED)
    state_reason = models.TextField("motif", max_length=2000, blank=True, default="")
    begin = models.DateField("début", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)
    places = models.JSONField("lieux", default=list, blank=True)
    publics = models.CharField("publics", max_length=500, blank=True, default="")
    origin = models.CharField("point de départ", max_length=80, blank=True, default="")

    class Meta:
        """In the order they were written."""

        verbose_name = "action"
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Tools exist, days follow each other, the objective is of the same atelier."""
        refuse_numbers("tools", self.tools, TOOLS)
        refuse_unordered(self.begin, self.end)
        if self.objective_id and self.objective.atelier_id != self.atelier_id:
            raise ValidationError({"objective": "cet objectif est d’un autre atelier"})


class Step(InAtelier):
    """A step of an action, with its day."""

    KIND = "etape"
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps", verbose_name="action")
    title = models.CharField("intitulé", max_length=250)
    due = models.DateField("échéance", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)

    class Meta:
        """By day, those without a day last."""

        verbose_name = "étape"
        ordering = ("due", "created_at", "id")


class Role(models.TextChoices):
    """What an organisation does in an action."""

    OWNER = "maitre_ouvrage", "maître d’ouvrage"
    FUNDER = "cofinanceur", "cofinanceur"
    PROVIDER = "prestataire", "prestataire"
    IN_KIND = "contributeur", "contributeur en nature"
    EXPERT = "expert", "expert"
    PARTNER = "partenaire", "partenaire"
    PUBLIC = "public", "public concerné"


class Participation(TwoSided):
    """An organisation takes part in an action: said by one side, accepted by the other."""

    KIND = "participation"
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="participations", verbose_name="action"
    )
    organisation = models.UUIDField("organisation")
    role = models.CharField("rôle", max_length=20, choices=Role.choices, default=Role.PARTNER)
    brings = models.TextField("ce qu’elle apporte", max_length=2000, blank=True, default="")

    class Meta:
        """Once a role."""

        verbose_name = "participation"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["action", "organisation", "role"],
                condition=models.Q(retired_at=None),
                name="one_participation_a_role",
                violation_error_message="cette organisation a déjà ce rôle dans l’action",
            ),
        )


def refuse_numbers(name: str, given: object, possible: range) -> None:
    """Raises ValidationError for a list of anything but these numbers, each once."""
    if (
        not isinstance(given, list)
        or any(type(one) is not int or one not in possible for one in given)
        or len(set(given)) != len(given)
    ):
        raise ValidationError({name: f"des numéros de {possible[0]} à {possible[-1]}, chacun une fois"})
