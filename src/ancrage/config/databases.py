"""How the workspace database is reached."""

from collections.abc import Mapping
from typing import Any

HERE = ("", "localhost", "127.0.0.1", "::1")
CHECKED = "require"
"""TLS or nothing. The address may ask for more (``verify-full``), or say that its network is private."""


def encrypted(told: Mapping[str, Any]) -> dict[str, Any]:
    """A PostgreSQL of another machine is asked in TLS, unless its address says how (``sslmode=…``)."""
    host, options = str(told.get("HOST", "")), dict(told.get("OPTIONS", {}))
    if not told["ENGINE"].endswith("postgresql") or host in HERE or host.startswith(("/", "%2f", "%2F")):
        return dict(told)
    return {**told, "OPTIONS": {"sslmode": CHECKED, **options}}
