"""An introduction, its sides, and the messages they are owed; what reaches people is apart, and erased.

Not in the journal (decision 29): who answers by a link is nobody there, and all of it is forgotten in a year.
"""

import uuid

from django.db import models

from ancrage.alerts.models import Outgoing
from ancrage.people.models import Organisation, Person


class Aim(models.TextChoices):
    """What one wants to meet for."""

    ECHANGER = "echanger", "faire connaissance"
    COOPERER = "cooperer", "travailler ensemble à un projet"
    MARCHE = "marche", "répondre ensemble à un marché"
    PTCE = "ptce", "former un pôle territorial de coopération économique (PTCE)"
    MUTUALISER = "mutualiser", "mutualiser des moyens"


class Standing(models.TextChoices):
    """What a side said."""

    ASKED = "demandee", "en attente de réponse"
    ACCEPTED = "acceptee", "d’accord"
    DECLINED = "declinee", "ne souhaite pas"
    EXPIRED = "expiree", "sans réponse"
    UNREACHED = "non_remise", "la demande n’a pas pu lui être remise"
    ENDED = "finie", "retirée"


OPEN = (Standing.ASKED, Standing.UNREACHED)
"""One that has not answered; a report may be wrong: whoever has the link still answers."""


class Introduction(models.Model):
    """A wish to meet: what for, in whose words. ``page``: the address of this site it was asked from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aim = models.CharField(max_length=12, choices=Aim.choices)
    subject = models.CharField(max_length=200, blank=True, default="")
    words = models.TextField()
    page = models.CharField(max_length=500, blank=True, default="")
    asked_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Side(models.Model):
    """An organisation of an introduction: the one that asks, or one that is asked.

    ``name`` is the one shown on the day of asking. ``organisation``: when somebody of it is on the site;
    ``person``: who asked or answered for it, if she has an account. A side that asks said yes by asking.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="sides")
    asks = models.BooleanField(default=False)
    siren = models.CharField(max_length=9, db_index=True, blank=True, default="")
    siret = models.CharField(max_length=14, blank=True, default="")
    name = models.CharField(max_length=250)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="introduced"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="introduced"
    )
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """An organisation once an introduction."""

        constraints = (
            models.UniqueConstraint(
                fields=["introduction", "siren"],
                condition=~models.Q(siren=""),
                name="one_side_an_organisation",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def code(self) -> str:
        """Its SIRET, or its SIREN; empty for a collective."""
        return self.siret or self.siren

    @property
    def agreed(self) -> bool:
        """Whether it said yes, and holds to it."""
        return self.standing == Standing.ACCEPTED


class Address(models.Model):
    """Where a side without an account is written to; forgotten when nothing is to be written any more.

    ``told``: where it comes from, in French, as the message says it.
    """

    side = models.OneToOneField(Side, on_delete=models.PROTECT, primary_key=True, related_name="reached_at")
    email = models.EmailField()
    mark = models.CharField(max_length=64, db_index=True)
    told = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.email


class Details(models.Model):
    """What a side agrees to give to those that said yes too.

    Of a person who has an account: her telephone only, her name and address being read from the account.
    """

    side = models.OneToOneField(Side, on_delete=models.PROTECT, primary_key=True, related_name="given")
    name = models.CharField(max_length=150, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")

    def __str__(self) -> str:
        return str(self.side_id)


class Sort(models.TextChoices):
    """What a message says."""

    INVITATION = "invitation", "la demande"
    ACCORD = "accord", "les coordonnées de qui est d’accord"
    REFUS = "refus", "un refus, ou le silence"
    FIN = "fin", "une fin"


class Letter(Outgoing):
    """A message to a side about another, once for each who reads it; ``mark``: of the address it goes to.

    The address itself is read when it leaves: of the account of ``person``, or of :class:`Address`.
    """

    to = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="letters")
    about = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="told_in")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="letters_of_introduction"
    )
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """Never twice."""

        constraints = (
            models.UniqueConstraint(fields=["to", "about", "sort", "mark"], name="one_letter_of_a_sort"),
        )
        indexes = (models.Index(fields=["state", "next_at"], name="letter_to_send"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Silence(models.Model):
    """An address that asked for no more, by its mark alone: nobody reads the address in it. For ever."""

    mark = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark
