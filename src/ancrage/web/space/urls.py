"""Addresses of signed-in pages: all under the one that ``ancrage.desk.private`` knows."""

from django.urls import include, path

from ancrage.web.space import account, identity, invitations, mailbox, organisations, signing

signing_in = [
    path("connexion/", signing.sign_in, name="account_login"),
    path("connexion/", signing.sign_in, name="account_request_login_code"),
    path("connexion/code/", signing.confirm, name="account_confirm_login_code"),
    path("deconnexion/", signing.sign_out, name="account_logout"),
    path("identite/", identity.leave, name="identity"),
    path("identite/retour/", identity.come_back, name="identity-back"),
]
of_oneself = [
    path("", account.home, name="space"),
    path("compte/", account.account, name="account"),
    path("compte/", account.account, name="account_email"),
    path("compte/nom/", account.name, name="account-name"),
    path("compte/sessions/", account.end_sessions, name="account-sessions"),
    path("compte/effacer/", account.erasing, name="account-erase"),
]
of_organisations = [
    path("organisations/", organisations.search, name="organisations"),
    path("organisations/choisir/", organisations.choosing, name="organisation-choose"),
    path("organisations/collectif/", organisations.gathering, name="organisation-gather"),
    path("organisations/<uuid:identifier>/", organisations.show, name="organisation"),
    path("organisations/<uuid:identifier>/inviter/", invitations.invite, name="organisation-invite"),
    path("appartenances/<uuid:identifier>/confirmer/", organisations.confirming, name="membership-confirm"),
    path("appartenances/<uuid:identifier>/finir/", organisations.leaving, name="membership-end"),
    path("invitations/", invitations.answer, name="invitation"),
    path("invitations/<uuid:identifier>/retirer/", invitations.taking_back, name="invitation-withdraw"),
]
urlpatterns = [
    path("espace/", include([*signing_in, *of_oneself, *of_organisations])),
    path("espace/courriels/", mailbox.messages, name="mailbox"),
]
