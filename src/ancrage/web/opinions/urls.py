"""Addresses of what visitors say of pages."""

from django.urls import path

from ancrage.web.opinions import views

urlpatterns = [
    path("avis/", views.tell, name="opinion"),
    path("avis/merci/", views.thanks, name="opinion-told"),
]
