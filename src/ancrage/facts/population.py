"""The ESS structures of a territory as one frame of facts, ready for the rules.

A structure is a legal unit whose head office is in the territory and open on the day. Its workforce is the
sum of the published bands of its establishments that the register holds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ancrage.deferred import Deferred
from ancrage.facts.implying import implications
from ancrage.facts.legal_forms import form_of
from ancrage.facts.legislation import Matter, law_of
from ancrage.facts.register import siae_kind
from ancrage.facts.situation import PUBLIC_FORMS, Audience, age_in_years
from ancrage.facts.territory import TRUTH, ZONING_OF
from ancrage.register.fabric import ALIVE
from ancrage.register.quarters import GENERATION_2024
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import LEGAL, Atlas
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import verdicts_by_commune
from ancrage.territories.zonings.declaration import load_zonings

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

STRUCTURES = """
    SELECT s.siren, s.name, s.commune, s.section AS naf_section, s.legal_category, s.siae_kinds,
        CASE s.qpv WHEN 'oui' THEN TRUE WHEN 'non' THEN FALSE END AS in_quarter,
        CASE s.ess WHEN 'oui' THEN TRUE WHEN 'non' THEN FALSE END AS est_ess, s.fictitious,
        u.created AS date_creation,
        CASE WHEN NOT u.unknown THEN u.low END::DOUBLE AS effectif_low,
        CASE WHEN NOT u.unknown AND NOT u.unbounded THEN u.high END::DOUBLE AS effectif_high
    FROM (FROM ess_establishment WHERE head_office AND {places} AND {alive}) s JOIN (
        SELECT siren, sum(coalesce(jobs_low, 0)) AS low, sum(coalesce(jobs_high, 0)) AS high,
            bool_or(employer IS NULL OR (employer AND jobs_low IS NULL)) AS unknown,
            bool_or(employer AND jobs_high IS NULL) AS unbounded, min(created) AS created
        FROM ess_establishment WHERE {alive} GROUP BY siren
    ) u USING (siren)
    ORDER BY s.siren
"""
PLACES_OF_DAY = """
    SELECT code AS place, code AS told, epci, departement, region FROM commune WHERE vintage = ?
    UNION ALL
    SELECT m.code, m.commune, c.epci, c.departement, c.region
    FROM municipal_arrondissement m JOIN commune c ON c.vintage = m.vintage AND c.code = m.commune
    WHERE m.vintage = ?
"""
IN_FORCE = """
    SELECT code AS place, municipal::DOUBLE AS inhabitants FROM legal_population
    WHERE kind = 'commune' AND in_force_on = ?
