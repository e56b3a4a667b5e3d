"""Addresses of the catalogue of aids."""

from django.urls import path

from ancrage.web.aids import views

urlpatterns = [
    path("aides/", views.index, name="aids"),
    path("aides/catalogue.csv", views.catalogue_csv, name="aids-csv"),
    path("aides/catalogue-dge.csv", views.catalogue_dge, name="aids-dge"),
    path("aides/<str:identifier>/", views.show, name="aid"),
]
