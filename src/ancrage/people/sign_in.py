"""Signing in by a code sent to an address, the same way whether the address is known or not.

django-allauth sends no code to an address it does not know. Here the code goes to both, and who proves that
she reads an address nobody had becomes a person then: nothing is written of an address merely typed.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ancrage.people import messages
from ancrage.people.persons import welcome


class SignIn(LoginCodeVerificationProcess):  # type: ignore[misc]  # django-allauth has no types
    """A code on its way, from the address typed to the session opened."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002
        """Send a fresh code, whoever has the address."""
        messages.send("account/email/login_code", email, {"code": self.generate_code()})

    def resend(self) -> None:
        """Send another code; the one before no longer opens anything."""
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Open the session of whose address it is. The code proved that she reads it."""
        self._user = self.stage.login.user = welcome(self.state["email"], at=timezone.now())
        response: HttpResponse = super().finish(redirect_url)
        if self.request.user.is_authenticated:
            # Who has just proved who she is is not asked again at once to change how she signs in.
            record_authentication(self.request, self._user, "code", reauthenticated=True)
        return response

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        """Send a code to an address. Raises :class:`ancrage.errors.MailError`."""
        known = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
        login = Login(user=known.user if known else None, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=login.user, email=email), initiated_by_user=True)
        process = cls(stage=stage)
        process.send()
        process.persist()

    @classmethod
    def resume(cls, stage: LoginStage) -> Any:
        """The process that this browser began; ``None`` when it is over."""
        return cls(stage=stage).abort_if_invalid()
