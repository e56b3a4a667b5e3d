"""Addresses of what is really bought."""

from django.urls import path

from ancrage.web.bought import views

urlpatterns = [
    path("acheteurs/", views.listing, name="buyers"),
    path("acheteurs/<str:siren>/", views.show, name="buyer"),
    path("territoires/<str:code>/achats-realises/", views.of_territory, name="territory-bought"),
]
