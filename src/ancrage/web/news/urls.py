"""Addresses of what changed."""

from django.urls import path

from ancrage.web.news import views

urlpatterns = [
    path("territoires/<str:code>/nouveautes/", views.show, name="territory-news"),
    path("territoires/<str:code>/nouveautes.atom", views.feed, name="territory-news-feed"),
    path("territoires/<str:code>/echeances.ics", views.agenda, name="territory-deadlines"),
]
