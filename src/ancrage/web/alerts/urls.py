"""Addresses of alerts."""

from django.urls import path

from ancrage.web.alerts import views

urlpatterns = [
    path("alertes/", views.ask, name="alert"),
    path("alertes/flux.atom", views.feed, name="alert-feed"),
    path("alertes/demandee/", views.asked, name="alert-asked"),
    path("alertes/confirmer/<str:token>/", views.confirm, name="alert-confirm"),
    path("alertes/arret/<str:token>/", views.stop, name="alert-stop"),
]
