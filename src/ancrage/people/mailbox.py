"""A real SMTP server on this machine, for development and tests: it keeps what it receives in a folder."""

import email
import email.policy
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 50
SUFFIX = ".eml"
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Received:
    """A message: to whom, about what, what it says, and the addresses it holds."""

    to: str
    subject: str
    text: str

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses that its text holds."""
        return tuple(LINK.findall(self.text))


@contextmanager
def serving(folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """Receive messages for a while; gives the port. ``port`` 0: one that is free.

    Raises ``ModuleNotFoundError`` where aiosmtpd, a tool of development, is not installed.
    """
    from aiosmtpd.controller import Controller

    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(_Keeper(folder), hostname=host, port=port or _free(host))
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free(host: str) -> int:
    import socket

    with socket.socket() as found:
        found.bind((host, 0))
        port: int = found.getsockname()[1]
    return port


class _Keeper:
    """Writes each message whole, under a name of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 of aiosmtpd
        draft = self._folder / f".{uuid.uuid4().hex}"
        draft.write_bytes(envelope.content)
        draft.rename(self._folder / f"{_next(self._folder):06d}-{draft.name[1:9]}{SUFFIX}")
        return "250 OK"


def _next(folder: Path) -> int:
    return 1 + max((int(one.name[:6]) for one in folder.glob(f"*{SUFFIX}")), default=0)


def received(folder: str | Path) -> list[Received]:
    """The messages of a folder, the last first."""
    files = sorted(Path(folder).glob(f"*{SUFFIX}"), reverse=True)[:MOST]
    return [_read(file) for file in files]


def _read(file: Path) -> Received:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content().replace("\r\n", "\n") if body else ""
    return Received(str(message["To"]), str(message["Subject"]), text)
