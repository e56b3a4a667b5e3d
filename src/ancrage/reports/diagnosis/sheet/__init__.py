"""A whole diagnosis as a sheet: told once, for the terminal, the pages, the papers and the files."""

from ancrage.diagnosis.model import Diagnosis, SourceUse
from ancrage.language.days import day
from ancrage.language.numbers import interval, number
from ancrage.language.typography import uncapitalised
from ancrage.reports import wording
from ancrage.reports.diagnosis.sheet.advice import advice_sections
from ancrage.reports.diagnosis.sheet.fabric import fabric_sections
from ancrage.reports.diagnosis.sheet.figures import no_register
from ancrage.reports.diagnosis.sheet.methods import method_sections
from ancrage.reports.diagnosis.sheet.place import identity_section, map_section, zoning_sections
from ancrage.reports.diagnosis.sheet.provenance import missing_section, sources_section
from ancrage.reports.diagnosis.sheet.standing import standing_sections
from ancrage.reports.sheet import KeyFigure, Section, Sheet

METHOD = "methodes"


def diagnosis_sheet(diagnosis: Diagnosis) -> Sheet:
    """Every section of a diagnosis, in the order of its page. Nothing is computed nor read."""
    return Sheet(
        kicker=f"Diagnostic de territoire au {day(diagnosis.territory.on)}",
        title=f"{diagnosis.territory.name} ({diagnosis.territory.code})",
        lead=f"{wording.identity_line(diagnosis)} · code officiel géographique {diagnosis.territory.vintage}",
        sections=_sections(diagnosis),
        figures=_figures(diagnosis),
        warnings=diagnosis.warnings,
        method=METHOD,
        fictitious=wording.is_fictitious(diagnosis),
        on=diagnosis.territory.on,
        attribution=_attribution(diagnosis.sources),
    )


def _sections(diagnosis: Diagnosis) -> tuple[Section, ...]:
    return (
        identity_section(diagnosis),
        *zoning_sections(diagnosis),
        *map_section(diagnosis),
        *fabric_sections(diagnosis),
        *standing_sections(diagnosis),
        *advice_sections(diagnosis),
        *method_sections(diagnosis),
        missing_section(diagnosis),
        sources_section(diagnosis),
    )


def _figures(diagnosis: Diagnosis) -> tuple[KeyFigure, ...]:
    territory, ess = diagnosis.territory, diagnosis.ess
    people = KeyFigure(
        "Habitants",
        wording.known_number(territory.population),
        territory.population_label or "aucune source lue ne donne la population",
    )
    if ess is None:
        why = uncapitalised(no_register(diagnosis)).rstrip(".")
        return people, KeyFigure("Économie sociale et solidaire", "inconnue", why)
    if ess.note:
        why = f"le registre n’est qu’un échantillon : {number(ess.establishments)} lus"
        return people, KeyFigure("Établissements de l’ESS", "inconnu", why)
    employers = "employeurs" if ess.employers > 1 else "employeur"
    return (
        people,
        KeyFigure(
            "Établissements de l’ESS", number(ess.establishments), f"dont {number(ess.employers)} {employers}"
        ),
        KeyFigure(
            "Emplois salariés de l’ESS",
            number(ess.jobs.central),
            f"de {interval(ess.jobs.low, ess.jobs.high)}, valeur centrale",
        ),
        KeyFigure(
            "Part de l’ESS", wording.known_percent(ess.share_of_employers), "des établissements employeurs"
        ),
    )


def _attribution(sources: tuple[SourceUse, ...]) -> str:
    """Producers and licences in one line, for the foot of a page."""
    producers = ", ".join(dict.fromkeys(one.producer for one in sources))
    licences = ", ".join(dict.fromkeys(one.licence for one in sources))
    return f"Sources : {producers}. Licences : {licences}." if sources else ""
