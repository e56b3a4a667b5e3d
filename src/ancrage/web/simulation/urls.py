"""Address of the simulation."""

from django.urls import path

from ancrage.web.simulation import views

urlpatterns = [path("territoires/<str:code>/simulation/", views.show, name="simulation")]
