"""Who would be asked: what the register says of it, who of it is on the site, what address is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ancrage.contacts.finding import Contacts
from ancrage.contacts.kinds import DeskKind
from ancrage.edition.opened import Opened
from ancrage.errors import IntroductionError, OrganisationError
from ancrage.introductions.models import Side
from ancrage.people.models import Membership, Nature, Organisation, Person
from ancrage.people.registered import Registered, registered
from ancrage.people.rights import Standing
from ancrage.sources.catalogue import load_catalogue

NAMELESS = "Le registre ne publie pas le nom de cette structure : on ne peut pas la solliciter d'ici."
UNKNOWN = "Ce code n'est pas dans le registre en vigueur : on ne peut pas le solliciter d'ici."


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation of the register that can be asked.

    ``members``: people of the site who answer for ``organisation``. ``sure``: whether one of them at least
    was confirmed there by somebody else. ``public``: an address that a source publishes, and which source.
    """

    registered: Registered
    organisation: Organisation | None = None
    members: tuple[Person, ...] = ()
    sure: bool = False
    public: tuple[str, str] = ("", "")

    @property
    def code(self) -> str:
        """Its SIRET, or its SIREN."""
        return self.registered.siret or self.registered.siren

    @property
    def wants_address(self) -> bool:
        """Whether nobody can be reached unless an address is given."""
        return not self.members and not self.public[0]


def find(opened: Opened, code: str) -> Found:
    """Who a code names. Raises :class:`IntroductionError` for one that is closed, unknown, or has no name."""
    try:
        told = registered(opened.atlas, code, on=opened.today)
    except OrganisationError as error:
        raise IntroductionError(error.message, error.hint) from error
    if told.closed is not None:
        raise IntroductionError(
            f"{told.name or 'Cette structure'} : {told.told()}", "Choisissez-en une autre, encore ouverte."
        )
    if not told.known:
        raise IntroductionError(UNKNOWN, "Cherchez-la par son nom dans l'annuaire.")
    if not told.name:
        raise IntroductionError(NAMELESS, "Passez par un réseau qui la connaît.")
    organisation = of_the_site(told)
    members = members_of(organisation, opened.today) if organisation else []
    return Found(
        told,
        organisation if members else None,
        tuple(one.person for one in members),
        any(one.standing == Standing.CONFIRMED for one in members),
        public_address(opened, told),
    )


def public_address(opened: Opened, told: Registered) -> tuple[str, str]:
    """The address that a source publishes of a commune or an intercommunality, and which; else nothing."""
    if told.nature not in (Nature.COMMUNE, Nature.EPCI):
        return "", ""
    code = told.siren
    if told.nature == Nature.COMMUNE:
        row = opened.atlas.warehouse.row(
            "SELECT code FROM commune WHERE vintage = ? AND siren = ?",
            (opened.atlas.vintage_on(opened.today), told.siren),
        )
        code = row["code"] if row else ""
    kind = DeskKind(told.nature)
    prefix = "com" if told.nature == Nature.COMMUNE else "epci"
    contact = Contacts(opened.atlas.warehouse).find((kind,), (f"{prefix}:{code}",)).get(kind)
    if contact is None or not contact.email:
        return "", ""
    source = load_catalogue().get(contact.source)
    return contact.email, source.title if source else contact.source


def of_the_site(told: Registered) -> Organisation | None:
    """The organisation of a code on the site: the establishment itself, else its legal unit."""
    known = Organisation.objects.live().filter(siren=told.siren)
    return known.filter(Q(siret=told.siret) | Q(siret="")).order_by("-siret").first()


def members_of(organisation: Organisation, on: date) -> list[Membership]:
    """Those who act for an organisation that day, the first come first."""
    live = Membership.objects.live().filter(organisation=organisation, person__is_active=True)
    found = live.exclude(standing=Standing.WAITING.value).select_related("person").order_by("since")
    return [one for one in found if on in one.period]


def sides_of(person: Person, on: date) -> QuerySet[Side]:
    """The sides that a person asked or answered, for ever hers, and those that wait for her organisations."""
    theirs = Q(organisation__in=organisations_of(person, on), person=None)
    return Side.objects.filter(theirs | Q(person=person))


def organisations_of(person: Person, on: date) -> list[Organisation]:
    """Those a person may act for that day."""
    mine = Membership.objects.live().filter(person=person).exclude(standing=Standing.WAITING.value)
    found: Iterable[Membership] = mine.select_related("organisation").order_by("since")
    return [one.organisation for one in found if on in one.period]
