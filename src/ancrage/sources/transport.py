"""How requests are sent, tried again and given up, in the words of the person who waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from logging import NullHandler, getLogger

import httpx

from ancrage.errors import AncrageError, SourceUnavailableError
from ancrage.repairs import SynchroniseSources, TryLater
from ancrage.sources.provenance import tool_version

LATER = "Réessayez plus tard, ou donnez un miroir."
FROM_A_MIRROR = SynchroniseSources(mirror=True)
TOO_MANY_REQUESTS = 429

# Without a handler of its own, each retry would be printed raw in the terminal.
getLogger("stamina").addHandler(NullHandler())


@dataclass(frozen=True, slots=True)
class Timing:
    """Patience, in seconds: to connect, between two blocks, between two attempts."""

    connect: float = 15.0
    read: float = 60.0
    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0


def open_client(timing: Timing) -> httpx.Client:
    """HTTP client that follows a few redirections and says who it is."""
    return httpx.Client(
        timeout=httpx.Timeout(timing.read, connect=timing.connect),
        follow_redirects=True,
        max_redirects=8,
        headers={"User-Agent": f"ancrage/{tool_version()} (public open data tool)"},
    )


def retry_hook(timing: Timing) -> Callable[[Exception], bool | float]:
    """Tell which failures may pass with time, and the delay the server asks for when it asks."""

    def hook(error: Exception) -> bool | float:
        if isinstance(error, httpx.HTTPStatusError):
            status = error.response.status_code
            delay = _retry_after(error.response)
            passing = status == TOO_MANY_REQUESTS or status >= 500
            return min(delay, timing.longest_wait) if passing and delay is not None else passing
        return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)

    return hook


def unavailable(error: httpx.HTTPError, url: str, timing: Timing) -> AncrageError:
    """Say in French why nothing came from this address."""
    if isinstance(error, httpx.HTTPStatusError):
        return SourceUnavailableError(
            f"« {url} » répond {_meaning(error.response.status_code)}.", LATER, TryLater(), FROM_A_MIRROR
        )
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return SourceUnavailableError(
            f"« {url} » n'a rien envoyé pendant {timing.read:g} s.", LATER, TryLater(), FROM_A_MIRROR
        )
    if isinstance(error, httpx.TooManyRedirects | httpx.UnsupportedProtocol):
        return SourceUnavailableError(
            f"« {url} » renvoie vers une adresse inutilisable.", LATER, TryLater(), FROM_A_MIRROR
        )
    if isinstance(error, httpx.ConnectError):
        return SourceUnavailableError(
            f"« {url} » est injoignable.", f"Vérifiez le réseau. {LATER}", TryLater(), FROM_A_MIRROR
        )
    return SourceUnavailableError(f"« {url} » a coupé la connexion.", LATER, TryLater(), FROM_A_MIRROR)


def _meaning(status: int) -> str:
    known = {
        401: "qu'il faut s'identifier",
        403: "que l'accès est refusé",
        404: "que le fichier est introuvable",
        410: "que le fichier a été retiré",
        TOO_MANY_REQUESTS: "que les demandes sont trop nombreuses",
    }
    if status >= 500:
        return f"par une erreur du serveur (code {status})"
    return f"{known.get(status, 'par un refus')} (code {status})"


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, written as a number or as a date."""
    written = response.headers.get("Retry-After", "").strip()
    if written.isdigit():
        return float(written)
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
