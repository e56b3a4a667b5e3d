"""The levers of a territory's authority, advised from what the diagnosis itself has found."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ancrage.aids.standing import Class
from ancrage.diagnosis.model import (
    Activity,
    Diagnosis,
    LegalText,
    Levers,
    ToolAdvice,
    ToolFigure,
    ToolFirst,
    YearCount,
)
from ancrage.diagnosis.peers import compared
from ancrage.facts.declaration import Origin
from ancrage.facts.situation import Known
from ancrage.facts.territory import facts_of_authority
from ancrage.interval import Interval
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import LeverCatalogue, open_levers
from ancrage.levers.declaration import LeverText
from ancrage.levers.figures import Figure
from ancrage.levers.powers import Powers, own_authority, special_status
from ancrage.levers.recommending import Advice, Recommendation, Status, recommend
from ancrage.rules.values import Value
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import ZoningAnswer

NOTICEABLE = 1.2
"""Location quotient from which an activity counts as clearly more present here; the project's own choice."""
FEWEST = 5
"""Employers under which an activity's quotient says nothing."""


def advise(
    atlas: Atlas,
    territory: Territory,
    diagnosis: Diagnosis,
    authority: Authority,
    *,
    declared: Mapping[str, Known] | None = None,
    answers: Sequence[ZoningAnswer] | None = None,
    cache: Path | None = None,
) -> Recommendation:
    """Advise an authority that acts on the territory. What a person declares replaces what was found.

    ``cache`` keeps the compiled levers.
    """
    beside = compared(atlas, territory, diagnosis.similar)
    situation = {
        **beside.own,
        **facts_of_authority(atlas, territory, answers=answers),
        **facts_of_diagnosis(diagnosis),
        **(declared or {}),
    }
    catalogue = open_levers(cache)
    return recommend(
        situation,
        authority,
        on=territory.on,
        catalogue=catalogue,
        powers=powers_of(atlas, territory, authority),
        peers=beside.peers,
        aids=open_aids(catalogue, diagnosis),
    )


def open_aids(catalogue: LeverCatalogue, diagnosis: Diagnosis) -> dict[int, tuple[str, ...]]:
    """By number of a tool, its aids that the authority or a structure of the territory has or may ask for."""
    usable = {aid.id for aid in diagnosis.aids if aid.standing in USABLE}
    return {
        tool.number: tuple(name for name in tool.aids if name in usable) for tool in catalogue.tools.values()
    }


USABLE = (Class.DROIT.value, Class.A_DEMANDER.value)


def powers_of(atlas: Atlas, territory: Territory, authority: Authority) -> Powers:
    """What the authority asked exercises here: its special status, the competences of its one EPCI."""
    status = special_status(territory.code, on=territory.on)
    epci = {one.code.code: one.name for one in territory.parents if one.code.kind is Kind.EPCI}
    if territory.kind is Kind.EPCI:
        epci = {territory.code.code: territory.name}
    if authority not in (Authority.EPCI, Authority.COMMUNE) or len(epci) != 1:
        return Powers(status=status)
    ((code, name),) = epci.items()
    return Powers(name, atlas.competences(code), atlas.vintage_of("banatic-competences"), status)


def levers_of(
    atlas: Atlas,
    territory: Territory,
    diagnosis: Diagnosis,
    answers: Sequence[ZoningAnswer],
    *,
    cache: Path | None = None,
) -> Levers | None:
    """The section of the diagnosis; ``None`` for a territory that has no authority of its own."""
    authority = own_authority(territory.code, on=territory.on)
    if authority is None:
        return None
    found = advise(atlas, territory, diagnosis, authority, answers=answers, cache=cache)
    return as_part(found, fictitious=rests_on_fiction(diagnosis))


def as_part(found: Recommendation, *, fictitious: bool) -> Levers:
    """A recommendation as a part of a diagnosis."""
    return Levers(
        authority=found.authority.value,
        precondition=found.precondition,
        tools=tuple(advice_part(advice) for advice in found.advices),
        fictitious=fictitious,
        first=tuple(_first(found)),
    )


BEGIN_WITH = 3
"""Tools a territory is told to begin with."""


def _first(found: Recommendation) -> Iterator[ToolFirst]:
    """The three tools set first by the rarest figures, each by one of its own."""
    told: set[str] = set()
    for advice in found.of(Status.PRIORITAIRE):
        own = next((one for one in advice.first if one.figure and one.figure.fact not in told), None)
        if own is not None and own.figure is not None and len(told) < BEGIN_WITH:
            told.add(own.figure.fact)
            yield _begun(advice, own.need.label, _figure(own.figure))


