"""Shared projects: proposed by an atelier, joined by others, each of which writes its part, or leaves.

Every act is written in the journal of the atelier that does it: none writes in another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ancrage.errors import NotAllowedError, RetiredError
from ancrage.people.acts import Act as Right
from ancrage.people.models import Habilitation, Organisation
from ancrage.people.roles import Role
from ancrage.workspace.door import By, allowed, changed, created, retired, thing
from ancrage.workspace.models import Action, Atelier, ProjectInvitation, ProjectPart, SharedProject

GIVEN = ("days", "money", "premises", "other", "action")


@dataclass(frozen=True)
class Brought:
    """The part of an atelier, and the name of the organisation it brings it for."""

    part: ProjectPart
    name: str


@dataclass(frozen=True)
class Pool:
    """A project as its ateliers see it. ``sums``: of the days and of the money known, ``None`` when none."""

    project: SharedProject
    parts: tuple[Brought, ...]
    waiting: tuple[ProjectInvitation, ...]
    declined: tuple[str, ...]
    left: tuple[str, ...]
    mine: ProjectPart | None = None
    own: bool = False
    """Whether the atelier that reads proposed it."""
    sums: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether who proposed it put an end to it."""
        return self.project.retired_at is not None


def open_project(by: By, atelier: Atelier, **fields: Any) -> SharedProject:
    """Propose a project."""
    by = allowed(by, Right.SHARE, thing(atelier.pk))
    return created(by, "projet_partage.propose", SharedProject(atelier=atelier, **fields))


def edit_project(by: By, project: SharedProject, seen: int, **fields: Any) -> SharedProject:
    """Change what the project is, by the atelier that proposed it."""
    by = allowed(by, Right.SHARE, thing(project.atelier_id))
    return changed(by, "projet_partage.change", project, seen, fields)


def invite(by: By, project: SharedProject, siren: str, name: str) -> ProjectInvitation:
    """Let an organisation read the project and join it. Raises :class:`RetiredError` once it ended."""
    by = allowed(by, Right.SHARE, thing(project.atelier_id))
    _refuse_ended(project)
    row = ProjectInvitation(atelier_id=project.atelier_id, project=project, siren=siren, name=name)
    return created(by, "projet_partage.invite", row)


def end(by: By, row: SharedProject | ProjectInvitation, seen: int) -> Any:
    """Put an end to a project, or take an invitation back: who joined by it is out, with its part."""
    by = allowed(by, Right.SHARE, thing(row.atelier_id))
    return retired(by, f"{row.kind()}.retire", row, seen)


def join(
    by: By, atelier: Atelier, project: SharedProject, *, declined: bool = False, **fields: Any
) -> ProjectPart:
    """Say what one's atelier brings, or that it declines. Raises :class:`NotAllowedError`, not invited."""
    by = allowed(by, Right.SHARE, thing(atelier.pk))
    _refuse_ended(project)
    organisation = bringing(atelier, project, on=by.on)
    if organisation is None:
        raise NotAllowedError("Votre atelier n’est pas invité à ce projet.", "Demandez à qui le propose.")
    row = ProjectPart(
        atelier=atelier,
        project=project.pk,
        title=project.title,
        organisation=organisation,
        declined=declined,
        **fields,
    )
    return created(by, "projet_partage.decline" if declined else "projet_partage.rejoint", row)


def edit_part(by: By, part: ProjectPart, seen: int, **fields: Any) -> ProjectPart:
    """Change what one's own atelier brings; having declined, it joins."""
    by = allowed(by, Right.WRITE_PLAN, thing(part.atelier_id))
    return changed(by, "part_projet.change", part, seen, fields | {"declined": False})


def leave(by: By, part: ProjectPart, seen: int) -> ProjectPart:
    """Leave a project: one's part is retired, with the reason of the act; the others go on."""
    by = allowed(by, Right.SHARE, thing(part.atelier_id))
    return retired(by, "part_projet.retire", part, seen)


