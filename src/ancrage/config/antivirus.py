"""Where the antivirus of this installation answers."""

from urllib.parse import urlsplit


def antivirus(address: str) -> str:
    """The address, checked when the site starts. Raises ``ValueError``: a slip must not let all files in."""
    told = urlsplit(address.strip())
    whole = (told.scheme == "unix" and told.path) or (told.scheme == "tcp" and told.hostname)
    if address.strip() and not whole:
        raise ValueError(
            "ANCRAGE_ANTIVIRUS: unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310 is expected"
        )
    return address.strip()
