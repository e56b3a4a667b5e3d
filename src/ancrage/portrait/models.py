"""What is shown because somebody agreed: a structure by its name, a local event.

An atelier is a bare identifier here: this room is read by questions, that know no workspace.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.journal.models import Recorded

NAMED_ADDRESS = re.compile(r"[^\W\d]+[._-][^\W\d]+@")
"""An address made of two names, which leads to a person: « prenom.nom@ »."""

TO_SERVICE = "une adresse au nom d'une personne n'est pas publiée : celle du service, accueil@…"


class Appearance(Recorded):
    """A structure agrees to appear by its name in the portrait of its territory.

    ``organisation``: whose member agreed, in the space; ``atelier_id`` and ``proof``: who holds the written
    agreement, and where it is kept. ``siret``: one establishment; all of the unit when empty.
    """

    KIND = "accord_paraitre"
    atelier_id = models.UUIDField("atelier", null=True, blank=True)
    organisation = models.UUIDField("organisation", null=True, blank=True)
    siren = models.CharField("SIREN", max_length=9)
    siret = models.CharField("SIRET", max_length=14, blank=True, default="")
    name = models.CharField("nom ce jour-là", max_length=250)
    named_on = models.DateField("jour du nom")
    agreed_on = models.DateField("accord donné le")
    proof = models.TextField("écrit qui le dit, et où il est gardé", max_length=500, blank=True, default="")
    words = models.TextField("présentation", max_length=600, blank=True, default="")
    need = models.TextField("besoin", max_length=400, blank=True, default="")

    class Meta:
        """One agreement of each side a structure."""

        verbose_name = "accord pour paraître"
        ordering = ("name", "created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["siren", "siret", "organisation"],
                condition=models.Q(retired_at=None, organisation__isnull=False),
                name="one_appearance_an_organisation",
                violation_error_message="cette organisation a déjà donné son accord",
            ),
            models.UniqueConstraint(
                fields=["siren", "siret", "atelier_id"],
                condition=models.Q(retired_at=None, organisation=None),
                name="one_appearance_an_atelier",
                violation_error_message="cet atelier a déjà noté cet accord",
            ),
        )

    def clean(self) -> None:
        """An agreement is a member's, or is written somewhere; what is public leads to no person."""
        if self.organisation is None and not self.proof.strip():
            raise ValidationError({"proof": "l'accord est écrit : dites dans quel écrit, et où il est gardé"})
        for field in ("words", "need"):
            if NAMED_ADDRESS.search(getattr(self, field)):
                raise ValidationError({field: TO_SERVICE})


class LocalEvent(Recorded):
    """Something that happens in a commune, open to all; ``commune``: its code, ``at``: « 14:30 »."""

    KIND = "evenement_local"
    atelier_id = models.UUIDField("atelier")
    title = models.CharField("intitulé", max_length=200)
    begins = models.DateField("premier jour")
    ends = models.DateField("dernier jour", null=True, blank=True)
    at = models.CharField("heure", max_length=5, blank=True, default="")
    commune = models.CharField("commune", max_length=5)
    commune_name = models.CharField("nom de la commune", max_length=250)
    place = models.CharField("lieu", max_length=250, blank=True, default="")
    organiser = models.CharField("organisé par", max_length=250)
    href = models.URLField("page", max_length=400, blank=True, default="")
    words = models.TextField("de quoi il s'agit", max_length=1000, blank=True, default="")

    class Meta:
        """The next first."""

        verbose_name = "événement local"
        ordering = ("begins", "at", "created_at", "id")

    def clean(self) -> None:
        """The last day is not before the first; what is public leads to no person."""
        if self.ends and self.begins and self.ends < self.begins:
            raise ValidationError({"ends": "le dernier jour est avant le premier"})
        if NAMED_ADDRESS.search(f"{self.place} {self.organiser} {self.words}"):
            raise ValidationError({"words": TO_SERVICE})
