"""Pages of the ESS: families, activities, years, employers, structures of inclusion, survival."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, EssFabric, Inclusion, Survival
from ancrage.language.days import short_day
from ancrage.reports.diagnosis.workbook.figures import BANDS, QUOTIENT, bound
from ancrage.reports.diagnosis.workbook.origins import INCLUSION, REGISTER, origin
from ancrage.reports.formats.workbook.page import Column, Page, Value, columns, joined, share
from ancrage.reports.shares import HIDDEN_NOTE
from ancrage.reports.wording import ANSWER_LABELS, NOT_DIFFUSIBLE, UNKNOWN

JOBS = (Column("Emplois, borne basse", BANDS), Column("Emplois, valeur centrale", BANDS),
        Column("Emplois, borne haute", BANDS))  # fmt: skip
OF_EMPLOYERS = Column(
    "Part de l’ESS dans les employeurs", "Part de l’ESS dans les établissements employeurs de l’activité."
)
COMPLETE = Column("Année entière", "Non : le stock ne couvre pas toute l’année.")


def fabric_pages(diagnosis: Diagnosis) -> Iterator[Page]:
    """Pages of a register, when one covers the territory."""
    ess = diagnosis.ess
    if ess is not None:
        about = f"Au {short_day(ess.on)}. {origin(diagnosis, REGISTER)}"
        yield _families(ess, about)
        yield _activities(ess, about)
        yield _years(ess, about)
        yield _employers(ess, about)
    if diagnosis.inclusion is not None:
        yield _inclusion(diagnosis.inclusion, origin(diagnosis, INCLUSION))
    if diagnosis.survival is not None:
        yield _survival(diagnosis.survival, origin(diagnosis, REGISTER))


def _families(ess: EssFabric, about: str) -> Page:
    rows = tuple(
        (
            one.label,
            one.establishments,
            one.employers,
            one.jobs.low,
            one.jobs.central,
            bound(one.jobs.high),
            one.jobs.unknown,
        )
        for one in ess.families.values()
    )
    titles = columns("Famille", "Établissements", "Employeurs", *JOBS, "Employeurs sans tranche")
    return Page("Familles", "Familles de l’ESS", about, titles, rows, ess.fictitious)


def _activities(ess: EssFabric, about: str) -> Page:
    rows = tuple(
        (
            one.label,
            one.section,
            one.establishments,
            one.employers,
            one.jobs.low,
            one.jobs.central,
            bound(one.jobs.high),
            share(one.share_of_employers),
            one.location_quotient,
        )
        for one in ess.activities
    )
    titles = columns(
        "Activité",
        Column("Section", "Section de la nomenclature d’activités (NAF rév. 2)."),
        "Établissements",
        "Employeurs",
        *JOBS,
        OF_EMPLOYERS,
        Column("Quotient de localisation", QUOTIENT),
    )
    return Page("Activités", "Activités de l’ESS", about, titles, rows, ess.fictitious)


def _years(ess: EssFabric, about: str) -> Page:
    births, closures = ({one.year: one for one in counts} for counts in (ess.births, ess.closures))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            str(year),
            births[year].count if year in births else None,
            closures[year].count if year in closures else None,
            all(counts[year].complete for counts in (births, closures) if year in counts),
        )
        for year in sorted(births.keys() | closures.keys())
    )
    titles = columns("Année", "Créations", "Fermetures", COMPLETE)
    return Page("Créations et fermetures", "Créations et fermetures", about, titles, rows, ess.fictitious)


def _employers(ess: EssFabric, about: str) -> Page:
    rows = tuple(
        (
            one.name or NOT_DIFFUSIBLE,
            one.siret or "",
            one.commune or UNKNOWN,
            one.commune_code or "",
            one.family or "",
            one.activity,
            one.band_label,
            joined(one.reasons),
            one.fictitious,
        )
        for one in ess.largest_employers
    )
    titles = columns(
        "Employeur", "SIRET", "Commune", "Code commune", "Famille", "Activité", "Effectif",
        "Pourquoi il est de l’ESS", "Fictif",
    )  # fmt: skip
    fictitious = ess.fictitious or any(one.fictitious for one in ess.largest_employers)
    return Page("Employeurs", "Principaux employeurs", about, titles, rows, fictitious)


def _inclusion(found: Inclusion, about: str) -> Page:
    rows: tuple[tuple[Value, ...], ...] = (
        ("Toutes", found.total),
        *((f"Type {kind}", total) for kind, total in found.kinds.items()),
        *(
            (f"En quartier prioritaire : {ANSWER_LABELS.get(answer, answer)}", total)
            for answer, total in found.in_qpv.items()
        ),
        ("Sans commune connue, pour tout le pays", found.unplaced),
    )
    title = "Structures d’insertion (SIAE)"
    return Page("Insertion", title, about, columns("Structures", "Nombre"), rows, found.fictitious)


def _survival(found: Survival, about: str) -> Page:
    rows = tuple(
        (
            group.label,
            group.units,
            group.closures,
            at.age,
            share(at.share),
            share(at.low),
            share(at.high),
            "non atteint" if group.median is None else group.median,
        )
        for group in found.groups
        for at in group.remaining
    )
    titles = columns(
        "Famille",
        "Suivis",
        "Fermetures",
        "Âge en années",
        Column("Encore ouverts", "Estimation de Kaplan-Meier."),
        Column("Borne basse", "Intervalle à 95 %."),
        Column("Borne haute", "Intervalle à 95 %."),
        "Âge médian en années",
    )
    told = f"Depuis le {short_day(found.since)}. {HIDDEN_NOTE} {about}"
    return Page("Survie", "Combien de temps durent les structures", told, titles, rows, found.fictitious)
