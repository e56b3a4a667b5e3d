"""Addresses of requests for support."""

from django.urls import path

from ancrage.web.needs import answering, following, lived, mailboxes, views

urlpatterns = [
    path("demander-un-appui/", views.ask, name="need"),
    path("demander-un-appui/envoyee/", views.asked, name="need-asked"),
    path("demander-un-appui/gardee/", views.waiting, name="need-waiting"),
    path("demander-un-appui/confirmer/<str:token>/", views.confirm, name="need-confirm"),
    path("demander-un-appui/suivre/<str:token>/", following.follow, name="need-follow"),
    path("demander-un-appui/suivre/<str:token>/a-dire/", following.call, name="need-call"),
    path("demander-un-appui/repondre/<str:token>/", answering.answer, name="need-answer"),
    path("demander-un-appui/adresse/", mailboxes.give, name="need-mailbox"),
    path("demander-un-appui/adresse/<str:token>/", mailboxes.answer, name="need-mailbox-answer"),
    path("territoires/<str:code>/besoins/", lived.lived, name="territory-needs"),
]
