"""Who is here: figures, families, activities, births and closures, largest employers."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from ancrage.diagnosis.model import Diagnosis, Employer, EssFabric
from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number
from ancrage.reports import wording
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    QUIET,
    TITLE,
    bar,
    heading,
    level,
    lines,
    table,
    words,
)

BAR_WIDTH = 14
YEARS_SHOWN = 10
YEARS_WIDTH = 66


def key_figures(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """The main figures of the ESS, or why there is none."""
    ess = diagnosis.ess
    yield words("")
    if ess is None:
        yield heading("Économie sociale et solidaire")
        yield words("Inconnu : aucun registre complet ne couvre ce territoire. Voir « Ce qui manque ».")
        return
    yield heading("Économie sociale et solidaire", f"chiffres au {day(ess.on)}")
    if ess.fictitious:
        yield words(wording.FICTITIOUS, "bold yellow")
    figures = Table.grid(padding=(0, 2))
    figures.add_column(style=QUIET)
    figures.add_column()
    for label, value in _figures(ess):
        figures.add_row(words(label), value)
    yield figures
    if ess.note:
        yield words(ess.note, QUIET)


def _figures(ess: EssFabric) -> Iterator[tuple[str, Text]]:
    to_check = f"{number(ess.to_check)} à vérifier, en plus" if ess.to_check else ""
    yield "Établissements", _figure(number(ess.establishments), to_check)
    yield "dont employeurs", _figure(number(ess.employers), _share(ess.share_of_employers, "des employeurs"))
    yield "Emplois salariés", _figure(wording.jobs_text(ess.jobs), _share(ess.share_of_jobs, "des emplois"))
    if left_out := wording.jobs_left_out(ess.jobs):
        yield "", words(left_out, QUIET)
    reference = ess.location_quotient_reference
    against = f"référence : {reference}" if reference else ""
    yield "Quotient de localisation", _figure(wording.known_number(ess.location_quotient, 2), against)
    yield "En quartier prioritaire", words(_listed(ess.in_qpv, wording.ANSWER_LABELS))
    if ess.disagreements:
        yield "Sources en désaccord", words(f"sur {count(ess.disagreements, 'établissement')}")


def inclusion(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Structures of inclusion, known from their own list."""
    if (found := diagnosis.inclusion) is None:
        return
    yield words("")
    label = f" ({wording.FICTITIOUS})" if found.fictitious else ""
    kinds = _listed(found.kinds, {}) if found.kinds else "aucune"
    yield words(f"Structures d’insertion (SIAE){label} : {number(found.total)}", TITLE)
    yield words(f"  par type : {kinds}")
    if any(found.in_qpv.values()):
        yield words(f"  en quartier prioritaire : {_listed(found.in_qpv, wording.ANSWER_LABELS)}")


def _share(share: float | None, of_what: str) -> str:
    return (
        f"part de l’ESS inconnue parmi l’ensemble {of_what}"
        if share is None
        else (f"{wording.known_percent(share)} de l’ensemble {of_what}")
    )


def _figure(value: str, beside: str) -> Text:
    return Text.assemble(words(value, TITLE), words(f"   {beside}" if beside else "", QUIET))


def _listed(counts: dict[str, int], labels: dict[str, str]) -> str:
    if not counts:
        return wording.UNKNOWN
    return ", ".join(f"{labels.get(name, name)} : {number(value)}" for name, value in counts.items())


def families(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Establishments, employers and jobs of each family."""
    if (ess := diagnosis.ess) is None or not ess.families:
        return
    listed = table(
        "Famille", "Établ.", "Employeurs", "Emplois salariés", "Valeur centrale", right=[1, 2, 3, 4]
    )
    for family in ess.families.values():
        listed.add_row(
            words(family.label),
            number(family.establishments),
            number(family.employers),
            words(interval(family.jobs.low, family.jobs.high)),
            number(family.jobs.central),
        )
    yield from _titled("Par famille", listed)


def activities(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Share of the ESS among the employers of each section, as bars."""
    if (ess := diagnosis.ess) is None or not ess.activities:
        return
    listed = table("Activité", "Établ.", "Part ESS", "", "QL", right=[1, 2, 4])
    listed.columns[3].min_width = BAR_WIDTH
    for activity in ess.activities:
        share = activity.share_of_employers
        listed.add_row(
            words(activity.label),
            number(activity.establishments),
            words(wording.known_percent(share)),
            words(bar(share or 0, BAR_WIDTH), ACCENT),
            wording.known_number(activity.location_quotient, 2),
        )
    yield from _titled("Par activité", listed)
    yield words("Part ESS : part dans les établissements employeurs. QL : quotient de localisation.", QUIET)


def years(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Births and closures of the last years that fit, at most ten, as a sparkline with its figures."""
    if (ess := diagnosis.ess) is None or not (rows := wording.years(ess)):
        return
    highest = max(count or 0 for _, *pair in rows for count in pair)
    shown = rows[-_years_that_fit(highest) :]
    names = [year for year, _, _ in shown]
    listed = table("Par an", *names, right=range(1, len(names) + 1), no_wrap=[0])
    series = {"Créations": [born for _, born, _ in shown], "Fermetures": [closed for _, _, closed in shown]}
    for label, counts in series.items():
        if any(counts):
            listed.add_row("", *(words(_spark(count, highest), ACCENT) for count in counts))
        listed.add_row(label, *(words(wording.known_number(count)) for count in counts))
    yield from _titled("Créations et fermetures", listed)
    if any(name.endswith("*") for name in names):
        yield words("* année que le stock ne couvre pas entièrement", QUIET)


def _years_that_fit(highest: int) -> int:
    return min(YEARS_SHOWN, YEARS_WIDTH // (max(5, len(number(highest))) + 2))


def _spark(count: int | None, highest: int) -> str:
    return level(count / highest) if count and highest else ""


def largest_employers(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """The largest employers; a unit that asked not to be published has no name here."""
    if (ess := diagnosis.ess) is None or not ess.largest_employers:
        return
    listed = table("Employeur", "Commune", "Effectif")
    for employer in ess.largest_employers:
        quiet = " · ".join(part for part in (employer.family, employer.activity) if part)
        listed.add_row(
            lines(_name(employer), words(quiet, QUIET)),
            words(employer.commune or wording.UNKNOWN),
            words(employer.band_label),
        )
    yield from _titled("Principaux employeurs", listed)


def _name(employer: Employer) -> Text:
    name = words(employer.name, TITLE) if employer.name else words(wording.NOT_DIFFUSIBLE, "italic")
    return Text.assemble(name, words(" (fictif)" if employer.fictitious else "", "bold yellow"))


def _titled(title: str, block: RenderableType) -> Iterator[RenderableType]:
    yield words("")
    yield words(title, TITLE)
    yield block
