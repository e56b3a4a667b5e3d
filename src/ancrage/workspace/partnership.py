"""The precondition: a partnership agreed in writing by organisations of both sides."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from ancrage.errors import StaleVersionError
from ancrage.language.days import short_day
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.reasoning import Answer, Verdict
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Agreement, Atelier, Engagement

PUBLIC, OTHER = "du côté public", "du côté de l’économie sociale et solidaire"


def engage(by: By, atelier: Atelier, **fields: object) -> Engagement:
    """Write what partners are to agree to."""
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    return created(by, "engagement.ecrit", Engagement(atelier=atelier, **fields))


def rewrite(by: By, engagement: Engagement, seen: int, **fields: object) -> Engagement:
    """Change the text: agreements to the text before no longer count."""
    by = allowed(by, Right.WRITE_PLAN, thing(engagement.atelier_id))
    return changed(by, "engagement.recrit", engagement, seen, fields)


def agree(by: By, engagement: Engagement, seen: int, organisation: UUID) -> Agreement:
    """An organisation agrees, by one of its own, to the text as it was seen."""
    by = allowed(by, Right.CONFIRM, thing(engagement.atelier_id, awaited=(organisation,)))
    if seen != engagement.version:
        raise StaleVersionError("engagement de partenariat", engagement.version, ())
    row = Agreement(
        atelier_id=engagement.atelier_id,
        engagement=engagement,
        engagement_version=seen,
        organisation=organisation,
    )
    return created(by, "engagement.accepte", row)


def standing(
    engagement: Engagement | None,
    agreements: Iterable[Agreement],
    organisations: Mapping[UUID, Organisation],
    *,
    on: date,
) -> Answer:
    """Whether the partnership holds that day: *non* until both sides have agreed to the text of today."""
    if engagement is None:
        return Answer(Verdict.NON, ("Aucun engagement n’est écrit : durée, gouvernance, évaluation.",))
    if engagement.end < on:
        return Answer(Verdict.NON, (f"L’engagement a pris fin le {short_day(engagement.end)}.",))
    said = [one for one in agreements if one.engagement_id == engagement.pk]
    now = [one.organisation for one in said if one.engagement_version == engagement.version]
    sides = {organisations[one].public for one in now if one in organisations}
    missing = [name for side, name in ((True, PUBLIC), (False, OTHER)) if side not in sides]
    if not missing:
        return Answer(Verdict.OUI, (_agreed(now, organisations), f"Jusqu’au {short_day(engagement.end)}."))
    reasons = [f"Il manque l’accord écrit d’une organisation {name}." for name in missing]
    if len(said) > len(now):
        reasons.append("Le texte a changé depuis un accord : il est à donner de nouveau.")
    return Answer(Verdict.NON, (*reasons, *([_agreed(now, organisations)] if now else [])))


def _agreed(found: list[UUID], organisations: Mapping[UUID, Organisation]) -> str:
    names = sorted(organisations[one].name for one in found if one in organisations)
    return f"Ont donné leur accord : {', '.join(names)}."
