"""What is told of whole départements, worked out once for a large register: France is asked every day.

Each table says no more than those of the edition: an edition that does not hold them is counted row by row.
"""

from ancrage.register.catalogue import families
from ancrage.register.levels import EXACT, FIRST_TOLD, MEASURES
from ancrage.register.tables import ESS_ESTABLISHMENT, REGISTER_COUNT, REGISTER_DAY, REGISTER_MONTH_WIDE
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

COUNT, MONTH, DAY = "register_count_wide", "ess_month_wide", "ess_day_wide"
LARGEST, SPELL = "ess_largest_wide", "ess_spell_wide"
PLACE, SPELL_ALL = "ess_place_wide", "ess_spell_all_wide"
SHOWN_WIDE, CHANGES = "ess_shown_wide", "register_day_wide"
CHANGES_KIND, CHANGES_MAPPED = "register_day_kind", "register_day_mapped"
LAST = 32_767
"""Days after the first one told from which changes are told together: nobody asks a day so far."""
SPELL_MAPPED = "ess_spell_mapped"
"""The same as the last of these, to be mapped: France reads two million rows of it."""
WIDE = (COUNT, DAY, MONTH, LARGEST, SHOWN_WIDE, PLACE, SPELL, SPELL_ALL, CHANGES)
"""In the order they are made: some are made of others."""
RANKS = 500
"""Employers kept for each département, in the order they are shown: those open on a day are found there."""
EVER = "DATE '0001-01-01'"
"""Day from which an establishment whose creation is not known is counted."""

_COUNT = f"""
SELECT departement, ess, family, section, sum(establishments) AS establishments, sum(employers) AS employers,
    sum(low) AS low, round(sum(central), {EXACT}) AS central, sum(high) AS high, sum(unbounded) AS unbounded,
    sum(unknown) AS unknown
FROM {REGISTER_COUNT.name} GROUP BY ALL ORDER BY departement, ess, family, section
"""

_SUMS = ", ".join(
    f"sum({one})::BIGINT AS {one}"
    for one in ("births", "closures", "inside", "outside", "unsure", "disagreements")
)
_OPEN = """(ess = 'oui' AND qpv = 'oui')::INTEGER, (ess = 'oui' AND qpv = 'non')::INTEGER,
    (ess = 'oui' AND qpv = 'a_verifier')::INTEGER, sources_disagree::INTEGER"""
_SHUT = ", ".join(f"-{one.strip()}" for one in _OPEN.split(","))
_ROWS = f"{ESS_ESTABLISHMENT.name} WHERE departement IS NOT NULL"
_CHANGES = f"""
SELECT departement, date_trunc('month', day)::DATE AS month, day, {_SUMS} FROM (
    SELECT departement, created AS day, 1 AS births, 0 AS closures, 0 AS inside, 0 AS outside, 0 AS unsure,
        0 AS disagreements FROM {_ROWS} AND ess = 'oui' AND created IS NOT NULL
    UNION ALL SELECT departement, closed, 0, 1, 0, 0, 0, 0 FROM {_ROWS} AND ess = 'oui' AND closed IS NOT NULL
    UNION ALL SELECT departement, coalesce(created, {EVER}), 0, 0, {_OPEN} FROM {_ROWS}
        AND (active OR closed > coalesce(created, {EVER}))
    UNION ALL SELECT departement, closed, 0, 0, {_SHUT} FROM {_ROWS}
        AND NOT active AND closed > coalesce(created, {EVER})
) GROUP BY ALL
"""
"""Births and closures in the ESS a day, and what more, or less, is open: in a quarter, outside, not known,
and told otherwise by two sources."""
_DAY = f"{_CHANGES} ORDER BY month, departement, day"
_MONTH = f"SELECT departement, month, {_SUMS} FROM {DAY} GROUP BY ALL ORDER BY departement, month"

_LARGEST = f"""
SELECT departement, siret, commune, created, closed, active, jobs_central, known FROM (
    SELECT departement, siret, commune, created, closed, active, jobs_central,
        row_number() OVER (PARTITION BY departement ORDER BY jobs_central DESC, siret) AS rank,
        count(*) OVER (PARTITION BY departement) AS known
    FROM {_ROWS} AND ess = 'oui' AND employer AND jobs_low IS NOT NULL
) WHERE rank <= {RANKS} ORDER BY departement, rank
"""

_SHOWN = f"""
SELECT siret, name, diffusible, commune, family, section, band, jobs_central, reasons, fictitious
FROM {ESS_ESTABLISHMENT.name} WHERE siret IN (SELECT siret FROM {LARGEST}) ORDER BY commune, siret
"""
"""What is shown of those."""

