"""What was decided: by whom, on what text, why, and when it will be looked at again."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.parts import InAtelier


class Decision(InAtelier):
    """A decision; once adopted it changes no more: another replaces it.

    ``present``: the organisations that took part; ``actions``: those it creates or changes, by identifier.
    """

    KIND = "decision"

    class Mode(models.TextChoices):
        """How it was taken."""

        CONSENSUS = "consensus", "consensus"
        CONSENT = "consentement", "consentement"
        VOTE = "vote", "vote"
        DELIBERATION = "deliberation", "délibération"

    body = models.CharField("instance", max_length=200)
    on = models.DateField("jour")
    text = models.TextField("texte", max_length=8000)
    options = models.TextField("options examinées", max_length=4000, blank=True, default="")
    mode = models.CharField("modalité", max_length=14, choices=Mode.choices, default=Mode.CONSENSUS)
    reasons = models.TextField("motifs", max_length=4000, blank=True, default="")
    present = models.JSONField("organisations présentes", default=list, blank=True)
    inhabitants = models.BooleanField("avec des habitants", default=False)
    actions = models.JSONField("actions créées ou changées", default=list, blank=True)
    review_on = models.DateField("à revoir le", null=True, blank=True)
    adopted_at = models.DateTimeField("adoptée", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="remplace"
    )

    class Meta:
        """The last first."""

        verbose_name = "décision"
        ordering = ("-on", "-created_at", "id")

    def clean(self) -> None:
        """It is looked at again after it was taken."""
        if self.review_on and self.on and self.review_on <= self.on:
            raise ValidationError({"review_on": "la revue vient après la décision"})


class Voice(InAtelier):
    """What an organisation says of a decision before it is adopted; it may say otherwise until then."""

    KIND = "avis"

    class Said(models.TextChoices):
        """Agreed, agreed but, not agreed."""

        AGREED = "accord", "d’accord"
        RESERVED = "reserve", "d’accord, avec une réserve"
        AGAINST = "desaccord", "pas d’accord"

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="voices", verbose_name="décision"
    )
    organisation = models.UUIDField("organisation")
    said = models.CharField("avis", max_length=10, choices=Said.choices)
    why = models.TextField("pourquoi", max_length=2000, blank=True, default="")

    class Meta:
        """In the order they were said; one for each organisation."""

        verbose_name = "avis sur une décision"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "organisation"],
                condition=models.Q(retired_at=None),
                name="one_live_voice_an_organisation",
                violation_error_message="cette organisation s’est déjà prononcée : changez son avis",
            ),
        )

    def clean(self) -> None:
        """A reserve, a disagreement say why."""
        if self.said and self.said != self.Said.AGREED and not self.why.strip():
            raise ValidationError({"why": "dites pourquoi : les autres y répondront"})
