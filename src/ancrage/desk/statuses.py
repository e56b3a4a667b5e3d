"""What a failure is for a visitor of the site or of the API: an HTTP status."""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404

from ancrage import errors
from ancrage.errors import AncrageError

NOT_FOUND = (
    errors.UnknownTerritoryError,
    errors.UnknownZoningError,
    errors.UnknownAddressError,
    errors.UnknownSourceError,
    errors.UnknownAidError,
    errors.UnknownLeverError,
    errors.UnknownStructureError,
    errors.UnknownCaseError,
    errors.UnknownBuyerError,
    errors.UnknownTaskError,
    errors.UnknownObjectError,
    Http404,
)
UNAVAILABLE = (
    errors.NoEditionError,
    errors.SiteFilesError,
    errors.StorageError,
    errors.SourceUnavailableError,
    errors.MissingSourceError,
    errors.BusyError,
    errors.TaskQueueFullError,
    errors.DatabaseUnavailableError,
    errors.MailError,
    errors.DrawingError,
    errors.ScannerUnavailableError,
    DatabaseError,
)
CONFLICTS = (errors.StaleVersionError, errors.RetiredError, errors.ForbiddenStateError)
OVER = (errors.InvitationError, errors.AlertError, errors.IntroductionError, errors.NeedError)
"""A link that leads to nothing any more."""
MISTAKES = (AncrageError, BadRequest, SuspiciousOperation)


def status_of(error: Exception) -> int:
    """HTTP status of a failure: the visitor's mistakes are 4xx, an outage is 503, a fault of ours is 500.

    A name of several territories is no mistake: the answer is the choice (300). A commune that ceased is gone
    (410), and what it became is told.
    """
    if isinstance(error, errors.AmbiguousTerritoryError | errors.AmbiguousAddressError):
        return 300
    if isinstance(error, errors.CeasedTerritoryError):
        return 410
    if isinstance(error, NOT_FOUND):
        return 404
    if isinstance(
        error, errors.InvitationError | errors.AlertError | errors.IntroductionError | errors.NeedError
    ):
        return 410
    if isinstance(error, errors.ForeignOriginError | errors.NotAllowedError):
        return 403
    if isinstance(error, CONFLICTS):
        return 409
    if isinstance(error, errors.ShareError):
        return 429
    if isinstance(error, UNAVAILABLE):
        return 503
    return 400 if isinstance(error, MISTAKES) else 500
