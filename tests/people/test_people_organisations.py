"""Organisations, belongings, invitations and roles: each write is an act of the journal, on both engines."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

import database_here  # noqa: F401 - sets Django up
from ancrage.errors import (
    AncrageError,
    InvitationError,
    MembershipError,
    NotAllowedError,
    OrganisationError,
    RoleError,
    StaleVersionError,
)
from ancrage.journal import triggers
from ancrage.journal.models import Line
from ancrage.journal.verifying import verify
from ancrage.journal.writing import write
from ancrage.people import habilitations, persons
from ancrage.people.acting import deed
from ancrage.people.actors import actor_of, holders, require
from ancrage.people.acts import Act
from ancrage.people.belonging import confirm, join, leave
from ancrage.people.inviting import VALID, accept, find, invite_colleague, invite_into, withdraw
from ancrage.people.models import (
    Habilitation,
    Invitation,
    InvitationAddress,
    Membership,
    Nature,
    OpenSession,
    Organisation,
    Person,
)
from ancrage.people.organisations import choose, gather
from ancrage.people.person import WITHDRAWN
from ancrage.people.registered import Registered
from ancrage.people.rights import Standing, Thing, may
from ancrage.people.roles import Role
from ancrage.reasoning import Verdict
from ancrage.tasks.models import Job

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
ON, EVE = date(2026, 11, 29), date(2026, 11, 28)
CREUSE = Registered("200067189", name="CC Creuse Sud Ouest", known=True, nature="epci")
NAMELESS = Registered("356000000", known=True)


@pytest.fixture(autouse=True)
def _the_journal_is_whole_at_the_end(transactional_db: None) -> Iterator[None]:
    yield
    verify()


def person(name: str) -> Person:
    made = persons.welcome(f"{name.lower()}@exemple.fr", at=AT)
    persons.rename(made, name)
    return made


def member(name: str, organisation: Organisation | None = None, **told: object) -> tuple[Person, Membership]:
    who = person(name)
    one = organisation or choose(CREUSE, who, nature="", at=AT)
    return who, join(who, one, "agent", at=AT, **told)  # type: ignore[arg-type]


def opened(organisation: Organisation, by: Person) -> UUID:
    """An atelier that an organisation holds."""
    atelier = uuid4()
    write(
        deed(by, AT),
        "atelier.ouvert",
        lambda pen: habilitations.open_to(pen, organisation, by, at=AT),
        chain=atelier,
    )
    return atelier


def standing(one: Membership) -> Standing:
    one.refresh_from_db()
    return Standing(one.standing)


def test_an_organisation_keeps_the_name_that_the_register_showed_that_day() -> None:
    anne = person("Anne")
    one = choose(CREUSE, anne, nature="association", name="Autre", at=AT)
    assert (one.name, one.name_source, one.named_on, one.nature) == (CREUSE.name, "registre", ON, "epci")
    again = choose(
        Registered("200067189", name="Nouveau nom", known=True), anne, nature="", at=AT + timedelta(days=9)
    )
    assert (again.pk, again.name) == (one.pk, CREUSE.name)
    assert Organisation.objects.count() == 1


def test_a_code_without_a_published_name_takes_the_one_its_member_says() -> None:
    anne = person("Anne")
    with pytest.raises(OrganisationError, match="nom"):
        choose(NAMELESS, anne, nature="operateur", name="  ", at=AT)
    with pytest.raises(OrganisationError, match="nature"):
        choose(NAMELESS, anne, nature="collectif", name="La Poste", at=AT)
    one = choose(NAMELESS, anne, nature="operateur", name=" La  Poste ", at=AT)
    assert (one.name, one.name_source) == ("La Poste", "declare")


def test_a_closed_organisation_is_not_chosen() -> None:
    closed = Registered("356000000", name="Fermée", known=True, closed=EVE)
    with pytest.raises(OrganisationError, match="Fermé depuis le 28/11/2026"):
        choose(closed, person("Anne"), nature="association", at=AT)


def test_a_collective_has_no_code_and_two_may_have_the_same_name() -> None:
    anne = person("Anne")
    first, second = (gather("Collectif du lavoir", anne, at=AT) for _ in range(2))
    assert first.pk != second.pk
    assert (first.code, first.nature) == ("", Nature.COLLECTIF)


def test_the_first_of_an_organisation_is_declared_and_the_next_waits() -> None:
    anne, first = member("Anne")
    bruno, second = member("Bruno", first.organisation)
    assert (standing(first), standing(second)) == (Standing.DECLARED, Standing.WAITING)
    thing = Thing(concerns=frozenset({str(first.organisation_id)}))
    assert may(actor_of(anne), Act.OPEN, thing, on=ON).verdict is Verdict.OUI
    assert may(actor_of(bruno), Act.OPEN, thing, on=ON).verdict is Verdict.A_VERIFIER
    with pytest.raises(NotAllowedError, match="attend d'être confirmée"):
        confirm(second.pk, bruno, seen=1, at=AT)
    confirm(second.pk, anne, seen=1, at=AT)
    assert standing(second) is Standing.CONFIRMED
    confirm(first.pk, bruno, seen=1, at=AT)
    assert standing(first) is Standing.CONFIRMED


def test_nobody_confirms_herself_nor_twice_nor_from_a_page_too_old() -> None:
    anne, first = member("Anne")
    _, second = member("Bruno", first.organisation)
    with pytest.raises(MembershipError, match="sa propre"):
        confirm(first.pk, anne, seen=1, at=AT)
    with pytest.raises(StaleVersionError):
        confirm(second.pk, anne, seen=2, at=AT)
    confirm(second.pk, anne, seen=1, at=AT)
    with pytest.raises(MembershipError, match="n'attend pas"):
        confirm(second.pk, anne, seen=2, at=AT)


def test_a_stranger_confirms_and_ends_nothing() -> None:
    _, first = member("Anne")
    stranger = person("Zoé")
    with pytest.raises(NotAllowedError) as refused:
        leave(first.pk, stranger, seen=1, last_day=ON, at=AT)
    assert "Vous n'appartenez pas à cette organisation." in refused.value.message
    assert "membre de l'organisation" in refused.value.hint


def test_two_belongings_of_the_same_pair_never_share_a_day() -> None:
    anne, first = member("Anne")
    with pytest.raises(MembershipError, match="déjà"):
        join(anne, first.organisation, "elu", at=AT)
    leave(first.pk, anne, seen=1, last_day=ON, at=AT)
    with pytest.raises(MembershipError, match="déjà"):
        join(anne, first.organisation, "elu", at=AT)
    again = join(anne, first.organisation, "elu", at=AT + timedelta(days=1))
    assert again.since == ON + timedelta(days=1)


def test_a_belonging_may_end_later_and_days_already_lived_stay() -> None:
    anne, first = member("Anne")
    later = AT + timedelta(days=10)
    ended = leave(first.pk, anne, seen=1, last_day=date(2026, 1, 1), at=later)
    assert ended.until == date(2026, 12, 8)
    with pytest.raises(MembershipError, match="déjà finie"):
        leave(first.pk, anne, seen=2, last_day=date(2027, 1, 1), at=later)


def test_an_invitation_serves_once_for_fourteen_days_and_only_its_digest_is_kept() -> None:
    anne, first = member("Anne")
    made, token = invite_colleague(first.organisation, "bruno@exemple.fr", anne, at=AT)
    assert token not in str(list(Invitation.objects.values())) + str(list(Line.objects.values()))
    assert find(token, at=AT + VALID - timedelta(seconds=1)) == made
    with pytest.raises(InvitationError, match="jusqu'au 13/12/2026"):
        find(token, at=AT + VALID)
    bruno = person("Bruno")
    joined = accept(token, bruno, "elu", at=AT)
    assert (standing(joined), joined.confirmed_by) == (Standing.CONFIRMED, anne)
    with pytest.raises(InvitationError, match="déjà servi"):
        accept(token, person("Chloé"), "elu", at=AT)
    with pytest.raises(InvitationError, match="n'existe pas"):
        find("autre", at=AT)
    assert not InvitationAddress.objects.exists()


def test_two_who_accept_at_once_are_one() -> None:
    anne, first = member("Anne")
    _, token = invite_colleague(first.organisation, "b@exemple.fr", anne, at=AT)
    told: list[str] = []

    def take(who: Person) -> None:
        try:
            accept(token, who, "elu", at=AT)
            told.append("entrée")
        except AncrageError as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(person(name),)) for name in ("Bruno", "Chloé")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["InvitationError", "entrée"]
    assert Membership.objects.count() == 2


def test_an_invitation_taken_back_opens_nothing() -> None:
    anne, first = member("Anne")
    made, token = invite_colleague(first.organisation, "b@exemple.fr", anne, at=AT)
    with pytest.raises(NotAllowedError):
        withdraw(made, person("Zoé"), seen=1, at=AT)
    withdraw(made, anne, seen=1, at=AT)
    with pytest.raises(InvitationError, match="retirée"):
        accept(token, person("Bruno"), "elu", at=AT)


def test_who_was_not_confirmed_invites_nobody() -> None:
    _, first = member("Anne")
    bruno, _ = member("Bruno", first.organisation)
    with pytest.raises(NotAllowedError):
        invite_colleague(first.organisation, "c@exemple.fr", bruno, at=AT)


def test_an_atelier_is_opened_by_a_member_and_brings_others_in() -> None:
    anne, first = member("Anne")
    atelier = opened(first.organisation, anne)
    assert holders(atelier, on=ON) == {Role.PORTEUR: (CREUSE.name,)}
    chloe = person("Chloé")
    association = gather("Le lavoir", chloe, at=AT)
    _, token = invite_into(atelier, association, Role.PARTENAIRE, "c@exemple.fr", anne, at=AT)
    joined = accept(token, chloe, "benevole", at=AT)
    assert standing(joined) is Standing.DECLARED
    here = Thing(workspace=str(atelier), awaited=frozenset({str(association.pk)}))
    assert may(actor_of(chloe), Act.CONFIRM, here, on=ON).verdict is Verdict.OUI
    assert may(actor_of(chloe), Act.WRITE_PLAN, here, on=ON).verdict is Verdict.NON
    with pytest.raises(NotAllowedError, match="partenaire"):
        require(chloe, Act.ADMINISTER, here, on=ON)


def test_an_atelier_is_not_opened_for_an_organisation_of_others_nor_twice() -> None:
    anne, first = member("Anne")
    with pytest.raises(NotAllowedError):
        opened(first.organisation, person("Zoé"))
    atelier = opened(first.organisation, anne)
    with pytest.raises(RoleError, match="déjà un porteur"):
        write(
            deed(anne, AT),
            "atelier.ouvert",
            lambda pen: habilitations.open_to(pen, first.organisation, anne, at=AT),
            chain=atelier,
        )


def test_an_atelier_has_who_holds_it_at_every_moment() -> None:
    anne, first = member("Anne")
    atelier = opened(first.organisation, anne)
    held = Habilitation.objects.get()
    with pytest.raises(RoleError, match="30/11/2026"):
        habilitations.end(held, anne, seen=1, last_day=ON, at=AT)
    other = gather("Le lavoir", anne, at=AT)
    taken = habilitations.give(atelier, other, Role.PORTEUR, anne, at=AT)
    ended = habilitations.end(held, anne, seen=1, last_day=ON, at=AT)
    assert ended.until == ON
    join(anne, other, "benevole", at=AT)
    with pytest.raises(RoleError, match="30/11/2026"):
        habilitations.end(taken, anne, seen=1, last_day=ON, at=AT)


def test_two_who_end_the_last_two_holders_at_once_leave_one() -> None:
    anne, first = member("Anne")
    atelier = opened(first.organisation, anne)
    other = gather("Le lavoir", anne, at=AT)
    habilitations.give(atelier, other, Role.PORTEUR, anne, at=AT)
    told: list[str] = []

    def end(held: Habilitation) -> None:
        try:
            habilitations.end(held, anne, seen=1, last_day=ON, at=AT)
            told.append("fini")
        except AncrageError as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=(held,)) for held in Habilitation.objects.all()]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == ["RoleError", "fini"]


def test_a_partner_gives_roles_for_its_own_organisation_only() -> None:
    anne, first = member("Anne")
    atelier = opened(first.organisation, anne)
    chloe = person("Chloé")
    ours, theirs = (gather(name, chloe, at=AT) for name in ("Le lavoir", "Le four"))
    join(chloe, ours, "benevole", at=AT)
    habilitations.give(atelier, ours, Role.PARTENAIRE, anne, at=AT)
    with pytest.raises(NotAllowedError):
        habilitations.give(atelier, theirs, Role.LECTEUR, chloe, at=AT)
    assert habilitations.give(atelier, ours, Role.LECTEUR, chloe, at=AT).held is Role.LECTEUR


def test_a_person_erased_leaves_her_acts_and_nothing_of_her() -> None:
    anne, first = member("Anne")
    invite_colleague(first.organisation, "anne@exemple.fr", anne, at=AT)
    persons.erase(anne, at=AT)
    anne.refresh_from_db()
    assert anne.name == WITHDRAWN
    assert not anne.is_active
    assert Membership.objects.get().person.name == WITHDRAWN
    assert persons.welcome("anne@exemple.fr", at=AT) != anne
    assert not InvitationAddress.objects.exists()


def test_no_name_and_no_address_of_a_person_enters_the_journal() -> None:
    anne, first = member("Annemarqueur")
    bruno = person("Brunomarqueur")
    _, token = invite_colleague(first.organisation, "brunomarqueur@exemple.fr", anne, at=AT)
    accept(token, bruno, "elu", at=AT)
    opened(first.organisation, anne)
    told = str(list(Line.objects.values())).lower()
    assert "marqueur" not in told
    assert "exemple.fr" not in told


def test_what_is_over_is_forgotten_by_the_worker_and_what_is_not_stays() -> None:
    anne = person("Anne")
    first = join(anne, choose(CREUSE, anne, nature="", at=AT), "agent", at=AT - VALID)
    invite_colleague(first.organisation, "vieille@exemple.fr", anne, at=AT - VALID)
    invite_colleague(first.organisation, "jeune@exemple.fr", anne, at=AT)
    for key, moment in (("finie", AT), ("vive", AT + timedelta(days=1))):
        OpenSession.objects.create(session_key=key, session_data="", expire_date=moment)
    persons.forget_over(AT)
    assert [one.email for one in InvitationAddress.objects.all()] == ["jeune@exemple.fr"]
    assert [one.session_key for one in OpenSession.objects.all()] == ["vive"]
    assert "ancrage.people.persons.forget_over" in settings.SWEEPERS


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", "people", check=True, dry_run=True, verbosity=0)


def test_a_base_of_before_the_people_is_brought_up_and_keeps_its_tasks() -> None:
    Job.objects.create(kind="rapport", fingerprint="a", created_at=AT)
    triggers.remove()
    call_command("migrate", "people", "zero", verbosity=0)
    assert "people_person" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    assert "people_person" in connection.introspection.table_names()
    assert Job.objects.get().kind == "rapport"
    assert triggers.missing() == []