_CHANGED = f"""
SELECT month, day, coalesce(place, -1)::SMALLINT AS place, coalesce(key, -1)::SMALLINT AS key,
    {", ".join(f"sum({name})::INTEGER AS {name}" for name in ("establishments", "employers", "low"))},
    round(sum(central), {EXACT}) AS central,
    {", ".join(f"sum({name})::INTEGER AS {name}" for name in ("high", "unbounded", "unknown"))}
FROM {REGISTER_DAY.name}
LEFT JOIN (SELECT departement, row_number() OVER (ORDER BY departement) - 1 AS place
    FROM (SELECT DISTINCT departement FROM {REGISTER_MONTH_WIDE.name})) USING (departement)
LEFT JOIN (SELECT ess, family, section, row_number() OVER (ORDER BY ess, family, section) - 1 AS key
    FROM (SELECT DISTINCT ess, family, section FROM {REGISTER_MONTH_WIDE.name})) USING (ess, family, section)
GROUP BY ALL ORDER BY month, day
"""
"""What changed each day in a département, which are told by their ranks among those of the months, as are
verdict, family and section together."""

_SUMMED = ", ".join(MEASURES)
_KINDS = f"SELECT DISTINCT key, {_SUMMED} FROM {CHANGES}"
_KIND = f"""
SELECT key, {", ".join(f"{name}::DOUBLE AS {name}" for name in MEASURES)} FROM ({_KINDS})
ORDER BY key, {_SUMMED}
"""
"""What a change adds, once for all those that add the same."""
_CHANGED_MAPPED = f"""
SELECT least(day - DATE '{FIRST_TOLD}', {LAST})::SMALLINT AS day, place, code FROM {CHANGES}
JOIN (SELECT *, (row_number() OVER (ORDER BY key, {_SUMMED}) - 1)::INTEGER AS code FROM ({_KINDS}))
    USING (key, {_SUMMED})
ORDER BY day, place, code
"""
"""The day of each change, from the first one told, its place and its kind."""

_PLACE = f"SELECT DISTINCT departement FROM {_ROWS} ORDER BY 1"


def _spell() -> str:
    """Days are counted from 1970; the place of a family among those declared, NULL when it is none."""
    keys = ", ".join(f"'{name}'" for name in families())
    return f"""
SELECT departement, (list_position([{keys}], family) - 1)::TINYINT AS position,
    (created - DATE '1970-01-01')::INTEGER AS created, (closed - DATE '1970-01-01')::INTEGER AS closed,
    active, fictitious, count(*)::INTEGER AS count
FROM {_ROWS} AND ess = 'oui' GROUP BY ALL ORDER BY departement, position, created
"""


_SPELL_ALL = f"""
SELECT position, created, closed, active, fictitious, sum(count)::INTEGER AS count
FROM {SPELL} GROUP BY ALL ORDER BY position, created
"""
"""The same for all the départements together."""
UNKNOWN = -(2**31)
"""A day that is not known: before any other."""


def told_spells(source: str) -> str:
    """SQL: the columns of spells, no cell of them empty."""
    return (
        f"SELECT coalesce(created, {UNKNOWN}) AS created, coalesce(closed, {UNKNOWN}) AS closed, active, "
        "coalesce(fictitious, false) AS fictitious, coalesce(position, -1) AS position, count "
        f"FROM {source}"
    )


_SPELL_MAPPED = f"""
SELECT *, position < 0 OR created = {UNKNOWN} OR (closed <> {UNKNOWN} AND closed < created)
    OR (closed = {UNKNOWN} AND NOT active) AS odd
FROM ({told_spells(SPELL_ALL)}) ORDER BY odd, position, closed, created
"""
"""``odd``: never watched, whatever the day asked."""


def open_wide(warehouse: Warehouse) -> None:
    """Make these tables known to an edition."""
    warehouse.derive(COUNT, _COUNT)
    warehouse.derive(DAY, _DAY)
    warehouse.derive(MONTH, _MONTH)
    warehouse.derive(LARGEST, _LARGEST)
    warehouse.derive(SPELL, _spell())
    warehouse.derive(PLACE, _PLACE)
    warehouse.derive(SPELL_ALL, _SPELL_ALL)
    warehouse.derive(CHANGES_KIND, _KIND)
    warehouse.derive(CHANGES_MAPPED, _CHANGED_MAPPED)
    warehouse.derive(SPELL_MAPPED, _SPELL_MAPPED)
    warehouse.derive(SHOWN_WIDE, _SHOWN)
    warehouse.derive(CHANGES, _CHANGED)


def write_wide(warehouse: ResidentWarehouse) -> None:
    """Write them beside a large edition, for every process and every command."""
    open_wide(warehouse)
    told = warehouse.holds(REGISTER_DAY.name) and warehouse.holds(REGISTER_MONTH_WIDE.name)
    for name in WIDE:
        if name != CHANGES or told:
            warehouse.write_derived(name)
    for name in (SPELL_MAPPED, *((CHANGES_KIND, CHANGES_MAPPED) if told else ())):
        warehouse.write_mapped(name)
