"""Addresses of the assistant."""

from django.urls import path

from ancrage.web.assistant import views

urlpatterns = [
    path("mes-aides/", views.ask, name="assistant"),
    path("mes-aides/reponses.<str:shape>", views.document),
    path("mes-aides/mes-aides.<str:shape>", views.document),
    path("mes-aides/echeances.<str:shape>", views.document),
]
