"""Addresses of purchases."""

from django.urls import path

from ancrage.web.purchases import views

urlpatterns = [
    path("achats/", views.show, name="purchase"),
]
