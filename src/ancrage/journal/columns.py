"""JSON kept to the letter: a digest is made of it, and a column of JSON would write numbers its own way."""

import json
from typing import Any

from django.db import models


def canonical(value: object) -> str:
    """JSON written one way only. Raises ValueError for what is not a number."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class CanonicalField(models.TextField):  # type: ignore[type-arg]
    """A value of JSON in a column of text, as :func:`canonical` writes it."""

    def from_db_value(self, value: str, *_about: object) -> Any:
        """The value a column holds."""
        return json.loads(value)

    def to_python(self, value: Any) -> Any:
        """The value a backup holds."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str:
        """What the column will hold."""
        return canonical(value)

    def value_to_string(self, obj: models.Model) -> str:
        """What a backup will hold."""
        return canonical(self.value_from_object(obj))
