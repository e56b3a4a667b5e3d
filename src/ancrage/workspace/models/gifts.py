"""Contributions in kind: what one gives another, how much, for how long, its value when it is known."""

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.workspace.models.money import amount
from ancrage.workspace.models.parts import TwoSided, refuse_unordered
from ancrage.workspace.models.plan import Action


class Contribution(TwoSided):
    """What an organisation gives another without being paid; a value nobody knows is empty, never zero."""

    KIND = "contribution"

    class Nature(models.TextChoices):
        """What is given."""

        PREMISES = "locaux", "locaux"
        LAND = "terrain", "terrain"
        EQUIPMENT = "materiel", "matériel"
        STAFF = "personnel", "personnel mis à disposition"
        SERVICE = "prestation", "prestation, expertise"
        GOODS = "dons", "dons en nature"
        HOURS = "benevolat", "heures de bénévolat"

    class Method(models.TextChoices):
        """How its value was worked out."""

        NONE = "", "–"
        COST = "cout_reel", "coût réel"
        RENT = "valeur_locative", "valeur locative"
        TARIFF = "tarif", "tarif délibéré"
        WAGE = "salaire", "salaire chargé"
        REPLACEMENT = "remplacement", "valeur de remplacement"

    class Domain(models.TextChoices):
        """Whether premises are of the public domain."""

        UNKNOWN = "", "–"
        PUBLIC = "public", "domaine public"
        PRIVATE = "prive", "domaine privé"

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="contributions", verbose_name="action"
    )
    giver = models.UUIDField("donne")
    receiver = models.UUIDField("reçoit")
    nature = models.CharField("nature", max_length=12, choices=Nature.choices)
    label = models.CharField("objet", max_length=250)
    quantity = models.DecimalField("quantité", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("unité", max_length=40, blank=True, default="")
    begin = models.DateField("début", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)
    year = models.PositiveSmallIntegerField("année comptée")
    value = amount("valeur")
    method = models.CharField("méthode", max_length=16, choices=Method.choices, blank=True, default="")
    domain = models.CharField("domaine", max_length=8, choices=Domain.choices, blank=True, default="")
    deed = models.CharField("acte", max_length=250, blank=True, default="")

    class Meta:
        """By year."""

        verbose_name = "contribution en nature"
        ordering = ("year", "created_at", "id")

    def clean(self) -> None:
        """Two sides, days in order, a value that says its method."""
        refuse_unordered(self.begin, self.end)
        faults = {}
        if self.giver is not None and self.giver == self.receiver:
            faults["receiver"] = "une organisation ne se donne rien à elle-même"
        if self.value is not None and not self.method:
            faults["method"] = "dites comment la valeur est établie"
        if faults:
            raise ValidationError(faults)
