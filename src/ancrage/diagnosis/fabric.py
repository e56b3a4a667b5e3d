"""The ESS section: counts of the register turned into the figures of the diagnosis."""

from dataclasses import dataclass
from datetime import date

from ancrage.diagnosis.model import Activity, Employer, EssFabric, Family, Inclusion, Jobs, YearCount
from ancrage.reasoning import Verdict
from ancrage.register.catalogue import families, sections
from ancrage.register.fabric import Census, JobCount, Places, RegisterReader, Totals
from ancrage.register.reach import CAVEATS, Reach
from ancrage.register.workforce import band_label
from ancrage.warehouse.reading import Row

YEARS_SHOWN = 10
EMPLOYERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Reference:
    """What the territory is compared with for its location quotient."""

    name: str
    census: Census


def describe(
    reader: RegisterReader,
    places: Places,
    census: Census,
    *,
    on: date,
    reach: Reach,
    with_shares: bool,
    fictitious: bool,
    reference: Reference | None,
) -> EssFabric:
    """Every figure of the ESS on the day. Shares are left unknown where denominators are not whole."""
    balance, facts = census.balance, reader.facts(places, on=on)
    share = balance.share_of_employers if with_shares else None
    elsewhere = reference.census.balance.share_of_employers if reference else None
    return EssFabric(
        on=on,
        establishments=balance.ess.establishments,
        to_check=balance.to_check,
        employers=balance.ess.employers,
        jobs=jobs(balance.ess.jobs),
        families=_families(census),
        activities=_activities(census, reference, with_shares=with_shares),
        share_of_employers=share,
        share_of_jobs=balance.share_of_jobs if with_shares else None,
        location_quotient=quotient(share, elsewhere),
        location_quotient_reference=reference.name if reference else None,
        births=_years(reader.by_year(places, "created", on=on, years=YEARS_SHOWN), on),
        closures=_years(reader.by_year(places, "closed", on=on, years=YEARS_SHOWN), on),
        largest_employers=tuple(
            _employer(row) for row in reader.largest_employers(places, on=on, limit=EMPLOYERS_SHOWN)
        ),
        in_qpv={verdict.value: facts[verdict.value] for verdict in QUARTER_VERDICTS},
        disagreements=facts["disagreements"],
        fictitious=fictitious,
        note=_note(reader, on=on, reach=reach, fictitious=fictitious),
    )


def _note(reader: RegisterReader, *, on: date, reach: Reach, fictitious: bool) -> str:
    if reach is Reach.SAMPLE:
        return SAMPLE_NOTE
    told = fictitious or reader.has_history or on >= reader.counted_on
    return "" if told else PRESENT_NOTE


QUARTER_VERDICTS = (Verdict.OUI, Verdict.NON, Verdict.A_VERIFIER)
SAMPLE_NOTE = CAVEATS[Reach.SAMPLE]
PRESENT_NOTE = (
    "Compté d’après l’état actuel de chaque établissement : sans l’historique de SIRENE, son activité, son "
    "caractère employeur et sa forme juridique de ce jour-là sont ceux d’aujourd’hui."
)


def jobs(count: JobCount) -> Jobs:
    """Jobs of the model; the central value stays between the bounds."""
    return Jobs(low=count.low, central=count.central, high=count.high, unknown=count.unknown)


def quotient(share: float | None, reference: float | None) -> float | None:
    """Location quotient: share here over share in the reference; above 1 is more present here."""
    return share / reference if share is not None and reference else None


def describe_inclusion(reader: RegisterReader, places: Places) -> Inclusion | None:
    """SIAE of the territory; ``None`` when no list of them was read."""
    found = reader.inclusion(places)
    if found is None:
        return None
    return Inclusion(
        total=sum(found.kinds.values()),
        kinds=found.kinds,
        in_qpv={verdict.value: found.in_quarters.get(verdict.value, 0) for verdict in QUARTER_VERDICTS},
        unplaced=found.unplaced,
        fictitious=found.fictitious,
    )


def _families(census: Census) -> dict[str, Family]:
    """Families in reading order; units of the ESS whose form names no family come last, never left out."""
    labels = {identifier: declared.plural for identifier, declared in families().items()}
    return {
        identifier: Family(
            label=label,
            establishments=totals.establishments,
            employers=totals.employers,
            jobs=jobs(totals.jobs),
        )
        for identifier, key, label in (
            *((identifier, identifier, label) for identifier, label in labels.items()),
            (Verdict.A_VERIFIER.value, "", "Famille à vérifier"),
        )
        if (totals := census.by_family.get(key))
    }


def _activities(census: Census, reference: Reference | None, *, with_shares: bool) -> tuple[Activity, ...]:
    everything = census.everything_by_section if with_shares else {}
    return tuple(
        _activity(totals, everything.get(section), reference) for section, totals in census.by_section.items()
    )


def _activity(ess: Totals, everything: Totals | None, reference: Reference | None) -> Activity:
    share = _share(ess, everything)
    there = None
    if reference:
        elsewhere = reference.census
        there = _share(elsewhere.by_section.get(ess.label), elsewhere.everything_by_section.get(ess.label))
    return Activity(
        section=ess.label,
        label=sections().get(ess.label, "Activité inconnue ou d'une ancienne nomenclature"),
        establishments=ess.establishments,
        employers=ess.employers,
        jobs=jobs(ess.jobs),
        share_of_employers=share,
        location_quotient=quotient(share, there),
    )


def _share(ess: Totals | None, everything: Totals | None) -> float | None:
    return ess.employers / everything.employers if ess and everything and everything.employers else None


def _years(counts: dict[int, int], on: date) -> tuple[YearCount, ...]:
    return tuple(
        YearCount(year=year, count=counts.get(year, 0), complete=year < on.year)
        for year in range(on.year - YEARS_SHOWN + 1, on.year + 1)
    )


def _employer(row: Row) -> Employer:
    shown = row["diffusible"]
    return Employer(
        siret=row["siret"] if shown else None,
        name=row["name"] if shown else None,
        commune=(row["commune_name"] or row["commune"]) if shown else None,
        commune_code=row["commune"] if shown else None,
        family=families()[row["family"]].label if row["family"] else None,
        band_label=band_label(row["band"]),
        activity=sections().get(row["section"] or "", "activité inconnue"),
        reasons=tuple(row["reasons"]),
        fictitious=row["fictitious"],
    )
