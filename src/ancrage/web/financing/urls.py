"""Addresses of financing plans."""

from django.urls import path

from ancrage.web.financing import accounts, texts, views

urlpatterns = [
    path("financement/", views.form, name="financing"),
    path("financement/verification/", views.verification, name="financing-verify"),
    path("financement/modele.csv", views.model, name="financing-model"),
    path("financement/cumul/", views.pairs, name="financing-pairs"),
    path("financement/contrat-impact/", texts.impact, name="impact"),
    path("financement/scic/", texts.scic, name="scic"),
    path("financement/comptes/", accounts.form, name="accounts"),
]
