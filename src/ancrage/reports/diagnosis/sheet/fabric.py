"""Who is here: the figures of the ESS, its families, activities, years, employers; inclusion."""

from collections.abc import Iterator

from ancrage.diagnosis.model import Diagnosis, Employer, EssFabric, Inclusion
from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number
from ancrage.reports import charts, wording
from ancrage.reports.diagnosis.sheet.blocks import chart, facts, unknown
from ancrage.reports.sheet import Block, Grid, Paragraph, Section

STARRED = "* année que le stock ne couvre pas entièrement"


def fabric_sections(diagnosis: Diagnosis) -> Iterator[Section]:
    """The ESS, or why nothing can be said of it."""
    ess = diagnosis.ess
    if ess is None:
        why = "Aucun registre complet ne couvre ce territoire : rien ne peut être dit de l’ESS ici."
        yield Section("ess", "Économie sociale et solidaire", (unknown(why),))
    else:
        yield _key_figures(ess)
        yield from _families(ess)
        yield from _activities(ess)
        yield from _years(ess)
        yield from _employers(ess)
    if diagnosis.inclusion is not None:
        yield _inclusion(diagnosis.inclusion)


def _key_figures(ess: EssFabric) -> Section:
    mark = f" ({wording.FICTITIOUS})" if ess.fictitious else ""
    notes = tuple(Paragraph(text, "quiet") for text in (_left_out(ess), ess.note) if text)
    title = f"Économie sociale et solidaire{mark}"
    return Section("ess", title, (facts(title, _figures(ess)), *notes), f"chiffres au {day(ess.on)}")


def _left_out(ess: EssFabric) -> str:
    told = wording.jobs_left_out(ess.jobs)
    return f"{told}." if told else ""


def _figures(ess: EssFabric) -> dict[str, str]:
    reference = ess.location_quotient_reference
    extra = f", et {number(ess.to_check)} à vérifier, en plus" if ess.to_check else ""
    quotient = wording.known_number(ess.location_quotient, 2)
    return {
        "Établissements": f"{number(ess.establishments)}{extra}",
        "Établissements employeurs": number(ess.employers),
        "Part de l’ESS dans les établissements employeurs": wording.known_percent(ess.share_of_employers),
        "Emplois salariés": wording.jobs_text(ess.jobs),
        "Part de l’ESS dans les emplois": wording.known_percent(ess.share_of_jobs),
        "Quotient de localisation": f"{quotient} (référence : {reference})" if reference else quotient,
        "En quartier prioritaire": _by_answer(ess.in_qpv),
        "Sources en désaccord": f"sur {count(ess.disagreements, 'établissement')}"
        if ess.disagreements
        else "",
    }


def _by_answer(counts: dict[str, int]) -> str:
    told = (f"{wording.ANSWER_LABELS.get(name, name)} : {number(value)}" for name, value in counts.items())
    return ", ".join(told) or wording.UNKNOWN


def _families(ess: EssFabric) -> Iterator[Section]:
    if ess.families:
        rows = tuple(
            (
                one.label,
                number(one.establishments),
                number(one.employers),
                interval(one.jobs.low, one.jobs.high),
                number(one.jobs.central),
            )
            for one in ess.families.values()
        )
        columns = ("Famille", "Établissements", "Employeurs", "Emplois salariés", "Valeur centrale")
        blocks: tuple[Block, ...] = (
            Grid("Familles de l’ESS", columns, rows, right=frozenset({1, 2, 3, 4})),
            *chart("familles", charts.families(ess)),
            *chart("emplois", charts.jobs(ess)),
        )
        yield Section("familles", "Familles de l’ESS", blocks)


def _activities(ess: EssFabric) -> Iterator[Section]:
    if ess.activities:
        rows = tuple(
            (
                one.label,
                number(one.establishments),
                number(one.employers),
                number(one.jobs.central),
                wording.known_percent(one.share_of_employers),
                wording.known_number(one.location_quotient, 2),
            )
            for one in ess.activities
        )
        columns = (
            "Activité", "Établissements", "Employeurs", "Emplois, valeur centrale", "Part des employeurs",
            "Quotient de localisation",
        )  # fmt: skip
        table = Grid("Activités de l’ESS", columns, rows, right=frozenset(range(1, 6)))
        drawn = tuple(chart("activites", charts.activities(ess.activities)))
        yield Section("activites", "Activités de l’ESS", (table, *drawn))


def _years(ess: EssFabric) -> Iterator[Section]:
    years = wording.years(ess)
    if years:
        rows = tuple(
            (year, wording.known_number(born), wording.known_number(closed)) for year, born, closed in years
        )
        table = Grid(
            "Créations et fermetures",
            ("Année", "Créations", "Fermetures"),
            rows,
            right=frozenset({1, 2}),
            note=STARRED if any(year.endswith("*") for year, *_ in years) else "",
        )
        drawn = tuple(chart("annees", charts.births_closures(ess)))
        yield Section("annees", "Créations et fermetures", (table, *drawn))


def _employers(ess: EssFabric) -> Iterator[Section]:
    if ess.largest_employers:
        columns = ("Employeur", "Commune", "Effectif", "Activité", "Pourquoi il est de l’ESS")
        rows = tuple(_employer(one) for one in ess.largest_employers)
        yield Section("employeurs", "Principaux employeurs", (Grid("Principaux employeurs", columns, rows),))


def _employer(one: Employer) -> tuple[str, ...]:
    mark = " (fictif)" if one.fictitious else ""
    siret = f"\nSIRET {one.siret}" if one.siret else ""
    activity = "\n".join(part for part in (one.family, one.activity) if part)
    return (
        f"{one.name or wording.NOT_DIFFUSIBLE}{mark}{siret}",
        one.commune or wording.UNKNOWN,
        one.band_label,
        activity,
        " ; ".join(one.reasons),
    )


def _inclusion(found: Inclusion) -> Section:
    kinds = ", ".join(f"{name} : {number(value)}" for name, value in found.kinds.items())
    mark = f" ({wording.FICTITIOUS})" if found.fictitious else ""
    title = f"Structures d’insertion (SIAE){mark}"
    rows = {
        "Structures": number(found.total),
        "Par type": kinds or "aucune",
        "En quartier prioritaire": _by_answer(found.in_qpv) if any(found.in_qpv.values()) else "",
        "Sans commune connue": f"{number(found.unplaced)}, pour tout le pays" if found.unplaced else "",
    }
    return Section("insertion", title, (facts(title, rows),))
