"""Addresses of the directory."""

from django.urls import path

from ancrage.web.structures import files, tiles, views

urlpatterns = [
    path("structures/", views.listing, name="structures"),
    path("structures/carte.geojson", files.points, name="structures-map"),
    path("structures/export.<str:shape>", files.export, name="structures-export"),
    path("tuiles/<str:edition>/<str:name>.pmtiles", tiles.tiles, name="tiles"),
    path("structures/<str:siret>/", views.show, name="structure"),
]
