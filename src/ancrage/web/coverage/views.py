"""The support that covers a territory, its map, and where new sites would serve the most."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from ancrage.coverage.kinds import support_kinds
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.language.numbers import count
from ancrage.questions.openings import Weight
from ancrage.questions.question import Asking
from ancrage.questions.rounds import RoundQuestion
from ancrage.reports.formats.geojson import oriented
from ancrage.reports.topic import Telling
from ancrage.web.asking import SECONDS, answered, asked_of
from ancrage.web.navigation import towards

QUESTIONS = ("tournee", "ouvertures", "couverture")


def index(request: HttpRequest) -> HttpResponse:
    """Choose a territory."""
    wanted = request.GET.get("t", "").strip()
    return towards("territory-coverage", wanted) if wanted else render(request, "coverage/index.html.j2", {})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The coverage; with ``?ouvrir=N``, where to open N more sites; with ``?tournee=``, a round."""
    around: dict[str, Any] = {
        "code": code,
        "asked": request.GET,
        "kinds": support_kinds(),
        "known": _known_kinds(opened()),
        "rules": [RoundQuestion.words_of(name) for name in ROUND_RULES],
        "weights": tuple(Weight),
        "query": request.GET.urlencode(),
    }
    return answered(request, QUESTIONS, template="coverage/show.html.j2", adding=_far, **around)


def _far(telling: Telling) -> dict[str, Any]:
    """Networks known to leave communes beyond their reach, with how many; for the answer of coverage only."""
    from ancrage.coverage.judging import CODES, State
    from ancrage.coverage.states import SupportCoverage

    found = getattr(telling.answer.facts, "found", None)
    kinds = found.kinds.values() if isinstance(found, SupportCoverage) else ()
    beyond = CODES[State.NON_COUVERT]
    counted = [(one.kind, int((one.states == beyond).sum())) for one in kinds if one.known]
    return {"far": [(kind, count(many, "commune")) for kind, many in counted if many]}


def _known_kinds(now: Opened) -> set[str]:
    """Networks whose places the edition holds."""
    return {row["kind"] for row in now.atlas.warehouse.rows("SELECT DISTINCT kind FROM support_place")}


@kept
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """The map: communes with their state, and where to open when that is asked."""
    now = opened()
    asking = Asking(now, now.today, drawn=True, paged=True, seconds=SECONDS)
    question = asked_of(request, ("couverture",), territoire=code)
    drawn = Telling(question.answer(asking)).features
    network = next(iter(getattr(question, "networks", ())), "")
    features = [_commune(one, network) for one in drawn["features"]]
    if request.GET.get("ouvrir"):
        openings = asked_of(request, ("ouvertures",), territoire=code)
        if not openings.heavy(asking):
            found = Telling(openings.answer(asking)).features
            features += [_place(one) for one in found["features"] if one["properties"]["role"] != "commune"]
    shown = {"type": "FeatureCollection", "features": [one for one in features if one["geometry"]]}
    return JsonResponse(oriented(shown), content_type="application/geo+json")


Feature = dict[str, Any]


def _commune(feature: Feature, network: str) -> Feature:
    """A commune with the state that colours it (of the network asked, else of all) and its words.

    Without an outline it is a point.
    """
    told = feature["properties"]
    state = told.get(network) or told["ensemble"]
    drawn = (feature["geometry"] or {}).get("type") != "Point"
    about = {
        "couche": "commune" if drawn else "lieu",
        "nom": told["nom"],
        "etat": state,
        "detail": WORDS[state],
    }
    return {**feature, "properties": about}


def _place(feature: Feature) -> Feature:
    """A site to open, or one that exists."""
    told = feature["properties"]
    opening = told["role"] == "ouverture"
    about = {
        "couche": "ouverture" if opening else "lieu",
        "nom": told.get("name", ""),
        "detail": "lieu proposé" if opening else "lieu existant",
    }
    return {**feature, "properties": about}


ROUND_RULES = ("detour", "km_per_day", "hours_per_day", "hours_per_stop", "km_per_hour")
WORDS = {
    "couvert": "couvert",
    "eloigne": "éloigné",
    "dla_seul": "DLA seul",
    "non_couvert": "non couvert",
    "inconnu": "inconnu",
}
