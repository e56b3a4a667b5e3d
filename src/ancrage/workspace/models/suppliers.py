"""Who is consulted for a purchase: structures chosen among those that may answer, and what came of it."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.models.plan import Action


class Letter(models.TextChoices):
    """What a supplier is written."""

    SOURCING = "echange", "échange avant l’achat"
    CONSULTATION = "consultation", "consultation"


class Consulted(InAtelier):
    """A structure chosen for an action: the same letter to all, the day it left, the answer.

    What is public is never copied: the code is kept, with its name and why it was shown, that day.
    """

    KIND = "fournisseur"

    class Answer(models.TextChoices):
        """What came of it."""

        AWAITED = "attendue", "attendue"
        INTERESTED = "interesse", "intéressé"
        TOGETHER = "ensemble", "intéressé, avec d’autres"
        DECLINED = "decline", "ne répondra pas"
        UNREACHED = "injoignable", "pas joignable"

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="consulted", verbose_name="action"
    )
    letter = models.CharField("lettre", max_length=20, choices=Letter.choices, default=Letter.SOURCING)
    siret = models.CharField("SIRET", max_length=14)
    name = models.CharField("nom ce jour-là", max_length=250)
    named_on = models.DateField("jour du nom")
    why = models.CharField("pourquoi elle", max_length=500, blank=True, default="")
    sent_on = models.DateField("écrit le", null=True, blank=True)
    answer = models.CharField("réponse", max_length=20, choices=Answer.choices, default=Answer.AWAITED)
    answered_on = models.DateField("réponse le", null=True, blank=True)
    told = models.TextField("ce qui a été dit", max_length=4000, blank=True, default="")

    class Meta:
        """By name; once a letter."""

        verbose_name = "fournisseur consulté"
        ordering = ("letter", "name", "siret", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["action", "siret", "letter"],
                condition=models.Q(retired_at=None),
                name="once_a_letter",
                violation_error_message="cette structure est déjà choisie",
            ),
        )

    def clean(self) -> None:
        """An answer comes after the letter, and has its day."""
        if self.answered_on and (self.sent_on is None or self.answered_on < self.sent_on):
            raise ValidationError({"answered_on": "la réponse vient après la lettre"})
        if self.answer != self.Answer.AWAITED and self.answered_on is None:
            raise ValidationError({"answered_on": "dites quel jour"})
