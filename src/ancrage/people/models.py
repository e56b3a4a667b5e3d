"""Organisations, who belongs to them, who is invited, and the roles they hold in workspaces."""

from datetime import date

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from ancrage.dating import Period
from ancrage.journal.models import Recorded
from ancrage.people.held import ALWAYS_HELD
from ancrage.people.person import Identity as Identity
from ancrage.people.person import Person as Person
from ancrage.people.rights import Standing
from ancrage.people.roles import GIVEN, Role
from ancrage.reasoning import Verdict


class Nature(models.TextChoices):
    """What an organisation is, as its members say."""

    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    DEPARTEMENT = "departement", "département"
    REGION = "region", "région"
    ETAT = "etat", "service de l’État"
    OPERATEUR = "operateur", "opérateur ou établissement public"
    ASSOCIATION = "association", "association"
    COOPERATIVE = "cooperative", "coopérative"
    MUTUELLE = "mutuelle", "mutuelle"
    FONDATION = "fondation", "fondation ou fonds de dotation"
    SOCIETE_ESS = "societe_ess", "société commerciale de l’ESS"
    SIAE = "siae", "structure d’insertion ou entreprise adaptée"
    RESEAU = "reseau", "réseau d’accompagnement"
    CAF = "caf", "CAF ou organisme de protection sociale"
    FINANCEUR = "financeur", "financeur privé"
    ENTREPRISE = "entreprise", "autre entreprise"
    COLLECTIF = "collectif", "collectif sans personnalité morale"


PUBLIC_NATURES = (
    Nature.COMMUNE,
    Nature.EPCI,
    Nature.DEPARTEMENT,
    Nature.REGION,
    Nature.ETAT,
    Nature.OPERATEUR,
    Nature.CAF,
)
"""The public side of a partnership; the others are on the side of the ESS and of private partners."""
ESS_NATURES = (
    Nature.ASSOCIATION,
    Nature.COOPERATIVE,
    Nature.MUTUELLE,
    Nature.FONDATION,
    Nature.SOCIETE_ESS,
)
"""Of the ESS by what they are (loi 2014-856, art. 1). The public side and ``ENTREPRISE`` are not; the others
may be or not: a structure of insertion, a network, a private funder have any legal form."""


class OpenSession(AbstractBaseSession):
    """A session: of whom, opened and last used when, with which browser; closing it deletes it."""

    person = models.UUIDField("personne", null=True, db_index=True)
    opened_at = models.DateTimeField("ouverte le", null=True)
    seen_at = models.DateTimeField("vue le", null=True)
    agent = models.CharField("navigateur", max_length=60, blank=True, default="")

    class Meta(AbstractBaseSession.Meta):
        """Not the abstract one."""

        abstract = False
        verbose_name = "session"


class NameSource(models.TextChoices):
    """Where the name of an organisation was read."""

    REGISTER = "registre", "lu dans le registre"
    DECLARED = "declare", "déclaré par ses membres"


class Function(models.TextChoices):
    """What a person is in an organisation."""

    ELU = "elu", "élu ou élue"
    AGENT = "agent", "agent ou agente"
    SALARIE = "salarie", "salarié ou salariée"
    BENEVOLE = "benevole", "bénévole"
    MANDATAIRE = "mandataire", "mandataire ou dirigeant·e"


class Dated(Recorded):
    """What holds from a day to another, both included."""

    since = models.DateField("premier jour")
    until = models.DateField("dernier jour", null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.since, self.until)


class Organisation(Recorded):
    """A legal unit (``siren``), one of its establishments (``siret`` too), or a collective without either.

    ``name`` is what was shown on ``named_on``: the register may have changed since, this does not.
    """

    siren = models.CharField("SIREN", max_length=9, blank=True, default="")
    siret = models.CharField("SIRET", max_length=14, blank=True, default="")
    name = models.CharField("nom", max_length=250)
    name_source = models.CharField("origine du nom", max_length=10, choices=NameSource.choices)
    named_on = models.DateField("jour du nom")
    nature = models.CharField("nature", max_length=20, choices=Nature.choices)

    class Meta:
        """One organisation a code."""

        verbose_name = "organisation"
        constraints = (
            models.UniqueConstraint(
                fields=["siren"], condition=Q(siret="") & ~Q(siren=""), name="one_organisation_a_siren"
            ),
            models.UniqueConstraint(
                fields=["siret"], condition=~Q(siret=""), name="one_organisation_a_siret"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Its SIRET, or its SIREN; empty for a collective."""
        return self.siret or self.siren

    @property
    def ess(self) -> Verdict:
        """Whether it is of the ESS, as its nature says; *à vérifier* for a nature that does not."""
        if self.nature in ESS_NATURES:
            return Verdict.OUI
        return Verdict.NON if self.public or self.nature == Nature.ENTREPRISE else Verdict.A_VERIFIER

    @property
    def public(self) -> bool:
        """Whether it is on the public side of a partnership."""
        return self.nature in PUBLIC_NATURES


class Membership(Dated):
    """A person belongs to an organisation. Two of the same pair never share a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    function = models.CharField("fonction", max_length=12, choices=Function.choices)
    standing = models.CharField("état", max_length=12, choices=[(one.value, one.label) for one in Standing])
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations"
    )
    proof = models.CharField("preuve", max_length=100, blank=True, default="")

    class Meta:
        """At most one that goes on, of a pair; no day before its first."""

        verbose_name = "appartenance"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(until=None),
                name="one_open_membership_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} – {self.organisation_id}"


class Habilitation(Dated):
    """A role in an atelier, given to an organisation or to a person, never to both.

    ``only``: the one thing it bears on (the contract of an evaluator).
    """

    GUARDS = (ALWAYS_HELD,)
    atelier_id = models.UUIDField("atelier", db_index=True)
    role = models.CharField("rôle", max_length=20, choices=[(one.value, one.label) for one in GIVEN])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="habilitations"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="habilitations"
    )
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="habilitations_given")
    only = models.UUIDField("objet", null=True, blank=True)

    class Meta:
        """One holder each; no day before its first."""

        verbose_name = "rôle"
        constraints = (
            models.CheckConstraint(
                condition=(Q(organisation=None) & ~Q(person=None)) | (~Q(organisation=None) & Q(person=None)),
                name="habilitation_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="habilitation_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} – {self.atelier_id}"

    @property
    def held(self) -> Role:
        """The role."""
        return Role(self.role)


class Invitation(Recorded):
    """Somebody invited to belong to an organisation, or to bring it into an atelier (``atelier_id``).

    Only the digest of its token is kept; the address it was sent to is apart, and erasable.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    atelier_id = models.UUIDField("atelier", null=True, blank=True)
    role = models.CharField(
        "rôle", max_length=20, choices=[(one.value, one.label) for one in GIVEN], blank=True, default=""
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    digest = models.CharField("empreinte", max_length=64, unique=True)
    expires_at = models.DateTimeField("fin")
    used_at = models.DateTimeField("acceptée le", null=True, blank=True)
    used_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_used"
    )

    class Meta:
        """Its noun."""

        verbose_name = "invitation"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def last_day(self) -> date:
        """The last day it opens anything, in Paris."""
        return localdate(self.expires_at)


class InvitationAddress(models.Model):
    """Where an invitation was sent; forgotten once it is used, withdrawn or over."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, primary_key=True, related_name="sent_to"
    )
    email = models.EmailField()

    def __str__(self) -> str:
        return self.email
