"""Address of the sources."""

from django.urls import path

from ancrage.web.sources import views

urlpatterns = [path("sources/", views.index, name="sources")]
