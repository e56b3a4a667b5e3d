"""A project of several ateliers: one writes it and invites, each says in its own journal what it brings."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.money import amount
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.models.plan import Action


class SharedProject(InAtelier):
    """What is done together, in the words of the atelier that proposes it."""

    KIND = "projet_partage"
    title = models.CharField("titre", max_length=250)
    text = models.TextField("ce qui se fait ensemble", max_length=8000)

    class Meta:
        """The last first."""

        verbose_name = "projet partagé"
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        return self.title


class ProjectInvitation(InAtelier):
    """An organisation, by its SIREN: an atelier that it holds may read the project, and join it."""

    KIND = "invitation_projet"
    project = models.ForeignKey(
        SharedProject, on_delete=models.PROTECT, related_name="invitations", verbose_name="projet"
    )
    siren = models.CharField("SIREN", max_length=9)
    name = models.CharField("nom", max_length=250)

    class Meta:
        """Once a project."""

        verbose_name = "invitation à un projet partagé"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "siren"],
                condition=models.Q(retired_at=None),
                name="one_live_invitation_a_project",
                violation_error_message="cette organisation est déjà invitée",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ProjectPart(InAtelier):
    """What an atelier brings to a project, its own or another's; or that it declines.

    ``project``: which one, and ``title`` its title that day: a row of another atelier is never linked to.
    ``days``: of its people, a year; an amount that nobody knows is empty, never zero.
    """

    KIND = "part_projet"
    project = models.UUIDField("projet", db_index=True)
    title = models.CharField("titre du projet", max_length=250)
    organisation = models.UUIDField("organisation")
    declined = models.BooleanField("décline", default=False)
    days = models.DecimalField(
        "temps de personnel, en jours par an", max_digits=8, decimal_places=1, null=True, blank=True
    )
    money = amount("argent")
    premises = models.TextField("locaux et matériel", max_length=2000, blank=True, default="")
    other = models.TextField("autre apport", max_length=2000, blank=True, default="")
    action = models.ForeignKey(
        Action,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_parts",
        verbose_name="action de notre plan",
    )

    class Meta:
        """One an atelier."""

        verbose_name = "part dans un projet partagé"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["atelier", "project"],
                condition=models.Q(retired_at=None),
                name="one_live_part_a_project",
                violation_error_message="votre part est déjà écrite",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Nothing is negative; the action is of the same atelier."""
        wrong = {name: "un nombre positif" for name in ("days", "money") if (getattr(self, name) or 0) < 0}
        if self.action is not None and self.action.atelier_id != self.atelier_id:
            wrong["action"] = "une action de votre plan"
        if wrong:
            raise ValidationError(wrong)

    def brings(self) -> bool:
        """Whether anything is said of what it brings."""
        return not self.declined and any(
            (self.days is not None, self.money is not None, self.premises, self.other)
        )
