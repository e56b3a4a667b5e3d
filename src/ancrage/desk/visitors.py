"""Who asks, as far as a share needs it: an address our proxies vouch for, and a mark that leads to nobody."""

import hashlib
import hmac
from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of a visitor, as the last proxy of ours saw it."""
    return address_told(request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", ""))


def address_told(forwarded: str, remote: str) -> str:
    """The same from what the proxies told and from who is at the other end of the connection.

    What a visitor writes in the header stands before what our proxies add: it is never believed.
    """
    proxies = int(settings.NINJA_NUM_PROXIES or 0)
    told = [one.strip() for one in forwarded.split(",") if one.strip()]
    return told[-min(proxies, len(told))] if proxies and told else remote


def visitor_of(address: str) -> str:
    """Whom an address stands for: one IPv6 subscriber has a whole network (/64) of addresses."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((known, 64), strict=False)) if known.version == 6 else str(known)


def is_here(address: str) -> bool:
    """Whether it is this very machine: a proxy that was not told of, or who keeps the server."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return not address


def mark_of(request: HttpRequest) -> str:
    """A mark of the visitor that only this site can work out again, and from which no address is read."""
    told = visitor_of(address_of(request)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"visiteur|" + told, hashlib.sha256).hexdigest()
