"""Addresses of signed-in pages: all under the one that ``ancrage.desk.private`` knows."""

from django.urls import include, path

from ancrage.web.space import (
    account,
    factors,
    followed,
    identity,
    invitations,
    mailbox,
    organisations,
    signing,
)

signing_in = [
    path("connexion/", signing.sign_in, name="account_login"),
    path("connexion/", signing.sign_in, name="account_request_login_code"),
    path("connexion/code/", signing.confirm, name="account_confirm_login_code"),
    path("connexion/second/", factors.second, name="mfa_authenticate"),
    path("connexion/cle/", factors.passkey, name="mfa_login_webauthn"),
    path("deconnexion/", signing.sign_out, name="account_logout"),
    path("identite/", identity.leave, name="identity"),
    path("identite/retour/", identity.come_back, name="identity-back"),
]
of_oneself = [
    path("", account.home, name="space"),
    path("suivi/", followed.show, name="followed"),
    path("compte/", account.account, name="account"),
    path("compte/", account.account, name="account_email"),
    path("compte/nom/", account.name, name="account-name"),
    path("compte/sessions/fermer/", account.end_session, name="account-session-end"),
    path("compte/sessions/", account.end_sessions, name="account-sessions"),
    path("compte/preuve/", factors.ask_code, name="account_request_reauthentication_code"),
    path("compte/preuve/code/", factors.again_by_code, name="account_confirm_reauthentication_code"),
    path("compte/preuve/application/", factors.again_by_factor, name="mfa_reauthenticate"),
    path("compte/preuve/cle/", factors.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("compte/cles/", account.account, name="mfa_index"),
    path("compte/cles/", account.account, name="mfa_list_webauthn"),
    path("compte/cles/ajouter/", factors.add_passkey, name="mfa_add_webauthn"),
    path("compte/cles/<int:pk>/retirer/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("compte/application/", factors.add_application, name="mfa_activate_totp"),
    path("compte/application/retirer/", factors.remove_application, name="mfa_deactivate_totp"),
    path("compte/secours/", factors.recovery, name="mfa_view_recovery_codes"),
    path("compte/secours/refaire/", factors.new_recovery, name="mfa_generate_recovery_codes"),
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
