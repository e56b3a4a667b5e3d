"""Workforce intervals as columns of an Ibis table: same rules as for one establishment."""

from typing import Any

import ibis

from ancrage.register.workforce import NOT_EMPLOYER, intervals


def with_workforce(table: Any) -> Any:
    """Add ``employer``, ``jobs_low``, ``jobs_central``, ``jobs_high`` to an Ibis table.

    The table has ``band`` (text; a band the INSEE does not define counts as unknown) and ``mark``
    (truth value). Same rules as :func:`workforce` and :func:`is_employer`.
    """
    band, zero = table.band, (table.band == NOT_EMPLOYER) & ~table.mark.fill_null(False)
    low = _bound(band, zero, {code: found.low for code, found in intervals().items()}, "int64")
    high = _bound(band, zero, {code: found.high for code, found in intervals().items()}, "int64")
    central = _bound(band, zero, {code: found.central for code, found in intervals().items()}, "float64")
    employer = ibis.cases(
        (table.mark.fill_null(False) | (low.fill_null(0) > 0), True),
        ((~table.mark).fill_null(False) | (band == NOT_EMPLOYER).fill_null(False), False),
        else_=ibis.null("boolean"),
    )
    return table.mutate(employer=employer, jobs_low=low, jobs_central=central, jobs_high=high)


def _bound(band: Any, zero: Any, bounds: dict[str, Any], kind: str) -> Any:
    known = [(code, ibis.literal(bound, kind)) for code, bound in bounds.items() if bound is not None]
    return zero.ifelse(ibis.literal(0, kind), band.cases(*known, else_=ibis.null(kind)))
