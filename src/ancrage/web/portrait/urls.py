"""Addresses of the portrait; its frame is under the only prefix that may be one."""

from django.urls import path

from ancrage.web.portrait import views

urlpatterns = [
    path("territoires/<str:code>/ess/", views.show, name="territory-portrait"),
    path("territoires/<str:code>/agenda-ess.ics", views.agenda, name="territory-agenda"),
    path("territoires/<str:code>/agenda-ess.atom", views.feed, name="territory-agenda-feed"),
    path("integrer/territoires/<str:code>/ess/", views.frame, name="embed-portrait"),
]
