"""What an action is meant to change, and what is measured of it: typed and computed measures both stay."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.models.plan import Action


class Indicator(InAtelier):
    """A figure to follow; ``computed``: which figure of an edition gives it, empty when people type it.

    ``targets``: days and values to reach.
    """

    KIND = "indicateur"

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "hausse", "à la hausse"
        DOWN = "baisse", "à la baisse"

    class Computed(models.TextChoices):
        """Figures worked out again from each edition of public data."""

        JOBS = "emplois_ess", "emplois salariés de l’ESS du territoire"
        EMPLOYERS = "part_employeurs", "part de l’ESS dans les établissements employeurs (%)"
        STRUCTURES = "structures_ess", "établissements de l’ESS du territoire"

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="indicators", verbose_name="action"
    )
    name = models.CharField("nom", max_length=250)
    definition = models.TextField("définition", max_length=2000, blank=True, default="")
    unit = models.CharField("unité", max_length=60, blank=True, default="")
    direction = models.CharField("sens", max_length=8, choices=Direction.choices, default=Direction.UP)
    computed = models.CharField("calculé", max_length=20, choices=Computed.choices, blank=True, default="")
    targets = models.JSONField("cibles", default=list, blank=True)

    class Meta:
        """In the order they were written."""

        verbose_name = "indicateur"
        ordering = ("created_at", "id")


class Measure(InAtelier):
    """A value on a day, from a source; ``value`` is empty when it was looked for and is not known."""

    KIND = "mesure"
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="measures", verbose_name="indicateur"
    )
    on = models.DateField("jour")
    value = models.DecimalField("valeur", max_digits=16, decimal_places=4, null=True, blank=True)
    source = models.CharField("source", max_length=200)
    edition = models.CharField("édition", max_length=200, blank=True, default="")

    class Meta:
        """One a day and a source."""

        verbose_name = "mesure"
        ordering = ("on", "created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "on", "source"],
                condition=models.Q(retired_at=None),
                name="one_measure_a_source",
                violation_error_message="cette source a déjà une mesure ce jour-là : changez-la",
            ),
        )

    def clean(self) -> None:
        """A measure says where it comes from."""
        if not self.source.strip():
            raise ValidationError({"source": "à remplir"})
