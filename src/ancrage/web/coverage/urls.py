"""Addresses of the support coverage."""

from django.urls import path

from ancrage.web.coverage import views

urlpatterns = [
    path("accompagnement/", views.index, name="coverage"),
    path("territoires/<str:code>/couverture/", views.show, name="territory-coverage"),
    path("territoires/<str:code>/couverture/carte.geojson", views.outlines, name="coverage-map"),
]
