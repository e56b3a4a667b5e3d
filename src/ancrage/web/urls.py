"""Addresses of the pages: French words, a code, and nothing that a person could not read aloud."""

from django.urls import include, path

from ancrage.web.documentation import views as documentation
from ancrage.web.home import views as home
from ancrage.web.search import views as search
from ancrage.web.territory import comparing, downloads, subpages
from ancrage.web.territory import views as territory

SCREENS = (
    "simulation",
    "assistant",
    "aids",
    "levers",
    "contacts",
    "purchases",
    "bought",
    "papers",
    "portrait",
    "embed",
    "alerts",
    "needs",
    "news",
    "opinions",
    "coverage",
    "method",
    "financing",
    "grid",
    "monographs",
    "cases",
    "sources",
)
urlpatterns = [
    path("", home.home, name="home"),
    path("france/", home.country, name="country"),
    path("editeur/logo", home.logo, name="logo"),
    path("recherche/", search.results, name="search"),
    path("recherche/suggestions/", search.suggestions, name="suggestions"),
    path("recherche/lieux/", search.places, name="places"),
    path("territoires/", territory.index, name="territories"),
    path("territoires/comparer/", comparing.compare, name="compare"),
    path("territoires/comparer/carte.geojson", comparing.outlines, name="compare-map"),
    path("territoires/comparer/comparaison.xlsx", comparing.workbook, name="compare-download"),
    path("territoires/adresse/", territory.place, name="address"),
    path("territoires/point/", territory.point, name="point"),
    *(path("", include(f"ancrage.web.{screen}.urls")) for screen in SCREENS),
    path("territoires/<str:code>/", territory.show, name="territory"),
    path("territoires/<str:code>/rapport/", territory.report, name="territory-report"),
    path("territoires/<str:code>/zonages/", subpages.zonings, name="territory-zonings"),
    path("territoires/<str:code>/aides/", subpages.aids, name="territory-aids"),
    path("territoires/<str:code>/evolution/", subpages.change, name="territory-change"),
    path("territoires/<str:code>/sources/", subpages.sources, name="territory-sources"),
    path("territoires/<str:code>/apercu.<str:shape>", downloads.overview, name="territory-overview"),
    path("territoires/<str:code>/carte.svg", territory.drawing, name="territory-drawing"),
    path("territoires/<str:code>/carte.geojson", territory.outlines, name="territory-map"),
    path("territoires/<str:code>/diagnostic.<str:shape>", downloads.diagnosis, name="territory-download"),
    path("", include("ancrage.web.structures.urls")),
    path("documentation/<slug:page>/", documentation.show, name="documentation"),
    path("", include("ancrage.web.space.urls")),
    path("", include("ancrage.web.space.atelier.urls")),
    path("", include("ancrage.web.introductions.urls")),
    path("", include("ancrage.web.tasks.urls")),
    path("", include("ancrage.web.operation.urls")),
]
