"""From a change to a message: event, match, content, message; each once, which the database sees to.

An event is found once whoever follows it; a match ties it to a topic; a content to a subscription; a content
belongs to one message at most. Addresses are nowhere else than in :class:`Subscriber`.
"""

import uuid

from django.db import models
from django.db.models import F, Q


class Frequency(models.TextChoices):
    """How often a subscription is told, at most."""

    AUSSITOT = "aussitot", "dès que c’est su"
    JOUR = "jour", "une fois par jour"
    SEMAINE = "semaine", "une fois par semaine"
    MOIS = "mois", "une fois par mois"


class Reason(models.TextChoices):
    """Why a subscription ended."""

    ARRET = "arret", "arrêtée par la personne"
    REMPLACEE = "remplacee", "remplacée par une autre"
    TERRITOIRE = "territoire", "ce qu’elle suivait n’existe plus"
    ACCES = "acces", "la personne n’y a plus accès"


class State(models.TextChoices):
    """Where a message is."""

    A_ENVOYER = "a_envoyer", "à envoyer"
    ENVOI = "envoi", "en cours d’envoi"
    REMIS = "remis", "remis au serveur du destinataire"
    REFUSE = "refuse", "refusé"
    ABANDONNE = "abandonne", "abandonné"
    ANNULE = "annule", "annulé"


class Topic(models.Model):
    """A question followed, once for all who follow it.

    ``question``: its address without a day; ``follows``: the one really read since what it named became
    something else. ``state``: what was noted when it was last read, compressed; ``turn`` counts readings.
    """

    digest = models.CharField(max_length=64, unique=True)
    question = models.TextField()
    follows = models.TextField()
    label = models.CharField(max_length=300)
    state = models.BinaryField()
    edition = models.CharField(max_length=200)
    read_on = models.DateField()
    turn = models.PositiveIntegerField(default=0)
    fault = models.TextField(default="", blank=True)
    over = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.label


class Event(models.Model):
    """A change, as it is told: ``document`` holds its words."""

    identity = models.CharField(max_length=64, unique=True)
    sort = models.CharField(max_length=20)
    document = models.JSONField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.identity


class Match(models.Model):
    """An event that a topic tells."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="matches")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="matches")
    at = models.DateTimeField()

    class Meta:
        """Once."""

        constraints = (models.UniqueConstraint(fields=["topic", "event"], name="one_match"),)

    def __str__(self) -> str:
        return f"{self.topic_id} {self.event_id}"


class Subscriber(models.Model):
    """An address. ``suspended_at``: since when it refuses, and nothing is sent to it."""

    email = models.EmailField(unique=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """A topic followed by an address, live from its confirmation to its end.

    ``paused_until``: nothing is sent before; what changes meanwhile is owed, and told then. ``person``: who
    follows it from her own space; what is not open to all is told to her as long as she may read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="subscriptions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="subscriptions")
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    person = models.UUIDField(null=True, blank=True, db_index=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=12, choices=Reason.choices, default="", blank=True)

    class Meta:
        """One live subscription of an address to a topic."""

        constraints = (
            models.UniqueConstraint(
                fields=["subscriber", "topic"], condition=Q(ended_at=None), name="one_live_subscription"
            ),
        )
        indexes = (models.Index(fields=["topic", "confirmed_at"], name="subscription_by_topic"),)

    def __str__(self) -> str:
        return str(self.id)


class Run(models.Model):
    """A digest of a frequency: it tells what was matched before ``until``; the next one begins there."""

    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    built_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Contiguous: two never begin, nor end, at the same moment."""

        constraints = (
            models.UniqueConstraint(fields=["frequency", "since"], name="one_run_a_beginning"),
            models.UniqueConstraint(fields=["frequency", "until"], name="one_run_an_end"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="run_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.frequency} {self.until}"


class Outgoing(models.Model):
    """A message and how far it has come: whoever sends one keeps it so (:mod:`ancrage.alerts.posting`)."""

    state = models.CharField(max_length=10, choices=State.choices, default=State.A_ENVOYER)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(default="", blank=True)

    class Meta:
        """Each room has its own."""

        abstract = True


class Mail(Outgoing):
    """A message to an address, of a run. Its words are made from its contents when it leaves."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="mails")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="mails")

    class Meta:
        """One message a run."""

        constraints = (models.UniqueConstraint(fields=["run", "subscriber"], name="one_mail_a_run"),)
        indexes = (models.Index(fields=["state", "next_at"], name="mail_to_send"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Content(models.Model):
    """An event owed to a subscription; ``mail``: the message that tells it."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="contents")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="contents")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="contents")
    at = models.DateTimeField()
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, blank=True, related_name="contents")

    class Meta:
        """Once."""

        constraints = (models.UniqueConstraint(fields=["subscription", "event"], name="one_content"),)
        indexes = (
            models.Index(fields=["subscriber", "event"], name="content_told"),
            models.Index(fields=["subscriber"], condition=Q(mail=None), name="content_owed"),
        )

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.event_id}"
