"""Values a rule works on: yes or no, a number known as an interval, a text, a day, or nothing known."""

from datetime import date

from ancrage.interval import Interval

Value = bool | Interval | str | date | None
"""``None`` is unknown."""
