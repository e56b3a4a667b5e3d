"""Conventions: what is being written, each text frozen to be signed, who signs it, what it makes due."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from ancrage.conventions.catalogue import read_deeds
from ancrage.workspace.models.parts import InAtelier, TwoSided, refuse_unordered
from ancrage.workspace.models.plan import Action

LONGEST_ANSWER = 6000


class Convention(InAtelier):
    """A convention as it is being written; ``lead``: its first party, ``others``: the others, by identifier.

    ``said``: what the parties filled in, by the question of its sort. What was frozen is in its texts.
    """

    KIND = "convention"
    sort = models.CharField("convention", max_length=20)
    title = models.CharField("intitulé", max_length=250)
    lead = models.UUIDField("première partie")
    others = models.JSONField("autres parties", default=list)
    purpose = models.TextField("objet", max_length=4000, blank=True, default="")
    actions = models.JSONField("actions", default=list, blank=True)
    begin = models.DateField("début", null=True, blank=True)
    end = models.DateField("fin", null=True, blank=True)
    deed = models.CharField("acte qui l’autorise", max_length=250, blank=True, default="")
    said = models.JSONField("articles", default=dict, blank=True)

    class Meta:
        """In the order they were written."""

        verbose_name = "convention"
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return self.title

    def parties(self) -> list[UUID]:
        """Those who sign, the first first."""
        return [self.lead, *(UUID(one) for one in self.others)]

    def clean(self) -> None:
        """Its sort exists, days follow each other, its parties are several, its actions of the atelier."""
        refuse_unordered(self.begin, self.end)
        faults = {}
        if self.sort not in read_deeds().sorts:
            faults["sort"] = "cette convention n’est pas de celles proposées"
        if not self.others or str(self.lead) in self.others or len(set(self.others)) < len(self.others):
            faults["others"] = "au moins une autre organisation, chacune une fois"
        if any(not isinstance(one, str) or len(one) > LONGEST_ANSWER for one in self.said.values()):
            faults["said"] = f"{LONGEST_ANSWER} caractères au plus par article"
        if Action.objects.filter(pk__in=self.actions, atelier=self.atelier_id).count() != len(self.actions):
            faults["actions"] = "des actions de cet atelier, chacune une fois"
        if faults:
            raise ValidationError(faults)


class ConventionText(InAtelier):
    """A text frozen to be signed: the convention itself (``rank`` 1), then its amendments.

    ``content``: its articles as they were; ``digest``: the SHA-256 of the file the parties sign.
    """

    KIND = "convention_texte"
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, related_name="texts", verbose_name="convention"
    )
    rank = models.PositiveSmallIntegerField("rang")
    about = models.TextField("ce que change l’avenant", max_length=4000, blank=True, default="")
    law_on = models.DateField("droit lu au")
    parties = models.JSONField("signataires", default=list)
    content = models.JSONField("contenu", default=dict)
    filename = models.CharField("fichier", max_length=160)
    mime = models.CharField("type", max_length=120)
    size = models.PositiveIntegerField("taille")
    digest = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        """The first first; one of each rank."""

        verbose_name = "texte d’une convention"
        ordering = ("rank", "created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["convention", "rank"],
                condition=models.Q(retired_at=None),
                name="one_text_a_rank",
                violation_error_message="un texte de ce rang est déjà arrêté",
            ),
        )


class ConventionSignature(TwoSided):
    """An organisation signed a text of a convention: its own word is enough, that of others waits for it."""

    KIND = "convention_signature"
    text = models.ForeignKey(
        ConventionText, on_delete=models.PROTECT, related_name="signatures", verbose_name="texte"
    )
    organisation = models.UUIDField("organisation")
    signed_on = models.DateField("signé le")

    class Meta:
        """Once each."""

        verbose_name = "signature d’une convention"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["text", "organisation"],
                condition=models.Q(retired_at=None),
                name="one_signature_a_text",
                violation_error_message="cette signature est déjà écrite",
            ),
        )


class Obligation(InAtelier):
    """What a convention makes due on a day: by whom (nobody named: by all), under which text."""

    KIND = "obligation"
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, related_name="obligations", verbose_name="convention"
    )
    title = models.CharField("obligation", max_length=250)
    due = models.DateField("échéance")
    owed_by = models.UUIDField("due par", null=True, blank=True)
    law = models.CharField("texte", max_length=250, blank=True, default="")
    origin = models.CharField("origine", max_length=40, blank=True, default="")
    done_on = models.DateField("tenue le", null=True, blank=True)

    class Meta:
        """By day."""

        verbose_name = "obligation"
        ordering = ("due", "created_at", "id")
