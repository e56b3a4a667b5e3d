"""From a need to an answer: a need told, the supports asked, the messages that leave.

Who asks is a person: her address, her words and the facts she chose are in :class:`Need` and nowhere else,
and are erased (:mod:`ancrage.needs.keeping`); the territory, the kind of need and what came of it stay.
"""

import uuid

from django.db import models

from ancrage.alerts.models import Outgoing


class Asker(models.TextChoices):
    """Who asks."""

    PROJET = "projet", "porteuse ou porteur de projet"
    STRUCTURE = "structure", "structure de l’ESS"
    COLLECTIVITE = "collectivite", "collectivité"


class Outcome(models.TextChoices):
    """How a need ended, as who asked says."""

    AIDEE = "aidee", "aidée"
    ARRETEE = "arretee", "arrêtée"


class Stage(models.TextChoices):
    """Where a support asked stands."""

    A_CONFIRMER = "a_confirmer", "pas encore envoyée"
    ENVOYEE = "envoyee", "envoyée, sans réponse pour l’instant"
    PRISE = "prise_en_charge", "prise en charge"
    AIDEE = "aidee", "aide apportée"
    PAS_POUR_MOI = "pas_pour_moi", "pas de son ressort"
    INJOIGNABLE = "pas_joignable", "n’a pas réussi à vous joindre"
    SANS_AIDE = "sans_aide", "sans aide possible"
    PASSEE = "passee", "transmise à un autre support"
    SANS_REPONSE = "sans_reponse", "sans réponse depuis quinze jours"
    NON_REMISE = "non_remise", "le courriel n’a pas pu lui être remis"
    FERMEE = "fermee", "n’a pas été demandé : il a fermé"
    RETIREE = "retiree", "retirée : vous avez arrêté la demande"
    A_JOINDRE = "a_joindre", "à joindre par vous : le site n’en connaît pas de courriel"
    MUETTE = "muette", "ne répond pas à votre appel"


WAITING = (Stage.ENVOYEE, Stage.SANS_REPONSE)
"""A support that has not answered; a late answer is an answer."""
TO_CALL = (Stage.A_JOINDRE, Stage.MUETTE, Stage.NON_REMISE, Stage.SANS_REPONSE)
"""A support that who asks may reach herself, and of which she says what it answered."""
ANSWERS = (Stage.PRISE, Stage.AIDEE, Stage.PAS_POUR_MOI, Stage.INJOIGNABLE, Stage.SANS_AIDE, Stage.PASSEE)
HELPING = (Stage.PRISE, Stage.AIDEE)


class Step(models.TextChoices):
    """What a message is for."""

    CONFIRMER = "confirmer", "confirmer son adresse"
    PARTIE = "partie", "dire que la demande est partie"
    DEMANDE = "demande", "demander à un support"
    RELANCE = "relance", "rappeler au support, après 72 heures"
    SUITE = "suite", "demander au support où il en est, après quinze jours"
    REPONSE = "reponse", "dire ce qu’un support répond"
    SILENCE = "silence", "dire qu’un support n’a pas répondu"
    ARRET = "arret", "dire au support que la demande est arrêtée"
    APPELS = "appels", "demander si les supports à appeler ont répondu, après quinze jours"


TO_SUPPORT = (Step.DEMANDE, Step.RELANCE, Step.SUITE, Step.ARRET)


class Need(models.Model):
    """A need in a territory. ``kind``: of ``contacts/needs.yaml``; ``facts``: those chosen, label and value.

    ``commune``, ``epci``, ``departement``, ``region``: where distances are told from, for statistics.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    asker = models.CharField(max_length=15, choices=Asker.choices)
    territory = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    commune = models.CharField(max_length=5, blank=True, default="")
    epci = models.CharField(max_length=9, blank=True, default="")
    departement = models.CharField(max_length=3, blank=True, default="")
    region = models.CharField(max_length=2, blank=True, default="")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    words = models.TextField(max_length=2000, blank=True)
    facts = models.JSONField(default=list, blank=True)
    may_pass = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Looked for by address when one asks, by age when one forgets."""

        indexes = (
            models.Index(fields=["email"], name="need_by_address"),
            models.Index(fields=["erased_at", "asked_at"], name="need_to_erase"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Asked(models.Model):
    """A support asked for a need. ``key``: which contact it is, whatever the edition.

    ``word``: what it wrote to who asks; ``passed_to``: the support it handed the need over to. ``noted``: who
    asks says what it answered her; it did not answer by its link. ``email``: empty when she calls it herself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="asked")
    key = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True, default="")
    website = models.CharField(max_length=300, blank=True, default="")
    km = models.FloatField(null=True, blank=True)
    stage = models.CharField(max_length=15, choices=Stage.choices, default=Stage.A_CONFIRMER)
    word = models.TextField(max_length=2000, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    noted = models.BooleanField(default=False)
    passed_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="from_of"
    )

    class Meta:
        """A support is asked once for a need."""

        constraints = (models.UniqueConstraint(fields=["need", "key"], name="one_support_a_need"),)

    def __str__(self) -> str:
        return str(self.id)


class Letter(Outgoing):
    """A message to who asks or to a support; its words are made when it leaves. ``key``: it is made once."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="letters")
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    step = models.CharField(max_length=10, choices=Step.choices)
    key = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        """What is to be sent is found quickly."""

        indexes = (models.Index(fields=["state", "next_at"], name="need_letter_to_send"),)

    def __str__(self) -> str:
        return self.key


class Mailbox(models.Model):
    """An address where a support wants requests, given on the site; ``key``: which contact it is.

    Nothing is deleted but what nobody confirmed; one that is ended keeps its days and loses its address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=16, db_index=True)
    name = models.CharField(max_length=250)
    place = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    same_domain = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    believed_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """One at most is written to, for a support."""

        constraints = (
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(believed_at=None) & models.Q(ended_at=None),
                name="one_mailbox_a_support",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
