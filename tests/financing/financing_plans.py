"""Plans made for the tests: small, exact, and written as a person would."""

from decimal import Decimal
from typing import Any

import yaml

from ancrage.financing.files import read_plan_text
from ancrage.financing.plan import SCHEMA, Plan


def plan_of(**told: Any) -> Plan:
    """A plan of French keys."""
    return read_plan_text(text_of(**told))


def text_of(**told: Any) -> str:
    """Its text."""
    return yaml.safe_dump({"schema": SCHEMA, **told}, allow_unicode=True, sort_keys=False)


def spent(amount: str | Decimal, **more: Any) -> dict[str, Any]:
    """An expense of 2026."""
    return {"compte": "606", "annee": 2026, "montant": str(amount), **more}


def given(amount: str | Decimal, **more: Any) -> dict[str, Any]:
    """A grant of 2026 by a Région."""
    return {"compte": "74", "annee": 2026, "montant": str(amount), "financeur": "region", **more}
