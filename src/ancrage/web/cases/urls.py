"""Addresses of the cases."""

from django.urls import path

from ancrage.web.cases import views

urlpatterns = [
    path("cas/", views.index, name="cases"),
    path("cas/leviers/", views.plans, name="cases-plans"),
    path("cas/<str:identifier>/", views.show, name="case"),
]
