"""What django-allauth asks of this site: messages, words, and whom an identity provider stands for."""

import base64
import hashlib
import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ancrage.people import messages
from ancrage.people.identity_provider.levels import TooWeakError
from ancrage.people.models import Identity, Person
from ancrage.people.persons import LONGEST_NAME

logger = logging.getLogger("ancrage.people")
MALFORMED = "Ce code n'est pas le bon. Vérifiez-le, ou demandez-en un autre."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth has no types
    """Accounts: messages are ours, nobody signs up otherwise than by a code or a provider."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": MALFORMED,
        "too_many_login_attempts": "Trop d'essais : ce code n'ouvre plus rien. Demandez-en un autre.",
        "rate_limited": "Trop de demandes. Réessayez dans quelques minutes.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our messages. Raises :class:`ancrage.errors.MailError`."""
        messages.send(template_prefix, email, context)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 asked by django-allauth
        """Not by the form of django-allauth."""
        return False

    def new_user(self, request: HttpRequest) -> Person:  # noqa: ARG002 asked by django-allauth
        """A person about to be."""
        return Person(created_at=timezone.now())

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be led there after signing in: a signed-in page of this site, nothing else."""
        return bool(url) and super().is_safe_url(url) and url.startswith("/espace/")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the last of our proxies saw."""
        return str(request.META.get("REMOTE_ADDR", "")) or "inconnue"

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:  # noqa: ARG002
        """What is said to somebody whose account is closed."""
        return render(request, "space/closed.html.j2", status=403)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # django-allauth has no types
    """Identity providers: linked by an address verified on both sides, never otherwise."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Who comes from the provider of this site is welcome."""
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """No form in between."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link to the person who has the address, when the provider verified it and she did too.

        An address that the provider did not verify, or that another has, is forgotten: it proves nothing.
        """
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        known = EmailAddress.objects.filter(email__in=verified, verified=True).select_related("user").first()
        if known is not None:
            if not known.user.is_active:
                raise ImmediateHttpResponse(render(request, "space/closed.html.j2", status=403))
            sociallogin.connect(request, known.user)
            return
        sociallogin.email_addresses = [one for one in sociallogin.email_addresses if one.verified]

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:  # noqa: ARG002
        """Write the person, with the name that the provider gives."""
        person: Person = sociallogin.user
        sociallogin.save(request)
        told = sociallogin.account.extra_data.get("userinfo") or {}
        family = told.get("usual_name") or told.get("family_name")
        if name := " ".join(filter(None, (told.get("given_name"), family)))[:LONGEST_NAME].strip():
            Identity.objects.create(person=person, name=name)
        return person

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Where one is led once a provider is linked to one's account."""
        return reverse("account")

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_told: Any
    ) -> None:
        """Say that the provider did not let in, and why when it says so; the log holds the rest."""
        logger.warning("the identity provider refused or did not check: %s", exception or error)
        told = {
            "provider": provider.name,
            "given_up": error == AuthError.CANCELLED,
            "too_weak": isinstance(exception, TooWeakError),
        }
        raise ImmediateHttpResponse(render(request, "space/provider_failed.html.j2", told, status=401))


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # django-allauth has no types
    """Passkeys and applications of codes: their secrets are not readable in the base nor in its backup."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": MALFORMED,
        "cannot_delete_authenticator": "Ce moyen ne peut pas être retiré.",
        "cannot_generate_recovery_codes": "Ajoutez d'abord une application de codes ou une clé d'accès.",
        "unverified_email": "Vérifiez d'abord votre adresse par un code.",
        "add_email_blocked": "Retirez d'abord vos clés et votre application de codes.",
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is kept: of no use without the secret of the site."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 of django-allauth
        """What a passkey is called when its owner does not say."""
        return f"Clé n° {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """How the device of a person will show her account."""
        told = EmailAddress.objects.get_primary_email(user) or user.name
        return {"id": user_pk_to_url_str(user).encode(), "display_name": user.name, "name": told}

    def get_totp_label(self, user: Person) -> str:
        """How the application of a person will show her account."""
        return str(EmailAddress.objects.get_primary_email(user) or user.name)


def _box() -> Fernet:
    key = hashlib.sha256(f"moyens d'entrer|{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
