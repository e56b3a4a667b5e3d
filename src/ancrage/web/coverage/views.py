"""The support that covers a territory, its map, and where new sites would serve the most."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ancrage.coverage.kinds import get_kind, support_kinds
from ancrage.coverage.states import Reaches, SupportCoverage, cover
from ancrage.coverage.territory import by_zoning, communes_of, edition_directory, weighings
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import Opened, opened
from ancrage.desk.openings import WEIGHTS, networks, number, openings_sheet, sited
from ancrage.register.reach import register_is_whole
from ancrage.reports.coverage.sheet import as_geojson, coverage_sheet
from ancrage.reports.sheet import Sheet
from ancrage.reports.siting.plain import siting_as_geojson
from ancrage.siting.shapes import shapes_of
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import verdicts_by_commune
from ancrage.web.coverage.openings import SECONDS, TOO_LARGE, tour_sheet
from ancrage.web.sheets import sheet_page


def index(request: HttpRequest) -> HttpResponse:
    """Choose a territory."""
    wanted = request.GET.get("t", "").strip()
    return redirect("territory-coverage", wanted) if wanted else render(request, "coverage/index.html.j2", {})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The coverage; with ``?ouvrir=N``, where to open N more sites; with ``?tournee=``, a round."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    asked = request.GET
    if asked.get("ouvrir") and not asked.get("tournee", "").strip() and territory.kind in TOO_LARGE:
        return redirect(_as_task(territory, asked))
    around = {
        "code": code,
        "territory": territory,
        "asked": asked,
        "kinds": support_kinds(),
        "known": _known_kinds(now),
        "rules": ROUND_RULES,
        "weights": WEIGHTS,
        "query": asked.urlencode(),
    }
    return sheet_page(request, _sheet(now, territory, asked), template="coverage/show.html.j2", **around)


def _sheet(now: Opened, territory: Territory, asked: QueryDict) -> Sheet:
    if asked.get("tournee", "").strip():
        return tour_sheet(now, territory, asked)
    if asked.get("ouvrir"):
        return openings_sheet(now, territory, asked, seconds=SECONDS)
    return _coverage(now, territory, asked)


def _as_task(territory: Territory, asked: QueryDict) -> str:
    """The form of the task, filled with what the page was asked."""
    wanted = QueryDict(mutable=True)
    for name in ("reseau", "ouvrir", "critere", "seuil", "poids"):
        wanted.setlist(name, [value for value in asked.getlist(name) if value])
    told = {
        "sorte": "ouvertures",
        "territoire": str(territory.code),
        "le": territory.on.isoformat(),
        "parametres": wanted.urlencode(),
    }
    return f"{reverse('tasks')}?{urlencode(told)}"


def _known_kinds(now: Opened) -> set[str]:
    """Networks whose places the edition holds."""
    return {row["kind"] for row in now.atlas.warehouse.rows("SELECT DISTINCT kind FROM support_place")}


def _covered(now: Opened, territory: Territory, asked: QueryDict) -> SupportCoverage:
    wanted = [get_kind(name).id for name in networks(asked)]
    reaches = Reaches(number(asked, "seuil", 15.0), number(asked, "loin", 45.0))
    return cover(
        communes_of(now.atlas, territory),
        edition_directory(now.atlas),
        on=territory.on,
        kinds=wanted or None,
        reaches=reaches,
    )


def _coverage(now: Opened, territory: Territory, asked: QueryDict) -> Sheet:
    found = _covered(now, territory, asked)
    whole, fictitious = register_is_whole(now.atlas, territory)
    measured = [one for one in found.kinds.values() if one.known]
    verdicts = verdicts_by_commune(now.atlas, territory) if measured else {}
    return coverage_sheet(
        found,
        place=f"{territory.name} ({territory.code.code})",
        weighings=weighings(now.atlas, found.communes, register_whole=whole),
        zones=[(one, by_zoning(found, one.kind.id, verdicts)) for one in measured],
        detail=len(found.communes) <= 400,
        fictitious=fictitious,
    )


@kept
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """The map: communes with their state, and where to open when that is asked."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    drawn = as_geojson(_covered(now, territory, request.GET), shapes_of(now.atlas, territory))
    network = next(iter(networks(request.GET)), "")
    features = [_commune(one, network) for one in drawn["features"]]
    if request.GET.get("ouvrir") and territory.kind not in TOO_LARGE:
        opened_there = siting_as_geojson(sited(now, territory, request.GET, seconds=SECONDS))
        features += [
            _place(one) for one in opened_there["features"] if one["properties"]["role"] != "commune"
        ]
    shown = {"type": "FeatureCollection", "features": [one for one in features if one["geometry"]]}
    return JsonResponse(shown, content_type="application/geo+json")


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


ROUND_RULES = (
    ("detour", "Kilomètres de route par kilomètre à vol d’oiseau"),
    ("km_jour", "Kilomètres au plus par jour"),
    ("heures_jour", "Heures au plus par jour"),
    ("heures_arret", "Heures par arrêt"),
    ("vitesse", "Vitesse sur la route (km/h)"),
)
WORDS = {
    "couvert": "couvert",
    "eloigne": "éloigné",
    "dla_seul": "DLA seul",
    "non_couvert": "non couvert",
    "inconnu": "inconnu",
}
