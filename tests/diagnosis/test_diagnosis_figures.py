"""Figures counted again with plain Python, comparable territories, and another way to compare."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from ancrage.diagnosis.assemble import diagnose
from ancrage.diagnosis.published import load_figures
from ancrage.diagnosis.similarity import Method, find_similar, read_method
from ancrage.edition.opening import open_edition
from ancrage.errors import CatalogueError
from ancrage.register.fabric import SHOWN_WHOLE, Places, RegisterReader
from ancrage.register.held import wide_counts
from ancrage.register.territory_places import register_places
from ancrage.territories.resolving import resolve

WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)


@pytest.fixture(scope="module")
def establishments(embedded):
    return pq.read_table(embedded / "establishment.parquet").to_pylist()


def alive(rows, on):
    return [
        row
        for row in rows
        if (row["created"] is None or row["created"] <= on) and (row["active"] or row["closed"] > on)
    ]


def jobs_of(rows):
    hiring = [row for row in rows if row["employer"]]
    known = [row for row in hiring if row["jobs_low"] is not None]
    open_ended = any(row["jobs_high"] is None for row in known)
    return {
        "low": sum(row["jobs_low"] for row in known),
        "central": round(sum(Decimal(str(row["jobs_central"])) for row in known)),
        "high": None if open_ended else sum(row["jobs_high"] for row in known),
        "unknown": len(hiring) - len(known),
    }


@pytest.mark.parametrize("on", [WEBINAR, date(2021, 1, 1), TODAY])
@pytest.mark.parametrize("code", ["dep:23", "23077", "23096", "200044014"])
def test_the_totals_of_the_creuse_are_those_counted_one_by_one(embedded_atlas, establishments, code, on):
    territory = resolve(embedded_atlas, code, on=on)
    fabric = diagnose(embedded_atlas, territory).ess
    codes = set(register_places(embedded_atlas, territory).places.codes)
    inside = [row for row in establishments if code == "dep:23" or row["commune"] in codes]
    everything = alive(inside, on)
    ess = [row for row in everything if row["ess"] == "oui"]
    assert fabric.establishments == len(ess)
    assert fabric.to_check == sum(1 for row in everything if row["ess"] == "a_verifier")
    employers = [row for row in ess if row["employer"]]
    assert fabric.employers == len(employers)
    assert fabric.jobs.model_dump() == jobs_of(ess)
    hiring = sum(1 for row in everything if row["employer"])
    assert fabric.share_of_employers == pytest.approx(len(employers) / hiring)
    assert fabric.share_of_jobs == pytest.approx(jobs_of(ess)["central"] / jobs_of(everything)["central"])
    families = defaultdict(list)
    for row in ess:
        families[row["family"]].append(row)
    for name, family in fabric.families.items():
        if name in families:
            assert (family.establishments, family.jobs.model_dump()) == (
                len(families[name]),
                jobs_of(families[name]),
            )
    sections = Counter(row["section"] or "" for row in ess)
    assert {activity.section: activity.establishments for activity in fabric.activities} == sections


def test_the_creuse_of_the_demonstration_has_every_family(embedded_atlas):
    fabric = diagnose(embedded_atlas, resolve(embedded_atlas, "dep:23", on=TODAY)).ess
    assert sum(family.establishments for family in fabric.families.values()) == fabric.establishments
    assert {"association", "cooperative", "mutuelle", "fondation"} <= fabric.families.keys()


def test_births_and_closures_are_those_of_the_register_year_by_year(embedded, embedded_atlas):
    rows = pq.read_table(embedded / "ess_establishment.parquet").to_pylist()
    fabric = diagnose(embedded_atlas, resolve(embedded_atlas, "dep:23", on=TODAY)).ess
    for column, told in (("created", fabric.births), ("closed", fabric.closures)):
        days = [row[column] for row in rows if row["ess"] == "oui" and row[column]]
        counted = Counter(day.year for day in days if day <= TODAY)
        assert [(year.year, year.count) for year in told] == [
            (year, counted[year]) for year in range(2017, 2027)
        ]
        assert [year.complete for year in told] == [True] * 9 + [False]


def test_the_last_day_of_an_establishment_is_the_eve_of_its_closure(embedded, embedded_atlas):
    rows = pq.read_table(embedded / "ess_establishment.parquet").to_pylist()
    closed = next(row for row in rows if row["ess"] == "oui" and row["closed"] and row["closed"].year > 2021)
    eve = closed["closed"] - timedelta(days=1)
    reader = RegisterReader(embedded_atlas.warehouse)

    def counted(on):
        places = register_places(embedded_atlas, resolve(embedded_atlas, closed["commune"], on=on)).places
        return reader.census(places, on=on).balance.ess.establishments

    same_day_births = sum(
        1
        for row in rows
        if row["ess"] == "oui" and row["commune"] == closed["commune"] and row["created"] == closed["closed"]
    )
    same_day_closures = sum(
        1
        for row in rows
        if row["ess"] == "oui" and row["commune"] == closed["commune"] and row["closed"] == closed["closed"]
    )
    assert counted(closed["closed"]) == counted(eve) + same_day_births - same_day_closures


def test_counts_made_once_by_the_build_are_those_of_a_reading_one_by_one(embedded_atlas, establishments):
    reader = RegisterReader(embedded_atlas.warehouse)
    on = reader.counted_on
    places = register_places(embedded_atlas, resolve(embedded_atlas, "dep:23", on=TODAY)).places
    made = reader.census(places, on=on)
    rows = alive(establishments, on)
    assert made.balance.everything.establishments == len(rows)
    assert made.balance.ess.establishments == sum(1 for row in rows if row["ess"] == "oui")
    assert made.balance.everything.jobs.low == jobs_of(rows)["low"]


def test_a_process_that_holds_the_changes_counts_a_departement_as_one_that_reads_them(
    embedded, embedded_atlas
):
    """On the days a structure opens and closes and their eves, and on both sides of a month."""
    rows = embedded_atlas.warehouse.rows(
        "SELECT day FROM register_day WHERE ess = 'oui' AND establishments <> 0 ORDER BY day"
    )
    days = {day for row in rows[:: len(rows) // 6] for day in (row["day"] - timedelta(days=1), row["day"])}
    days |= {date(2023, 3, 31), date(2023, 4, 1)}
    reader = RegisterReader(embedded_atlas.warehouse)
    places = Places(departements=("23",))
    with open_edition(embedded, resident=True) as resident:
        assert wide_counts(resident)
        holder = RegisterReader(resident)
        with holder.holding(places):
            for day in days:
                found = holder.census(places, on=day)
                assert found == reader.census(places, on=day)
                assert [*found.by_section] == [*reader.census(places, on=day).by_section]
                assert holder.facts(places, on=day) == reader.facts(places, on=day)
                told = [one.largest_employers(places, on=day, limit=10) for one in (holder, reader)]
                assert told[0] == told[1]
        changed = rows[len(rows) // 2]["day"]
        eve, then = (holder.census(places, on=day) for day in (changed - timedelta(days=1), changed))
        assert eve != then


@pytest.mark.parametrize("communes", [SHOWN_WHOLE, SHOWN_WHOLE + 1])
def test_the_employers_of_few_communes_or_many_are_those_of_the_whole_table(embedded_atlas, communes):
    """Their names are held with the rest of a few communes, found again beside it for more."""
    codes = [row["code"] for row in embedded_atlas.warehouse.rows(
        "SELECT commune AS code FROM ess_establishment WHERE employer GROUP BY 1 ORDER BY count(*) DESC, 1"
    )]  # fmt: skip
    places = Places(codes=tuple(codes[:communes]))
    holder, reader = (RegisterReader(embedded_atlas.warehouse) for _ in range(2))
    with holder.holding(places):
        held = holder.largest_employers(places, on=TODAY, limit=10)
        assert holder.ess_of(places).shown is (communes <= SHOWN_WHOLE)
    assert len(held) == 10
    assert held == reader.largest_employers(places, on=TODAY, limit=10)


@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_the_arrondissements_of_the_creuse_add_up_to_the_departement(embedded_atlas, on):
    reader = RegisterReader(embedded_atlas.warehouse)

    def counted(code):
        places = register_places(embedded_atlas, resolve(embedded_atlas, code, on=on)).places
        balance = reader.census(places, on=on).balance
        return Counter(
            ess=balance.ess.establishments,
            everything=balance.everything.establishments,
            employers=balance.everything.employers,
            low=balance.everything.jobs.low,
        )

    assert counted("arr:231") + counted("arr:232") == counted("dep:23")


@pytest.mark.mirror
@pytest.mark.parametrize("town", ["75056", "69123", "13055"])
@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_paris_lyon_and_marseille_count_as_the_sum_of_their_arrondissements(real_atlas, town, on):
    reader = RegisterReader(real_atlas.warehouse)

    def counted(code):
        places = register_places(real_atlas, resolve(real_atlas, code, on=on)).places
        balance = reader.census(places, on=on).balance
        inclusion = reader.inclusion(places)
        return Counter(
            everything=balance.everything.establishments,
            ess=balance.ess.establishments,
            doubtful=balance.to_check,
            low=balance.everything.jobs.low,
            inclusion=sum(inclusion.kinds.values()),
        )

    parts = sum((counted(code) for code in real_atlas.municipal_of[town]), Counter())
    assert counted(town) == parts
    if town == "75056" and on == TODAY:
        assert counted("75107")["everything"] == 2
        assert parts["everything"] > 10


@pytest.mark.mirror
def test_a_merged_commune_counts_what_was_registered_under_its_former_codes(real_atlas):
    places = register_places(real_atlas, resolve(real_atlas, "93066", on=TODAY)).places
    assert {"93066", "93059"} <= set(places.codes)
    then = register_places(real_atlas, resolve(real_atlas, "93059", on=WEBINAR))
    assert then.wider == ("93066",)


def test_counting_a_commune_that_merged_since_is_said_to_be_wider(embedded_atlas):
    diagnosis = diagnose(embedded_atlas, resolve(embedded_atlas, "23023", on=WEBINAR))
    assert any("plus larges que le territoire demandé" in warning for warning in diagnosis.warnings)
    assert any("23149" in warning for warning in diagnosis.warnings)


@pytest.mark.parametrize("code", ["23077", "200044014", "dep:23", "75101", "97411", "arr:231"])
def test_a_distance_is_the_same_both_ways(embedded_atlas, code):
    method = read_method().model_copy(update={"count": 5})
    territory = resolve(embedded_atlas, code, on=TODAY)
    for similar in find_similar(embedded_atlas, territory, method).territories:
        other = resolve(embedded_atlas, similar.territory.code, on=TODAY)
        everyone = method.model_copy(update={"count": 100})
        back = {
            found.territory.code: found.distance
            for found in find_similar(embedded_atlas, other, everyone).territories
        }
        if str(territory.code) in back:
            assert back[str(territory.code)] == similar.distance


def test_overseas_is_compared_with_overseas_unless_told_otherwise(embedded_atlas):
    territory = resolve(embedded_atlas, "97411", on=TODAY)
    near = find_similar(embedded_atlas, territory, read_method())
    assert all(found.territory.code.startswith(("97", "98")) for found in near.territories)
    anywhere = read_method().model_copy(update={"same_zone": False, "count": 50})
    far = find_similar(embedded_atlas, territory, anywhere)
    assert not all(found.territory.code.startswith(("97", "98")) for found in far.territories)


def test_in_the_first_vintage_growth_is_left_out_and_it_is_said(embedded_atlas):
    told = find_similar(embedded_atlas, resolve(embedded_atlas, "23077", on=WEBINAR), read_method())
    assert "écartés" in told.method
    assert "évolution de la population" in told.method.partition("écartés")[2]
    now = find_similar(embedded_atlas, resolve(embedded_atlas, "23077", on=TODAY), read_method())
    assert "évolution de la population" in now.method.partition("écartés")[0]


def test_another_method_gives_another_list_and_says_its_weights(embedded_atlas, tmp_path):
    path = tmp_path / "methode.yaml"
    path.write_text(
        "count: 3\nsame_zone: true\nfeatures:\n"
        "  - {name: population, label: habitants, scale: linear, weight: 5}\n",
        encoding="utf-8",
    )
    territory = resolve(embedded_atlas, "23077", on=TODAY)
    diagnosis = diagnose(embedded_atlas, territory, method=read_method(path))
    assert len(diagnosis.similar) == 3
    assert "habitants (poids 5)" in diagnosis.similar_method
    nearest = [found.features["habitants"] for found in diagnosis.similar]
    assert all(abs(people - territory.population) <= 1 for people in nearest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "count: 3",
        "count: 0\nsame_zone: true\nfeatures: [{name: population, label: x, scale: log, weight: 1}]",
        "count: 3\nsame_zone: true\nfeatures: []",
        "count: 3\nsame_zone: true\nfeatures: [{name: revenu, label: x, scale: log, weight: 1}]",
        "count: 3\nsame_zone: true\nfeatures: [{name: population, label: x, scale: log, weight: 0}]",
        "count: 3\nsame_zone: 1\nautre: 1\nfeatures: [{name: growth, label: x, scale: log, weight: 1}]",
        "count: [",
    ],
)
def test_a_wrong_method_is_refused_with_its_file_named(tmp_path, text):
    path = tmp_path / "methode.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as refusal:
        read_method(path)
    assert path.name in refusal.value.message


def test_a_method_that_is_absent_or_not_text_is_refused(tmp_path):
    binary = tmp_path / "methode.yaml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    for path in (binary, tmp_path, tmp_path / "absente.yaml"):
        with pytest.raises(CatalogueError):
            read_method(path)


def test_the_method_shown_is_the_one_of_the_file():
    assert isinstance(read_method(), Method)
    assert read_method().count == 10
    assert read_method().same_zone


def test_each_published_figure_is_for_a_territory_that_exists_and_has_its_source(embedded_atlas):
    figures = load_figures()
    assert len({figure.id for figure in figures}) == len(figures) > 50
    territories = {figure.territory for figure in figures if not figure.territory.startswith("zonage:")}
    for territory in territories:
        assert resolve(embedded_atlas, territory, on=TODAY).name
    assert all(figure.source.title for figure in figures)
