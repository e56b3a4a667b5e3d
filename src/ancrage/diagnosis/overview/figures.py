"""The four figures of the ESS, and where each stands among the territories most like this one."""

from collections.abc import Sequence

from ancrage.diagnosis.model import Diagnosis, Inclusion
from ancrage.diagnosis.overview.measuring import SHARE, Figures, comparable, measured
from ancrage.diagnosis.overview.model import EssGlance, Glance, Rank
from ancrage.diagnosis.provenance import FABRIC, UNDRAWN
from ancrage.register.reach import CAVEATS, Reach
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

FEWEST_RANKED = 4
"""Territories whose figure is known under which a rank says nothing; the project's own choice."""
PER_THOUSAND = "pour 1 000 habitants"
NO_LIST = "aucune liste de structures d'insertion ne couvre ce territoire"
NO_SHARE = "le nombre d'employeurs hors ESS n'est pas connu ici"


def glance_of(atlas: Atlas, territory: Territory, diagnosis: Diagnosis) -> EssGlance:
    """The figures of the diagnosis, those it does not know with the reason."""
    told = _told(diagnosis)
    ranks = _ranks(atlas, territory, diagnosis)
    return EssGlance(
        figures=tuple(one.model_copy(update={"rank": ranks.get(one.id)}) for one in told),
        similar=tuple(one.territory for one in diagnosis.similar),
        similar_method=diagnosis.similar_method,
        fictitious=bool(diagnosis.ess and diagnosis.ess.fictitious)
        or bool(diagnosis.inclusion and diagnosis.inclusion.fictitious),
    )


def _told(diagnosis: Diagnosis) -> tuple[Glance, ...]:
    """A sample of the register counts nothing: only a territory wholly covered tells its figures."""
    whole = bool(diagnosis.comparisons) and diagnosis.comparisons[0].covered
    ess = diagnosis.ess if whole else None
    why = "" if ess else _why(diagnosis)
    jobs = ess.jobs if ess else None
    share = ess.share_of_employers if ess else None
    return (
        Glance(
            id="structures",
            label="Structures de l’ESS",
            value=ess.establishments if ess else None,
            why_unknown=why,
        ),
        Glance(
            id="emplois",
            label="Emplois salariés",
            value=jobs.central if jobs else None,
            low=jobs.low if jobs else None,
            high=jobs.high if jobs else None,
            why_unknown=why,
        ),
        Glance(
            id="part_employeurs",
            label="Part des employeurs",
            value=share,
            is_share=True,
            why_unknown="" if share is not None else why or NO_SHARE,
        ),
        _of_inclusion(diagnosis.inclusion),
    )


def _of_inclusion(inclusion: Inclusion | None) -> Glance:
    """Structures of the list without a commune may be here: they make the upper bound."""
    total = inclusion.total if inclusion else None
    return Glance(
        id="structures_insertion",
        label="Structures d’insertion",
        value=total,
        low=total,
        high=None if inclusion is None or total is None else total + inclusion.unplaced,
        why_unknown="" if total is not None else UNDRAWN if inclusion else NO_LIST,
    )


def _why(diagnosis: Diagnosis) -> str:
    if diagnosis.ess is not None and diagnosis.ess.note:
        return diagnosis.ess.note
    said = next((one.why for one in diagnosis.missing if one.subject == FABRIC), "")
    return said or CAVEATS[Reach.NONE]


def _ranks(atlas: Atlas, territory: Territory, diagnosis: Diagnosis) -> dict[str, Rank]:
    told: dict[str, float | None] = {one.id: one.value for one in _told(diagnosis)}
    own = comparable(told, territory.population)
    if not own or not diagnosis.similar:
        return {}
    others = atlas.keeping(measured)(tuple(one.territory for one in diagnosis.similar), territory.on)
    ranks = {name: _rank(name, value, others) for name, value in own.items()}
    return {name: rank for name, rank in ranks.items() if rank}


def _rank(name: str, value: float, others: Sequence[Figures]) -> Rank | None:
    known = [one[name] for one in others if name in one]
    if len(known) < FEWEST_RANKED:
        return None
    per = "en part des employeurs" if name == SHARE else PER_THOUSAND
    return Rank(above=sum(other < value for other in known), among=len(known), per=per)
