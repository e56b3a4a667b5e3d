"""Addresses of the levers."""

from django.urls import path

from ancrage.web.levers import views

urlpatterns = [
    path("leviers/", views.catalogue, name="levers"),
    path("leviers/outils/<int:number>/", views.tool, name="lever-tool"),
    path("leviers/foncier/", views.land, name="land"),
    path("territoires/<str:code>/leviers/", views.advised, name="territory-levers"),
]
