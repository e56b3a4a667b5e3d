"""The figures of a territory, one a line: what a sheet of figures and a comparison both show."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.diagnosis.model import Diagnosis, EssFabric, Inclusion
from ancrage.diagnosis.provenance import UNDRAWN_QUARTER
from ancrage.language.typography import capitalised
from ancrage.reports import wording
from ancrage.reports.cells import Cell, figure, jobs, share
from ancrage.territories.codes import Kind

QUOTIENT = (
    "Part de l’ESS dans les établissements employeurs ici, rapportée à cette part "
    "dans le territoire de référence."
)
BANDS = (
    "SIRENE donne des tranches d’effectif : les emplois sont une borne basse, une valeur centrale, "
    "une borne haute."
)
PER_THOUSAND = (
    "Établissements de l’ESS rapportés à la population municipale ; inconnu quand l’un des deux l’est."
)
TO_CHECK = "Comptés à part, en plus."
NO_REGISTER = "Aucun registre complet ne couvre ce territoire."
QUARTERS = {"oui": "en", "non": "hors", "a_verifier": "à vérifier,"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and what it means."""

    label: str
    value: Cell
    note: str = ""


def no_register(diagnosis: Diagnosis) -> str:
    """Why nothing is counted there."""
    undrawn = next((one for one in diagnosis.missing if one.subject == UNDRAWN_QUARTER), None)
    return f"{capitalised(undrawn.why)}." if undrawn else NO_REGISTER


def figures(diagnosis: Diagnosis) -> Iterator[Figure]:
    """Figures in the order of a diagnosis; those of a register that is not there are unknown."""
    territory = diagnosis.territory
    yield Figure("Communes", figure(territory.commune_count))
    yield Figure("Habitants", figure(territory.population), territory.population_label)
    yield from ess_figures(diagnosis)
    if diagnosis.inclusion is not None:
        yield from inclusion_figures(diagnosis.inclusion, in_a_quarter=territory.kind == Kind.QPV)


def ess_figures(diagnosis: Diagnosis) -> Iterator[Figure]:
    """The figures of the ESS."""
    ess = diagnosis.ess
    if ess is None:
        yield from _nothing(no_register(diagnosis))
    else:
        yield from _nothing(ess.note) if ess.note else _fabric(ess)
    per_thousand = figure(wording.per_thousand(diagnosis), 1)
    yield Figure("Établissements de l’ESS pour 1 000 habitants", per_thousand, PER_THOUSAND)


def _fabric(ess: EssFabric) -> Iterator[Figure]:
    reference = ess.location_quotient_reference
    left_out = wording.jobs_left_out(ess.jobs)
    yield Figure("Établissements de l’ESS", figure(ess.establishments))
    if ess.to_check:
        yield Figure("Établissements à vérifier", figure(ess.to_check), TO_CHECK)
    yield Figure("Établissements employeurs de l’ESS", figure(ess.employers))
    yield Figure("Part de l’ESS dans les établissements employeurs", share(ess.share_of_employers))
    told = jobs(ess.jobs.low, ess.jobs.central, ess.jobs.high)
    yield Figure("Emplois salariés de l’ESS", told, f"{wording.central(ess.jobs)}{BANDS}")
    if left_out:
        yield Figure("Employeurs sans tranche publiée", figure(ess.jobs.unknown), f"{left_out}.")
    yield Figure("Part de l’ESS dans les emplois", share(ess.share_of_jobs))
    quotient = f"{QUOTIENT} Référence : {reference}." if reference else QUOTIENT
    yield Figure("Quotient de localisation", figure(ess.location_quotient, 2), quotient)
    for answer, where in QUARTERS.items():
        name = f"Établissements de l’ESS {where} quartier prioritaire"
        yield Figure(name, figure(ess.in_qpv.get(answer)))
    if ess.disagreements:
        name = "Établissements sur lesquels deux sources se contredisent"
        yield Figure(name, figure(ess.disagreements))


def _nothing(why: str) -> Iterator[Figure]:
    for label in ("Établissements de l’ESS", "Établissements employeurs de l’ESS"):
        yield Figure(label, figure(None), why)
    yield Figure("Part de l’ESS dans les établissements employeurs", share(None), why)
    yield Figure("Emplois salariés de l’ESS", figure(None), why)
    yield Figure("Part de l’ESS dans les emplois", share(None), why)
    yield Figure("Quotient de localisation", figure(None, 2), why)


def inclusion_figures(found: Inclusion, *, in_a_quarter: bool) -> Iterator[Figure]:
    """Structures of inclusion, known from their own list; in a quarter, those that may be there too."""
    yield Figure("Structures d’insertion (SIAE)", figure(found.total))
    for kind, total in found.kinds.items():
        yield Figure(f"Structures d’insertion (SIAE), {kind}", figure(total))
    if in_a_quarter:
        name = "Structures d’insertion qui peuvent y être, à vérifier"
        yield Figure(name, figure(found.in_qpv.get("a_verifier")), "Leur point ne dit pas si elles y sont.")
        return
    for answer, total in found.in_qpv.items():
        where = QUARTERS.get(answer, answer)
        yield Figure(f"Structures d’insertion {where} quartier prioritaire", figure(total))
    if found.unplaced:
        yield Figure("Structures sans commune connue", figure(found.unplaced), "Pour tout le pays.")