def bringing(atelier: Atelier, project: SharedProject, *, on: date) -> UUID | None:
    """The organisation an atelier brings its part for: which holds it; ``None`` when it is not invited."""
    held = porteurs(atelier.pk, on=on)
    if project.atelier_id == atelier.pk:
        return next((one.pk for one in held), None)
    invited = set(project.invitations.filter(retired_at=None).values_list("siren", flat=True))
    return next((one.pk for one in held if one.siren and one.siren in invited), None)


def may_see(atelier: Atelier, project: SharedProject, *, on: date) -> bool:
    """Whether an atelier proposed a project, or is invited to it."""
    return project.atelier_id == atelier.pk or bringing(atelier, project, on=on) is not None


def projects_of(atelier: Atelier, *, on: date) -> list[SharedProject]:
    """Those it proposed, and those it is invited to; the last first, ended ones after."""
    sirens = {one.siren for one in porteurs(atelier.pk, on=on) if one.siren}
    invited = ProjectInvitation.objects.filter(siren__in=sirens, retired_at=None).values("project")
    found = SharedProject.objects.filter(atelier=atelier) | SharedProject.objects.filter(pk__in=invited)
    return sorted(found.distinct().select_related("atelier"), key=lambda one: one.retired_at is not None)


def unanswered(ateliers: Iterable[Atelier], *, on: date) -> list[tuple[Atelier, SharedProject]]:
    """Invitations to projects that ateliers have not answered."""
    return [(atelier, one) for atelier in ateliers for one in _unanswered(atelier, on)]


def _unanswered(atelier: Atelier, on: date) -> list[SharedProject]:
    said = set(ProjectPart.objects.filter(atelier=atelier).values_list("project", flat=True))
    others = [one for one in projects_of(atelier, on=on) if one.atelier_id != atelier.pk]
    return [one for one in others if one.retired_at is None and one.pk not in said]


def pool_of(project: SharedProject, atelier: Atelier) -> Pool:
    """The project as an atelier that may see it reads it: its own part, and those of who is in."""
    every = list(ProjectPart.objects.filter(project=project.pk).order_by("created_at", "pk"))
    organisations = Organisation.objects.in_bulk([one.organisation for one in every])
    invited = list(project.invitations.filter(retired_at=None))
    sirens = {one.siren for one in invited}
    names = {one.pk: organisations[one.organisation].name for one in every}
    inside = [
        one
        for one in every
        if one.atelier_id == project.atelier_id or organisations[one.organisation].siren in sirens
    ]
    live = [one for one in inside if one.retired_at is None]
    held = [one for one in live if not one.declined]
    answered = {organisations[one.organisation].siren for one in live}
    gone = {names[one.pk] for one in inside if one.retired_at} - {names[one.pk] for one in live}
    return Pool(
        project,
        tuple(Brought(one, names[one.pk]) for one in held),
        tuple(one for one in invited if one.siren not in answered and one.name not in gone),
        tuple(names[one.pk] for one in live if one.declined),
        tuple(sorted(gone)),
        mine=next((one for one in live if one.atelier_id == atelier.pk), None),
        own=project.atelier_id == atelier.pk,
        sums={name: _sum(getattr(one, name) for one in held) for name in ("days", "money")},
    )


def actions_of(atelier: Atelier) -> list[tuple[str, str]]:
    """The actions of one's own plan that a part may be tied to."""
    found = Action.objects.filter(atelier=atelier, retired_at=None).order_by("title")
    return [(str(one.pk), one.title) for one in found]


def porteurs(atelier: UUID, *, on: date) -> list[Organisation]:
    """Organisations that hold an atelier a day."""
    held = Habilitation.objects.filter(
        atelier_id=atelier, role=Role.PORTEUR.value, retired_at=None, organisation__isnull=False
    ).select_related("organisation")
    return [one.organisation for one in held if on in one.period and one.organisation]


def _refuse_ended(project: SharedProject) -> None:
    if project.retired_at is not None:
        raise RetiredError("projet partagé", project.retired_reason or "qui le proposait y a mis fin")


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return sum(known, Decimal(0)) if known else None
