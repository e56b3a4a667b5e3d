"""An atelier, and the partnership it rests on."""

from uuid import UUID

from django.db import models

from ancrage.journal.models import Recorded
from ancrage.workspace.models.parts import InAtelier, refuse_unordered


class Atelier(Recorded):
    """The workspace of a territory, named by its code and the day it was chosen.

    ``territory_name`` is the name shown that day: boundaries and names change, this does not.
    """

    KIND = "atelier"
    name = models.CharField("nom de l’atelier", max_length=200)
    territory = models.CharField("territoire", max_length=40)
    territory_on = models.DateField("jour du territoire")
    territory_name = models.CharField("nom du territoire", max_length=250)

    class Meta:
        """How it is called."""

        verbose_name = "atelier"

    def __str__(self) -> str:
        return self.name

    def chain(self) -> UUID:
        """Its own chain."""
        return self.id


class Engagement(InAtelier):
    """What partners agree to, in writing: why, how long, who decides how, what will be evaluated."""

    KIND = "engagement"
    purpose = models.TextField("raison d’être", max_length=4000)
    begin = models.DateField("début")
    end = models.DateField("fin")
    governance = models.TextField("gouvernance", max_length=4000)
    evaluation = models.TextField("évaluation prévue", max_length=4000)

    class Meta:
        """One partnership at a time."""

        verbose_name = "engagement de partenariat"
        constraints = (
            models.UniqueConstraint(
                fields=["atelier"],
                condition=models.Q(retired_at=None),
                name="one_live_engagement",
                violation_error_message="un engagement est déjà écrit",
            ),
        )

    def clean(self) -> None:
        """The end comes after the beginning."""
        refuse_unordered(self.begin, self.end)


class Agreement(InAtelier):
    """An organisation agrees to the engagement as it was written in one of its versions."""

    KIND = "accord"
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="agreements", verbose_name="engagement"
    )
    engagement_version = models.PositiveIntegerField("version de l’engagement")
    organisation = models.UUIDField("organisation")

    class Meta:
        """Once a version."""

        verbose_name = "accord"
        constraints = (
            models.UniqueConstraint(
                fields=["engagement", "engagement_version", "organisation"],
                condition=models.Q(retired_at=None),
                name="one_agreement_a_version",
                violation_error_message="cette organisation a déjà donné son accord à ce texte",
            ),
        )
