"""Files that a form carries: in memory, and read by nothing before the antivirus looked at them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

from ancrage.workspace.antivirus import look_at


class LookedAt(MemoryFileUploadHandler):
    """Django's, whose files are looked at when they are first read: a refusal is then that of the form."""

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file of a form."""
        found = super().file_complete(file_size)
        if found is not None and found.file is not None:
            found.file = _Content(found.file.read())
        return found


class _Content(BytesIO):
    """Bytes that raise the errors of :func:`ancrage.workspace.antivirus.look_at` when they are read."""

    seen = False

    def _look(self) -> None:
        if not self.seen:
            look_at(self.getvalue())
            self.seen = True

    def read(self, *size: Any) -> bytes:
        """Some bytes, or all."""
        self._look()
        return super().read(*size)

    def readline(self, *size: Any) -> bytes:
        """A line."""
        self._look()
        return super().readline(*size)
