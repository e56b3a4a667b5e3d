"""Addresses of survival and dynamics."""

from django.urls import path

from ancrage.web.method import views

urlpatterns = [
    path("territoires/<str:code>/survie/", views.survival, name="survival"),
    path("territoires/<str:code>/dynamiques/", views.dynamics, name="dynamics"),
]
