"""Addresses of alerts."""

from django.urls import path

from ancrage.web.alerts import feeds, views

urlpatterns = [
    path("alertes/", views.ask, name="alert"),
    path("alertes/flux.atom", feeds.feed, name="alert-feed"),
    path("alertes/agenda.ics", feeds.agenda, name="alert-agenda"),
    path("alertes/personnel/<str:token>/flux.atom", feeds.own_feed, name="own-feed"),
    path("alertes/personnel/<str:token>/agenda.ics", feeds.own_agenda, name="own-agenda"),
    path("alertes/demandee/", views.asked, name="alert-asked"),
    path("alertes/confirmer/<str:token>/", views.confirm, name="alert-confirm"),
    path("alertes/arret/<str:token>/", views.stop, name="alert-stop"),
]
