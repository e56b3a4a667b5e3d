"""The mark of a form: the same one sent twice is one act, one changed in between is another."""

import hashlib
from collections.abc import Mapping

from ancrage.journal.columns import canonical


def form_key(token: str, posted: Mapping[str, object]) -> str:
    """Mark of a form, from the token it carried and all it says."""
    return hashlib.sha256(canonical([token, dict(posted)]).encode()).hexdigest()
