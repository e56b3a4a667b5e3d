"""Addresses of the assistant."""

from django.urls import path

from ancrage.web.assistant import views

urlpatterns = [
    path("mes-aides/", views.ask, name="assistant"),
    path("mes-aides/reponses.json", views.as_json, name="assistant-json"),
    path("mes-aides/mes-aides.<str:shape>", views.document, name="assistant-file"),
    path("mes-aides/echeances.ics", views.calendar, name="assistant-calendar"),
]