"""
"""An arrondissement municipal is no commune: the thresholds on communes say nothing of it."""


def population(atlas: Atlas, territory: Territory) -> pl.DataFrame:
    """One row a structure: ``siren``, ``name``, ``fictitious``, and a column a fact that can be filled.

    Numbers have two columns, ``_low`` and ``_high``; null is unknown.
    """
    places = register_places(atlas, territory).places
    sql = STRUCTURES.format(places=places.condition, alive=ALIVE)
    rows = atlas.warehouse.frame(sql, {"places": places.parameter, "on": territory.on})
    known = _with_kinds(_with_ages(rows, territory.on))
    placed = _with_places(known, atlas, territory)
    public = pl.col("forme").is_in(sorted(PUBLIC_FORMS)).fill_null(value=False)
    who = (
        pl.when(public).then(pl.lit(Audience.COLLECTIVITE.value)).otherwise(pl.lit(Audience.STRUCTURE.value))
    )
    told = _with_law(placed).with_columns(who.alias("demandeur"), pl.lit(value=True).alias("inscrite_sirene"))
    return _with_implied(told)


def _with_implied(rows: pl.DataFrame) -> pl.DataFrame:
    """What the facts of each row imply, in the order of the declarations, where nothing else tells it."""
    for one in implications():
        if set(one.when) <= set(rows.columns):
            holds = pl.all_horizontal(pl.col(fact).is_in(list(kept)) for fact, kept in one.when.items())
            rows = rows.with_columns(
                pl.when(_column(rows, fact, value).is_null() & holds)
                .then(pl.lit(value))
                .otherwise(_column(rows, fact, value))
                .alias(fact)
                for fact, value in one.then.items()
            )
    return rows


def _column(rows: pl.DataFrame, fact: str, value: str | bool) -> pl.Expr:
    if fact in rows.columns:
        return pl.col(fact)
    return pl.lit(None, dtype=pl.Boolean if isinstance(value, bool) else pl.String)


def _with_law(rows: pl.DataFrame) -> pl.DataFrame:
    """The facts of the law that holds, worked out once a département."""
    told = {code: law_of([code]) for code in rows["departement"].unique().to_list()}
    return rows.with_columns(
        pl.Series(matter.fact, [told[code][matter.fact].value for code in rows["departement"]], pl.Boolean)
        for matter in Matter
    )


def _with_ages(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    days = rows["date_creation"].drop_nulls().unique()
    ages = pl.DataFrame(
        {"date_creation": days, "anciennete_low": [age_in_years(day, on) for day in days]},
        schema={"date_creation": pl.Date, "anciennete_low": pl.Float64},
    )
    aged = rows.join(ages, on="date_creation", how="left")
    return aged.with_columns(pl.col("anciennete_low").alias("anciennete_high"))


def _with_kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """Forms and kinds of SIAE, worked out once for each category and each set of kinds."""
    categories = rows["legal_category"].unique().to_list()
    forms = {category: form_of(category).value for category in categories}
    listed = rows["siae_kinds"].to_list()
    kinds = {key: siae_kind(None if key is None else list(key)).value for key in set(map(_frozen, listed))}
    return rows.with_columns(
        pl.Series("forme", [forms[each] for each in rows["legal_category"]], pl.String),
        pl.Series("type_siae", [kinds[_frozen(each)] for each in listed], pl.String),
    )


def _frozen(kinds: list[str] | None) -> tuple[str, ...] | None:
    return None if kinds is None else tuple(kinds)


def _with_places(rows: pl.DataFrame, atlas: Atlas, territory: Territory) -> pl.DataFrame:
    places = atlas.warehouse.frame(PLACES_OF_DAY, (territory.vintage, territory.vintage))
    placed = _with_inhabitants(
        rows.join(places, left_on="commune", right_on="place", how="left"), atlas, territory.on
    )
    flagged = placed.join(_flags(atlas, territory), left_on="commune", right_on="place", how="left")
    overseas, mainland = (territory.on >= GENERATION_2024[each] for each in (True, False))
    placed_then = pl.when(pl.col("commune").str.starts_with("97")).then(overseas).otherwise(mainland)
    inside = pl.when(placed_then).then(pl.col("in_quarter"))
    return flagged.with_columns(
        pl.col("told").alias("commune"),
        pl.col("inhabitants").alias("population_low"),
        pl.col("inhabitants").alias("population_high"),
        # A commune without quarter settles it; one that has some leaves it to the place of the structure.
        pl.when(pl.col("en_qpv").not_()).then(pl.lit(value=False)).otherwise(inside).alias("en_qpv"),
    ).drop("told", "inhabitants", "in_quarter")


def _with_inhabitants(rows: pl.DataFrame, atlas: Atlas, on: date) -> pl.DataFrame:
    """The population the law reads on the day; unknown where that of another year only is known."""
    if not atlas.warehouse.holds(LEGAL):
        return rows.with_columns(pl.lit(None, pl.Float64).alias("inhabitants"))
    people = atlas.warehouse.frame(IN_FORCE, (date(on.year, 1, 1),))
    return rows.join(people, left_on="commune", right_on="place", how="left")


def _flags(atlas: Atlas, territory: Territory) -> pl.DataFrame:
    """A column a zoning fact, for each commune and arrondissement of the territory on its day.

    A zoning that does not exist on the day classifies nobody.
    """
    found = verdicts_by_commune(atlas, territory)
    existing = {zoning.id for zoning in load_zonings().values() if territory.on in zoning.period}
    columns: dict[str, list[bool | None]] = {
        fact: [TRUTH.get(verdicts[zoning]) if zoning in existing else False for verdicts in found.values()]
        for fact, zoning in ZONING_OF.items()
    }
    schema = {"place": pl.String, **dict.fromkeys(ZONING_OF, pl.Boolean)}
    return pl.DataFrame({"place": list(found), **columns}, schema=schema)
