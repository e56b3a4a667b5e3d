"""Addresses of the grid."""

from django.urls import path

from ancrage.web.grid import views

urlpatterns = [
    path("grille/", views.form, name="grid"),
    path("grille/evaluation/", views.evaluation, name="grid-evaluation"),
    path("grille/evaluation.yaml", views.file, name="grid-file"),
    path("grille/modele.csv", views.model, name="grid-model"),
    path("grille/fichier/", views.upload, name="grid-upload"),
]
