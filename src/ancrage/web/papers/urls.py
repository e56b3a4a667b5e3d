"""Addresses of the papers."""

from django.urls import path

from ancrage.web.papers import views

urlpatterns = [
    path("territoires/<str:code>/attestation/", views.attestation, name="territory-attestation"),
    path("territoires/<str:code>/synthese/", views.synthesis, name="territory-synthesis"),
    path("territoires/<str:code>/contrat/", views.contract, name="territory-contract"),
    path("territoires/<str:code>/note/", views.note, name="territory-note"),
]
