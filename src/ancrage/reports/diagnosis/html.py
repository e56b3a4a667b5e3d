"""A diagnosis as one HTML page that stands alone: styles and drawings inside, no request to anybody."""

from typing import Any

from markupsafe import Markup

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports import wording
from ancrage.reports.audience import Audience
from ancrage.reports.charts import Spec, all_charts
from ancrage.reports.diagnosis.method_sections import method_sections
from ancrage.reports.drawing import draw
from ancrage.reports.formats.pages import environment
from ancrage.reports.maps import draw_map

CHART_WORDS = {
    "zonages": ("Population en commune classée", "Part de la population, zonage par zonage."),
    "familles": ("Établissements par famille", "Nombre d’établissements de l’ESS de chaque famille."),
    "emplois": (
        "Emplois salariés par famille",
        "Le trait va de la borne basse à la borne haute, le point est la valeur centrale.",
    ),
    "activites": ("Part de l’ESS par activité", "Part de l’ESS dans les établissements employeurs."),
    "annees": (
        "Créations et fermetures par an",
        "Au-dessus de la ligne, les créations ; au-dessous, les fermetures. "
        "Une année marquée * n’est pas entièrement couverte.",
    ),
    "comparaison": ("Part de l’ESS, ici et ailleurs", "Part de l’ESS dans les établissements employeurs."),
}


def render_html(diagnosis: Diagnosis, to: Audience = Audience.READER) -> str:
    """Write the diagnosis as a whole HTML page (UTF-8), with its charts and, given outlines, its map."""
    return environment(to).get_template("page.html.j2").render(**diagnosis_parts(diagnosis))


def diagnosis_parts(diagnosis: Diagnosis) -> dict[str, Any]:
    """What the templates of the sections of a diagnosis are given, whatever page they are part of."""
    rows = wording.standing(diagnosis)
    return {
        "d": diagnosis,
        "rows": rows,
        "years": wording.years(diagnosis.ess) if diagnosis.ess else (),
        "charts": {name: _chart(name, spec) for name, spec in all_charts(diagnosis, rows).items()},
        "map": draw_map(diagnosis),
        "sections": method_sections(diagnosis),
        "fictitious": wording.is_fictitious(diagnosis),
    }


def _chart(name: str, spec: Spec) -> dict[str, str]:
    title, caption = CHART_WORDS[name]
    description = f"{caption} Les chiffres sont dans le tableau qui suit."
    return {
        "title": title,
        "caption": caption,
        "svg": Markup(draw(spec, f"graphique-{name}", title, description)),  # noqa: S704 names are escaped
    }
