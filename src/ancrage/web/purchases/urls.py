"""Addresses of purchases."""

from django.urls import path

from ancrage.web.purchases import views

urlpatterns = [
    path("achats/", views.show, name="purchase"),
    path("achats/lots/", views.lots, name="purchase-lots"),
    path("achats/trousse/", views.kit, name="purchase-kit"),
    path("achats/spaser/", views.spaser, name="spaser"),
]
