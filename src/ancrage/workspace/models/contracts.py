"""A contract that holds actions: who signs it, where it applies, what is planned and spent under it."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.money import amount, refuse_amounts
from ancrage.workspace.models.parts import InAtelier, TwoSided, refuse_unordered
from ancrage.workspace.models.plan import Action


class Contract(InAtelier):
    """A contract; ``perimeter``: territories by code, name and day; ``actions``: those it holds.

    An action may be in several contracts: a CRTE and a contrat de ville often share some.
    """

    KIND = "contrat"

    class Sort(models.TextChoices):
        """Which contract it is."""

        CRTE = "crte", "CRTE"
        CITY = "contrat_de_ville", "contrat de ville"
        CPER = "cper", "contrat de plan État-région"
        PTCE = "ptce", "pôle territorial de coopération économique"
        PROJECT = "projet_de_territoire", "projet de territoire"
        CTG = "ctg", "convention territoriale globale"

    sort = models.CharField("contrat", max_length=24, choices=Sort.choices)
    title = models.CharField("intitulé", max_length=250)
    begin = models.DateField("début", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)
    perimeter = models.JSONField("périmètre", default=list)
    actions = models.JSONField("actions", default=list, blank=True)

    class Meta:
        """In the order they were written."""

        verbose_name = "contrat"
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Days follow each other; it holds actions of its atelier, each once."""
        refuse_unordered(self.begin, self.end)
        try:
            held = {UUID(one) for one in self.actions}
        except (TypeError, ValueError, AttributeError) as error:
            raise ValidationError({"actions": "choisissez dans la liste"}) from error
        if Action.objects.filter(pk__in=held, atelier=self.atelier_id).count() != len(self.actions):
            raise ValidationError({"actions": "des actions de cet atelier, chacune une fois"})


class Signature(TwoSided):
    """An organisation signs a contract, or is to sign it: said, then confirmed by that organisation."""

    KIND = "signature"
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="signatures", verbose_name="contrat"
    )
    organisation = models.UUIDField("organisation")
    signed_on = models.DateField("signé le", null=True, blank=True)

    class Meta:
        """Once each."""

        verbose_name = "signature"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["contract", "organisation"],
                condition=models.Q(retired_at=None),
                name="one_signature_an_organisation",
                violation_error_message="cette organisation est déjà signataire",
            ),
        )


class Credit(TwoSided):
    """Money that a contract provides for in a year: who brings it, planned, then spent, in euros."""

    KIND = "credit"
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="credits", verbose_name="contrat"
    )
    year = models.PositiveSmallIntegerField("année")
    funder_name = models.CharField("financeur", max_length=250)
    funder = models.UUIDField("organisation du financeur", null=True, blank=True)
    planned = amount("prévu")
    spent = amount("dépensé")

    class Meta:
        """By year."""

        verbose_name = "crédit"
        ordering = ("year", "created_at", "id")

    def clean(self) -> None:
        """Amounts are not negative, the year is one."""
        refuse_amounts(self, ("planned", "spent"))