def _begun(advice: Advice, reason: str, figure: ToolFigure) -> ToolFirst:
    return ToolFirst(
        number=advice.tool.number,
        id=advice.tool.id,
        name=advice.tool.name,
        lever=advice.lever.name,
        reason=reason,
        figure=figure,
        sentence=f"{reason}. {figure.sentence}.",
    )


def rests_on_fiction(diagnosis: Diagnosis) -> bool:
    """Whether facts of the diagnosis come from demonstration data."""
    parts = (diagnosis.ess, diagnosis.inclusion)
    return any(part is not None and part.fictitious for part in parts)


def facts_of_diagnosis(diagnosis: Diagnosis) -> dict[str, Known]:
    """Facts of the levers that the diagnosis tells; what it does not know is left out, never zero."""
    return {fact: Known(value, Origin.DIAGNOSTIC, note) for fact, value, note in _told(diagnosis)}


def _told(diagnosis: Diagnosis) -> Iterator[tuple[str, Value, str]]:
    ess, inclusion = diagnosis.ess, diagnosis.inclusion
    note = "démonstration, fictif" if rests_on_fiction(diagnosis) else "diagnostic du territoire"
    # A sample of the register counts nothing: only a territory wholly covered tells numbers.
    if ess is not None and any(row.covered for row in diagnosis.comparisons[:1]):
        yield "employeurs_ess", Interval.exactly(ess.employers), note
        births, closures = _last_whole_year(ess.births), _last_whole_year(ess.closures)
        if births and closures:
            yield "creations_ess", Interval.exactly(births.count), f"{note}, {births.year}"
            yield "fermetures_ess", Interval.exactly(closures.count), f"{note}, {closures.year}"
        if ess.location_quotient is not None:
            yield (
                "quotient_ess",
                Interval.exactly(ess.location_quotient),
                f"{note}, {ess.location_quotient_reference}",
            )
        known = [one for one in ess.activities if one.location_quotient is not None and one.section]
        if known:
            yield "filieres_surrepresentees", Interval.exactly(sum(map(_stands_out, known))), note
    if diagnosis.coverage is not None and diagnosis.coverage.state != UNKNOWN_SUPPORT:
        yield "accompagnement", diagnosis.coverage.state, "diagnostic du territoire, la plupart des habitants"
    if inclusion is not None and inclusion.total is not None:
        # A structure of the list whose commune is unknown may be here.
        yield (
            "siae_presentes",
            Interval(float(inclusion.total), float(inclusion.total + inclusion.unplaced)),
            note,
        )


UNKNOWN_SUPPORT = "inconnu"


def _stands_out(activity: Activity) -> bool:
    quotient = activity.location_quotient
    return quotient is not None and quotient >= NOTICEABLE and activity.employers >= FEWEST


def _last_whole_year(counts: Sequence[YearCount]) -> YearCount | None:
    whole = [count for count in counts if count.complete]
    return max(whole, key=lambda count: count.year) if whole else None


def advice_part(advice: Advice) -> ToolAdvice:
    """What is advised of a tool, as a part of a diagnosis."""
    return ToolAdvice(
        number=advice.tool.number,
        id=advice.tool.id,
        name=advice.tool.name,
        lever=advice.lever.name,
        status=advice.status.value,
        reasons=advice.reasons,
        missing=advice.missing,
        since=advice.competence.since,
        texts=tuple(_text(text) for text in advice.competence.texts),
        aids=advice.tool.aids,
        others=tuple(other.value for other in advice.others),
        figures=tuple(_figure(one) for one in advice.figures),
        open_aids=advice.open_aids,
    )


def _figure(figure: Figure) -> ToolFigure:
    sharing = figure.sharing
    return ToolFigure(
        fact=figure.fact,
        label=figure.label,
        value=figure.value,
        unit=figure.unit,
        shown=figure.shown,
        reference=figure.reference,
        similar_with=sharing.true if sharing.told else None,
        similar_known=sharing.known if sharing.told else None,
        sentence=figure.sentence,
    )


def _text(text: LeverText) -> LegalText:
    read = text.basis.value in ("texte_lu", "page_lue")
    return LegalText(
        title=text.title,
        href=text.href,
        published_on=text.published_on,
        status="lu" if read else "a_verifier",
    )
