"""What is shown to all because somebody agreed: a structure named in the portrait, a local event."""

from uuid import UUID

from ancrage.errors import OrganisationError
from ancrage.journal.models import HOUSE
from ancrage.journal.writing import write
from ancrage.people.actors import the_organisation
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.people.registered import Registered
from ancrage.portrait.models import Appearance, LocalEvent
from ancrage.workspace.door import By, allowed, thing
from ancrage.workspace.filing import refuse_unknown

Shown = Appearance | LocalEvent


def own_appearance(organisation: Organisation) -> Appearance | None:
    """What an organisation agreed to itself, when it did."""
    return Appearance.objects.live().filter(organisation=organisation.pk).first()


def noted_appearance(atelier: UUID, siren: str) -> Appearance | None:
    """The written agreement that an atelier keeps of a structure, when it has one."""
    return Appearance.objects.live().filter(atelier_id=atelier, organisation=None, siren=siren).first()


def naming(organisation: Organisation) -> list[Appearance]:
    """All that has an organisation named, whoever noted its agreement: its members may withdraw any."""
    found = Appearance.objects.live().filter(siren=organisation.siren) if organisation.siren else ()
    return [one for one in found if not (one.siret and organisation.siret) or one.siret == organisation.siret]


def agree(by: By, organisation: Organisation, *, words: str, need: str) -> Appearance:
    """A member agrees that her organisation is named. Raises ``OrganisationError`` for one without a code."""
    by = allowed(by, Right.APPEAR, the_organisation(organisation))
    if not organisation.siren:
        raise OrganisationError(
            "Ce collectif n’a pas de numéro SIREN : le portrait ne nomme que ce que le registre connaît.",
            "Annoncez plutôt ses événements, par l’atelier du territoire.",
        )
    row = Appearance(
        organisation=organisation.pk,
        siren=organisation.siren,
        siret=organisation.siret or "",
        name=organisation.name,
        named_on=organisation.named_on,
        agreed_on=by.on,
        words=words,
        need=need,
    )
    return write(by.act, "accord_paraitre.donne", lambda pen: pen.create(row), chain=HOUSE)


def note_agreement(by: By, atelier: UUID, found: Registered, row: Appearance) -> Appearance:
    """An atelier notes the agreement that a structure gave in writing: ``row`` says the day and the proof."""
    by = allowed(by, Right.PUBLISH, thing(atelier))
    refuse_unknown(found)
    row.atelier_id, row.siren, row.siret = atelier, found.siren, found.siret
    row.name, row.named_on = found.name or f"SIREN {found.siren}", by.on
    return write(by.act, "accord_paraitre.note", lambda pen: pen.create(row), chain=atelier)


def announce(by: By, atelier: UUID, row: LocalEvent) -> LocalEvent:
    """Announce an event to all."""
    by = allowed(by, Right.PUBLISH, thing(atelier))
    row.atelier_id = atelier
    return write(by.act, "evenement_local.annonce", lambda pen: pen.create(row), chain=atelier)


def change_shown(by: By, row: Shown, seen: int, **fields: object) -> Shown:
    """Change what is shown."""
    by = _may_show(by, row)
    kind = type(row)
    return write(
        by.act,
        f"{row.kind()}.change",
        lambda pen: pen.change(kind, row.pk, seen, **fields),
        chain=row.chain(),
    )


def withdraw(by: By, row: Shown, seen: int) -> Shown:
    """Show it no more, from now on."""
    return _retired(_may_show(by, row), row, seen)


def withdraw_own(by: By, organisation: Organisation, row: Appearance, seen: int) -> Shown:
    """A member withdraws what names her organisation, whoever noted it."""
    by = allowed(by, Right.APPEAR, the_organisation(organisation))
    if row not in naming(organisation):
        raise OrganisationError("Cet accord n’est pas celui de votre organisation.", "Voyez sa page.")
    return _retired(by, row, seen)


def _retired(by: By, row: Shown, seen: int) -> Shown:
    kind, reason = type(row), by.act.reason
    return write(
        by.act,
        f"{row.kind()}.retire",
        lambda pen: pen.retire(kind, row.pk, seen, reason),
        chain=row.chain(),
    )


def _may_show(by: By, row: Shown) -> By:
    """For its own organisation a member decides; for an atelier, who may publish."""
    if isinstance(row, Appearance) and row.organisation:
        mine = Organisation.objects.get(pk=row.organisation)
        return allowed(by, Right.APPEAR, the_organisation(mine))
    return allowed(by, Right.PUBLISH, thing(row.chain()))
