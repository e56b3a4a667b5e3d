"""Addresses of what is shown in a frame: all under one prefix, the only one that may be; and short ones."""

from django.urls import path

from ancrage.web.embed import views

urlpatterns = [
    path("integrer/recherche/", views.search, name="embed-search"),
    path("integrer/territoires/<str:code>/", views.badges, name="embed-badges"),
    path("integrer/territoires/<str:code>/carte/", views.chart, name="embed-map"),
    path("t/<str:code>", views.short, name="short"),
]
