"""The money of an action: what it costs, who pays. An amount that nobody knows is empty, never zero."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.parts import InAtelier, TwoSided
from ancrage.workspace.models.plan import Action

YEARS = range(2000, 2101)


def amount(label: str) -> "models.DecimalField[Decimal | str | None, Decimal | None]":
    """A column of euros that may be unknown."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class Cost(InAtelier):
    """What an action costs in a year: planned, then real, in euros."""

    KIND = "depense"

    class Nature(models.TextChoices):
        """Which section it belongs to."""

        OPERATING = "fonctionnement", "fonctionnement"
        INVESTMENT = "investissement", "investissement"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="costs", verbose_name="action")
    year = models.PositiveSmallIntegerField("année")
    nature = models.CharField("nature", max_length=16, choices=Nature.choices, default=Nature.OPERATING)
    label = models.CharField("objet", max_length=250)
    planned = amount("prévu")
    real = amount("réel")

    class Meta:
        """By year."""

        verbose_name = "dépense"
        ordering = ("year", "created_at", "id")

    def clean(self) -> None:
        """Amounts are not negative, the year is one."""
        refuse_amounts(self, ("planned", "real"))


class Resource(TwoSided):
    """Money for an action in a year: who gives it, under which aid, asked, granted, paid, in euros.

    The funder is an organisation of the atelier, or only a name: then nobody can confirm.
    """

    KIND = "ressource"

    class Nature(models.TextChoices):
        """What sort of money."""

        GRANT = "subvention", "subvention"
        LOAN = "pret", "prêt"
        ADVANCE = "avance", "avance remboursable"
        OWN = "fonds_propres", "fonds propres"
        PATRONAGE = "mecenat", "mécénat"
        SALES = "recettes", "recettes"

    class Stage(models.TextChoices):
        """How far it has come."""

        CONSIDERED = "envisagee", "envisagée"
        ASKED = "demandee", "demandée"
        GRANTED = "accordee", "accordée"
        AGREED = "conventionnee", "conventionnée"
        PAID = "versee", "versée"
        CLOSED = "soldee", "soldée"
        REFUSED = "refusee", "refusée"

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="resources", verbose_name="action"
    )
    year = models.PositiveSmallIntegerField("année")
    nature = models.CharField("nature", max_length=16, choices=Nature.choices, default=Nature.GRANT)
    funder_name = models.CharField("financeur", max_length=250)
    funder = models.UUIDField("organisation du financeur", null=True, blank=True)
    aid = models.CharField("aide", max_length=120, blank=True, default="")
    stage = models.CharField("étape", max_length=16, choices=Stage.choices, default=Stage.CONSIDERED)
    asked = amount("montant demandé")
    granted = amount("montant accordé")
    paid = amount("montant versé")

    class Meta:
        """By year."""

        verbose_name = "ressource"
        ordering = ("year", "created_at", "id")

    def clean(self) -> None:
        """Amounts are not negative; nothing more is paid than granted."""
        refuse_amounts(self, ("asked", "granted", "paid"))
        told = isinstance(self.granted, Decimal) and isinstance(self.paid, Decimal)
        if told and self.paid > self.granted:  # type: ignore[operator]
            raise ValidationError({"paid": "plus que le montant accordé"})


def refuse_amounts(row: InAtelier, names: tuple[str, ...]) -> None:
    """Raises ValidationError for a negative amount, or a year that is none."""
    amounts = {name: getattr(row, name) for name in names}
    # What is no number yet was told already.
    known = {name: value for name, value in amounts.items() if isinstance(value, Decimal)}
    faults = {name: "un montant n’est pas négatif" for name, value in known.items() if value < 0}
    year = getattr(row, "year", None)
    if isinstance(year, int) and year not in YEARS:
        faults["year"] = f"une année de {YEARS[0]} à {YEARS[-1]}"
    if faults:
        raise ValidationError(faults)
