"""How well a provider must know who signs in (``acr``): asked of it, then checked in what it answers."""

import json
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error


class TooWeakError(OAuth2Error):  # type: ignore[misc]  # django-allauth has no types
    """One signed in at the provider, at a level that is not enough here."""


def levels_of(app: Any) -> list[str]:
    """Levels of assurance that are enough; none when none is asked."""
    return list(app.settings.get("acr") or ())


def asked_level(app: Any) -> dict[str, str]:
    """What asks a provider for one of these levels (OpenID Connect Core, 5.5.1.1): it refuses a lower one."""
    wanted = levels_of(app)
    told = {"id_token": {"acr": {"essential": True, "values": wanted}}}
    return {"claims": json.dumps(told)} if wanted else {}
