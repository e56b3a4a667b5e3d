"""What an atelier keeps of structures: a file on each, and lists of them with notes.

What is public is never copied: the code of a structure is kept, and its name as shown the day it was written.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.grid.assessment import Role
from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.workspace.models.parts import InAtelier

NAMED_ADDRESS = re.compile(r"[^\W\d]+[._-][^\W\d]+@")
"""An address made of two names, which leads to a person: « prenom.nom@ »."""


class Structure(InAtelier):
    """The file of a structure in an atelier, opened when something is first written in it."""

    KIND = "structure"
    siren = models.CharField("SIREN", max_length=9)
    name = models.CharField("nom ce jour-là", max_length=250)
    named_on = models.DateField("jour du nom")
    tags = models.JSONField("étiquettes", default=list, blank=True)

    class Meta:
        """One file a structure."""

        verbose_name = "dossier de structure"
        ordering = ("name", "siren", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["atelier", "siren"],
                condition=models.Q(retired_at=None),
                name="one_file_a_structure",
                violation_error_message="cette structure a déjà son dossier",
            ),
        )


class Entry(InAtelier):
    """Something written in the file of a structure: an exchange, a note, a need and the day it was met."""

    KIND = "dossier_ecrit"

    class Nature(models.TextChoices):
        """What it is."""

        NOTE = "note", "note"
        CALL = "appel", "appel"
        MEETING = "rencontre", "rencontre, visite"
        LETTER = "courrier", "courrier, courriel"
        NEED = "besoin", "besoin"

    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="entries", verbose_name="structure"
    )
    nature = models.CharField("nature", max_length=10, choices=Nature.choices, default=Nature.NOTE)
    on = models.DateField("jour")
    text = models.TextField("texte", max_length=8000)
    met_on = models.DateField("répondu le", null=True, blank=True)

    class Meta:
        """The last first."""

        verbose_name = "échange, note ou besoin"
        ordering = ("-on", "-created_at", "id")

    def clean(self) -> None:
        """Only a need is met, and not before it was told."""
        if self.met_on and self.nature != self.Nature.NEED:
            raise ValidationError({"met_on": "seul un besoin reçoit une réponse"})
        if self.met_on and self.on and self.met_on < self.on:
            raise ValidationError({"met_on": "la réponse est avant le besoin"})


class Contact(InAtelier):
    """Whom to ask in a structure: a function and a means, never the name of a person."""

    KIND = "dossier_contact"
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="contacts", verbose_name="structure"
    )
    function = models.CharField("fonction", max_length=120)
    means = models.CharField("moyen", max_length=200)

    class Meta:
        """By function."""

        verbose_name = "contact"
        ordering = ("function", "created_at", "id")

    def clean(self) -> None:
        """What is written here stays in the journal: an address made of a name would stay too."""
        if NAMED_ADDRESS.search(f"{self.function} {self.means}"):
            raise ValidationError(
                {"means": "une adresse au nom d'une personne n'est pas gardée : celle du service, accueil@…"}
            )


class SupportRequest(InAtelier):
    """A note that a support was asked for a structure: of whom, for what, and what came of it.

    It sends nothing: what leaves with somebody's words is of :mod:`ancrage.needs` (decision 28).
    """

    KIND = "dossier_demande"

    class Stage(models.TextChoices):
        """How far it has come."""

        SENT = "envoyee", "envoyée"
        TAKEN = "prise_en_charge", "prise en charge"
        DONE = "faite", "faite"
        NO_HELP = "sans_aide", "sans aide possible"
        UNREACHED = "injoignable", "structure pas joignable"
        ELSEWHERE = "pas_pour_lui", "pas de son ressort"
        EXPIRED = "expiree", "sans réponse"

    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="requests", verbose_name="structure"
    )
    support = models.CharField("demandé à", max_length=250)
    need = models.TextField("besoin", max_length=4000)
    sent_on = models.DateField("envoyée le")
    stage = models.CharField("suite", max_length=20, choices=Stage.choices, default=Stage.SENT)
    answered_on = models.DateField("réponse le", null=True, blank=True)
    outcome = models.TextField("ce qui en est sorti", max_length=4000, blank=True, default="")

    class Meta:
        """The last first."""

        verbose_name = "demande d’appui"
        ordering = ("-sent_on", "-created_at", "id")

    def clean(self) -> None:
        """An answer comes after the request, and not to one that nobody answered."""
        if self.answered_on and self.sent_on and self.answered_on < self.sent_on:
            raise ValidationError({"answered_on": "la réponse est avant la demande"})
        if self.answered_on and self.stage in (self.Stage.SENT, self.Stage.EXPIRED):
            raise ValidationError({"stage": "dites ce que le support a répondu"})


class Grading(InAtelier):
    """A structure judged on the grid a day; ``levels``: 1 to 5 by criterion, those not known left out.

    Several of the same day stay: each says who judges.
    """

    KIND = "dossier_grille"
    structure = models.ForeignKey(
        Structure, on_delete=models.PROTECT, related_name="gradings", verbose_name="structure"
    )
    on = models.DateField("jour")
    role = models.CharField("qui juge", max_length=20, choices=[(one.value, one.label) for one in Role])
    levels = models.JSONField("niveaux", default=dict)
    comment = models.TextField("remarque", max_length=4000, blank=True, default="")

    class Meta:
        """By day."""

        verbose_name = "évaluation sur la grille"
        ordering = ("on", "created_at", "id")

    def clean(self) -> None:
        """At least one criterion is judged; criteria and levels are those of the grid."""
        known = {one.id for one in criteria()}
        told = self.levels
        fit = isinstance(told, dict) and all(
            name in known and type(level) is int and LOWEST <= level <= HIGHEST
            for name, level in told.items()
        )
        if not fit or not told:
            raise ValidationError({"levels": "un niveau de 1 à 5 pour un critère au moins"})


class StructureList(InAtelier):
    """A list of structures: of the atelier, or of one organisation that alone sees it.

    ``search``: what was asked of the directory, to look again.
    """

    KIND = "liste"
    name = models.CharField("nom", max_length=200)
    purpose = models.TextField("à quoi elle sert", max_length=2000, blank=True, default="")
    organisation = models.UUIDField("organisation", null=True, blank=True)
    search = models.CharField("recherche", max_length=2000, blank=True, default="")

    class Meta:
        """By name."""

        verbose_name = "liste de structures"
        ordering = ("name", "created_at", "id")


class Listed(InAtelier):
    """A structure in a list, and what is noted of it there."""

    KIND = "liste_structure"
    listing = models.ForeignKey(
        StructureList, on_delete=models.PROTECT, related_name="listed", verbose_name="liste"
    )
    siren = models.CharField("SIREN", max_length=9)
    siret = models.CharField("SIRET", max_length=14, blank=True, default="")
    name = models.CharField("nom ce jour-là", max_length=250)
    named_on = models.DateField("jour du nom")
    note = models.TextField("note", max_length=4000, blank=True, default="")

    class Meta:
        """Once a list."""

        verbose_name = "structure d’une liste"
        ordering = ("name", "siren", "siret", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["listing", "siren", "siret"],
                condition=models.Q(retired_at=None),
                name="once_a_list",
                violation_error_message="cette structure est déjà dans la liste",
            ),
        )

    @property
    def code(self) -> str:
        """Its SIRET, its SIREN when no establishment was chosen."""
        return self.siret or self.siren
