"""A diagnosis as one HTML page that stands alone: styles and drawings inside, no request to anybody."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports import numbers, wording
from ancrage.reports.charts import Spec, all_charts
from ancrage.reports.drawing import draw
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


def render_html(diagnosis: Diagnosis) -> str:
    """Write the diagnosis as a whole HTML page (UTF-8), with its charts and, given outlines, its map."""
    rows = wording.standing(diagnosis)
    page = _environment().get_template("page.html.j2")
    return page.render(
        d=diagnosis,
        rows=rows,
        years=wording.years(diagnosis.ess) if diagnosis.ess else (),
        charts={name: _chart(name, spec) for name, spec in all_charts(diagnosis, rows).items()},
        map=draw_map(diagnosis),
        fictitious=wording.is_fictitious(diagnosis),
    )


def _chart(name: str, spec: Spec) -> dict[str, str]:
    title, caption = CHART_WORDS[name]
    description = f"{caption} Les chiffres sont dans le tableau qui suit."
    return {
        "title": title,
        "caption": caption,
        "svg": Markup(draw(spec, f"graphique-{name}", title, description)),  # noqa: S704 names are escaped
    }


def _link(href: str | None) -> str | None:
    """Only addresses of the web become links: public files hold all sorts of things in such a cell."""
    return href if href and href.startswith(("https://", "http://")) else None


def _feature(value: float | str | None) -> str:
    if value is None:
        return wording.UNKNOWN
    return value if isinstance(value, str) else numbers.plain_number(value)


def _unbroken(value: object) -> object:
    """Words from the data, whose « quotes » no line break may part from what they hold."""
    return numbers.unbroken_quotes(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("ancrage.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_unbroken,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": numbers.number,
        "plain_number": numbers.plain_number,
        "interval": lambda jobs: numbers.interval(jobs.low, jobs.high),
        "day": numbers.day,
        "known": wording.known_number,
        "share": wording.known_percent,
        "jobs": wording.jobs_text,
        "feature": _feature,
        "link": _link,
        "drawing": lambda svg: Markup(svg),  # noqa: S704 drawn by our own maps, names escaped there
    }
    made.globals |= {"w": wording}
    return made
