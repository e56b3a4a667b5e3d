"""Addresses for those who keep the server."""

from django.urls import path

from ancrage.web.operation import views

urlpatterns = [
    path("sante", views.health, name="health"),
    path("metriques", views.counts, name="metrics"),
]
