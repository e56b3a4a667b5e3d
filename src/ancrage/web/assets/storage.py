"""Files of the site, found by their manifest: one that is lost is told with its repair, as any failure."""

from collections.abc import Iterator
from pathlib import Path

from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

from ancrage.errors import SiteFilesError


def asset(name: str) -> str:
    """Address of a file of the site. Raises :class:`SiteFilesError` when the manifest does not tell it."""
    try:
        return static(name)
    except ValueError as error:
        raise SiteFilesError(name) from error


class SiteFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """The manifest of the files served, read again as long as it was not found."""

    hashed_files: dict[str, str]

    def load_manifest(self) -> tuple[dict[str, str], str]:
        """Its entries; none when it is lost or unreadable."""
        try:
            paths, mark = super().load_manifest()
        except (ValueError, OSError, AttributeError):
            return {}, ""
        return paths, mark

    def stored_name(self, name: str) -> str:
        """The name a file is served under."""
        if not self.hashed_files:
            self.hashed_files, self.manifest_hash = self.load_manifest()
        return str(super().stored_name(name))

    def missing(self) -> Iterator[str]:
        """Files of the site that are not on the disk now, its manifest first."""
        paths, _ = self.load_manifest()
        if not paths:
            yield self.manifest_name
        for served in paths.values():
            if not Path(self.path(served)).is_file():
                yield served
