"""A real OpenID Connect provider on this machine, that signs its userinfo as ProConnect does, or lies."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import jwt
import pytest
from django.conf import settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import flask
    import oidc_provider_mock
    from werkzeug.serving import make_server

CLIENT = "ancrage-essai"
ANNE = {
    "email": "anne@mairie.fr",
    "email_verified": True,
    "given_name": "Anne",
    "usual_name": "Martin",
    "siret": "20006718900013",
}


@dataclass
class Provider:
    """Where it answers, and the lies it is told to tell."""

    origin: str
    claims: dict[str, Any] = field(default_factory=lambda: dict(ANNE))
    signed: bool = True
    key: Any = None
    algorithm: str = "RS256"
    lies: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    lie_in_identity: Callable[[dict[str, Any]], dict[str, Any]] | None = None


def _metadata(provider: Provider, response: Any) -> Any:
    return flask.jsonify({**response.get_json(), **provider.metadata})


def _key_of_the_server() -> bytes:
    pem: bytes = flask.g.oidc_provider_mock_storage.jwk.as_pem(is_private=True)
    return pem


def _userinfo(provider: Provider, response: Any) -> Any:
    if not provider.signed:
        return flask.jsonify({**response.get_json(), **provider.claims})
    told = {"iss": provider.origin, "aud": CLIENT, **response.get_json(), **provider.claims, **provider.lies}
    key = provider.key or (_key_of_the_server() if provider.algorithm != "none" else "")
    written = jwt.encode(told, key, algorithm=provider.algorithm)
    return flask.Response(written, content_type="application/jwt")


def _tokens(provider: Provider, response: Any) -> Any:
    """The tokens, the identity one signed again after its lie."""
    told = response.get_json()
    if provider.lie_in_identity is None or "id_token" not in told:
        return response
    claims = jwt.decode(told["id_token"], options={"verify_signature": False})
    changed = provider.lie_in_identity(claims)
    told["id_token"] = jwt.encode(changed, provider.key or _key_of_the_server(), algorithm="RS256")
    return flask.jsonify(told)


@pytest.fixture
def identity_provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider, known to the site for the time of a test."""
    app = oidc_provider_mock.app(require_nonce=True, user_claims=[oidc_provider_mock.User(sub="sub-anne")])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    changed = {
        "/userinfo": _userinfo,
        "/oauth2/token": _tokens,
        "/.well-known/openid-configuration": _metadata,
    }

    @app.after_request
    def answer(response: Any) -> Any:
        change = changed.get(flask.request.path)
        return change(provider, response) if change and response.status_code == 200 else response

    application = {
        "provider_id": "identite",
        "name": "ProConnect",
        "client_id": CLIENT,
        "secret": "secret",
        "settings": {"server_url": provider.origin, "scope": ["openid", "profile", "email"]},
    }
    told = {"identity_provider": {"APPS": [application], "OAUTH_PKCE_ENABLED": True}}
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", told)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
