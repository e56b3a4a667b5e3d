"""The figures of a territory, one a line: what a page of figures and a comparison both show."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.diagnosis.model import Diagnosis, EssFabric, Inclusion
from ancrage.reports.formats.workbook.page import Value, share
from ancrage.reports.wording import per_thousand

QUOTIENT = (
    "Part de l’ESS dans les établissements employeurs ici, rapportée à cette part "
    "dans le territoire de référence."
)
BANDS = (
    "SIRENE donne des tranches d’effectif : les emplois sont une borne basse, une valeur centrale, "
    "une borne haute."
)


PER_THOUSAND = "Établissements de l’ESS rapportés à la population municipale ; vide quand l’un est inconnu."


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, its unit, and what it means."""

    label: str
    value: Value
    unit: str = ""
    note: str = ""


def figures(diagnosis: Diagnosis) -> Iterator[Figure]:
    """Figures in the order of a diagnosis; those of a register that is not there are unknown."""
    territory = diagnosis.territory
    yield Figure("Communes", territory.commune_count, "communes")
    yield Figure("Population", territory.population, "habitants", territory.population_label)
    yield from _fabric(diagnosis.ess) if diagnosis.ess else _nothing()
    yield Figure("Établissements de l’ESS pour 1 000 habitants", per_thousand(diagnosis), "", PER_THOUSAND)
    if diagnosis.inclusion is not None:
        yield from _inclusion(diagnosis.inclusion)


def _fabric(ess: EssFabric) -> Iterator[Figure]:
    reference = ess.location_quotient_reference
    yield Figure("Établissements de l’ESS", ess.establishments, "établissements", ess.note)
    yield Figure("Établissements à vérifier", ess.to_check, "établissements", "Comptés à part, en plus.")
    yield Figure("Établissements employeurs de l’ESS", ess.employers, "établissements")
    yield Figure("Part de l’ESS dans les établissements employeurs", share(ess.share_of_employers))
    yield Figure("Emplois salariés de l’ESS, borne basse", ess.jobs.low, "emplois", BANDS)
    yield Figure("Emplois salariés de l’ESS, valeur centrale", ess.jobs.central, "emplois", BANDS)
    yield Figure("Emplois salariés de l’ESS, borne haute", bound(ess.jobs.high), "emplois", BANDS)
    yield Figure("Employeurs sans tranche publiée, non comptés", ess.jobs.unknown, "établissements")
    yield Figure("Part de l’ESS dans les emplois", share(ess.share_of_jobs))
    quotient = f"{QUOTIENT} Référence : {reference}." if reference else QUOTIENT
    yield Figure("Quotient de localisation", ess.location_quotient, "", quotient)
    for answer, label in (("oui", "en"), ("non", "hors"), ("a_verifier", "à vérifier,")):
        yield Figure(
            f"Établissements de l’ESS {label} quartier prioritaire", ess.in_qpv.get(answer), "établissements"
        )
    yield Figure(
        "Établissements sur lesquels deux sources se contredisent", ess.disagreements, "établissements"
    )


def bound(high: int | None) -> Value:
    """An upper bound; a band without one is not an unknown."""
    return "sans borne" if high is None else high


def _nothing() -> Iterator[Figure]:
    why = "Aucun registre complet ne couvre ce territoire."
    for label, unit in (
        ("Établissements de l’ESS", "établissements"),
        ("Établissements employeurs de l’ESS", "établissements"),
        ("Part de l’ESS dans les établissements employeurs", ""),
        ("Emplois salariés de l’ESS, valeur centrale", "emplois"),
        ("Part de l’ESS dans les emplois", ""),
        ("Quotient de localisation", ""),
    ):
        yield Figure(label, None, unit, why)


def _inclusion(found: Inclusion) -> Iterator[Figure]:
    yield Figure("Structures d’insertion (SIAE)", found.total, "structures")
    for kind, total in found.kinds.items():
        yield Figure(f"Structures d’insertion (SIAE), {kind}", total, "structures")
