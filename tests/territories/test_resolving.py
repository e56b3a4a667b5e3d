"""From a code and a day to the whole territory: communes, parents, population, oddities of France."""

from collections import defaultdict
from datetime import date

import pytest

from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.resolving import resolve, whole

WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)
VINTAGES = range(2021, 2027)
PARTITIONS = ("epci", "ept", "arrondissement", "departement", "region")


def parents(territory, kind):
    return {parent.code.code for parent in territory.parents if parent.code.kind is kind}


@pytest.fixture(scope="module")
def communes_by_unit(embedded_atlas):
    """Codes and populations of the communes of each territory, gathered with dictionaries alone."""
    found = defaultdict(dict)
    for row in embedded_atlas.warehouse.rows("FROM commune"):
        for kind in PARTITIONS:
            if row[kind]:
                found[row["vintage"], kind, row[kind]][row["code"]] = row["population"]
    return found


def total(populations):
    return None if None in populations else sum(populations)


def test_every_unit_of_every_vintage_has_a_commune_and_every_commune_a_known_unit(
    embedded_atlas, communes_by_unit
):
    marks = ", ".join("?" for _ in PARTITIONS)
    rows = embedded_atlas.warehouse.rows(
        f"SELECT vintage, kind, code FROM unit WHERE kind IN ({marks})", PARTITIONS
    )
    units = {(row["vintage"], row["kind"], row["code"]) for row in rows}
    assert units - communes_by_unit.keys() == set()
    unknown = communes_by_unit.keys() - units
    collectivities = {"975", "977", "978", "984", "986", "987", "988", "989"}
    assert unknown == {(2021, kind, code) for kind in ("departement", "region") for code in collectivities}


def test_the_population_of_every_unit_of_every_vintage_is_the_sum_of_its_communes(
    embedded_atlas, communes_by_unit
):
    rows = embedded_atlas.warehouse.rows("FROM territory_feature")
    computed = {(row["vintage"], row["kind"], row["code"]): row["population"] for row in rows}
    known = [key for key in communes_by_unit if key in computed]
    assert len(known) > 9_500
    for key in known:
        assert computed[key] == total(communes_by_unit[key].values())


@pytest.mark.parametrize("vintage", VINTAGES)
def test_a_unit_resolves_with_its_communes_and_the_sum_of_their_populations(
    embedded_atlas, communes_by_unit, vintage
):
    rows = embedded_atlas.warehouse.rows(
        f"SELECT kind, code FROM unit WHERE vintage = ? AND kind IN {PARTITIONS} ORDER BY kind, code",
        (vintage,),
    )
    kinds = set()
    for row in rows[::60]:
        territory = whole(
            embedded_atlas, TerritoryCode(Kind(row["kind"]), row["code"]), on=date(vintage, 6, 30)
        )
        expected = communes_by_unit[vintage, row["kind"], row["code"]]
        assert territory.communes == tuple(sorted(expected))
        assert territory.population == total(expected.values())
        assert territory.vintage == vintage
        assert str(territory.parents[-1].code) == "fr"
        kinds.add(row["kind"])
    assert kinds >= {"epci", "arrondissement", "departement"}


@pytest.mark.parametrize("kind", ["departement", "region", "ept"])
def test_every_large_territory_of_today_resolves(embedded_atlas, communes_by_unit, kind):
    for vintage, unit_kind, code in sorted(communes_by_unit):
        if (vintage, unit_kind) == (2026, kind):
            territory = whole(embedded_atlas, TerritoryCode(Kind(kind), code), on=TODAY)
            expected = communes_by_unit[vintage, kind, code]
            assert territory.communes == tuple(sorted(expected))
            assert territory.population == total(expected.values())


def test_france_is_the_mainland_and_the_five_overseas_departements(embedded_atlas, communes_by_unit):
    for on, communes in ((WEBINAR, 34_965), (TODAY, 34_875)):
        france = resolve(embedded_atlas, "fr", on=on)
        assert len(france.communes) == communes
        rows = embedded_atlas.warehouse.rows("FROM commune WHERE vintage = ? AND zone <> 'com'", (on.year,))
        assert france.population == total([row["population"] for row in rows])
        assert france.parents == ()


@pytest.mark.mirror
@pytest.mark.parametrize("vintage", VINTAGES)
def test_contracts_resolve_in_every_vintage_and_cover_all_but_one_island(real_atlas, vintage):
    on = date(vintage, 6, 30)
    rows = real_atlas.warehouse.rows(
        "FROM unit WHERE vintage = ? AND kind = 'crte' ORDER BY code", (vintage,)
    )
    assert len(rows) == 853
    for row in rows[::150]:
        territory = whole(real_atlas, TerritoryCode(Kind.CRTE, row["code"]), on=on)
        populations = real_atlas.warehouse.rows(
            "SELECT population FROM commune WHERE vintage = ? AND code IN (SELECT unnest(?))",
            (vintage, list(territory.communes)),
        )
        assert len(populations) == len(territory.communes) > 0
        assert territory.population == total([one["population"] for one in populations])
        assert parents(territory, Kind.REGION)
    outside = real_atlas.warehouse.rows(
        "SELECT code FROM commune WHERE vintage = $v AND zone <> 'com' AND code NOT IN "
        "(SELECT commune FROM unit_member WHERE vintage = $v AND kind = 'crte')",
        {"v": vintage},
    )
    assert [row["code"] for row in outside] == ["22016"]


@pytest.mark.mirror
def test_76_communes_lie_in_two_contracts_and_name_both(real_atlas):
    rows = real_atlas.warehouse.rows(
        "SELECT commune FROM unit_member WHERE vintage = 2023 AND kind = 'crte' "
        "GROUP BY 1 HAVING count(*) = 2 ORDER BY 1"
    )
    assert len(rows) == 76
    commune = rows[0]["commune"]
    assert len(parents(resolve(real_atlas, commune, on=date(2025, 6, 30)), Kind.CRTE)) == 2
    before_the_list_answers = resolve(real_atlas, commune, on=date(2023, 6, 30))
    assert not parents(before_the_list_answers, Kind.CRTE)


@pytest.mark.parametrize(
    ("code", "departements", "regions"),
    [
        ("200040624", {"04", "84"}, {"93"}),
        ("247600588", {"76", "80"}, {"28", "32"}),
        ("200040681", {"26", "84"}, {"84", "93"}),
        ("248200016", {"32", "47", "82"}, {"75", "76"}),
    ],
)
def test_an_intercommunality_astride_a_border_shows_every_parent(embedded_atlas, code, departements, regions):
    territory = resolve(embedded_atlas, code, on=TODAY)
    assert parents(territory, Kind.DEPARTEMENT) == departements
    assert parents(territory, Kind.REGION) == regions


def test_the_parent_that_holds_most_communes_comes_first(embedded_atlas):
    deux_rives = resolve(embedded_atlas, "248200016", on=TODAY)
    first = next(parent for parent in deux_rives.parents if parent.code.kind is Kind.DEPARTEMENT)
    assert str(first.code) == "dep:82"


NO_ARRONDISSEMENT_COUNTED = (2021,)
"""The year whose legal populations are known from the members of the EPCI alone."""


@pytest.mark.parametrize("commune", ["75056", "69123", "13055"])
@pytest.mark.parametrize("vintage", VINTAGES)
def test_paris_lyon_and_marseille_have_exactly_the_people_of_their_arrondissements(
    embedded_atlas, commune, vintage
):
    on = date(vintage, 6, 30)
    rows = embedded_atlas.warehouse.rows(
        "FROM municipal_arrondissement WHERE vintage = ? AND commune = ?", (vintage, commune)
    )
    arrondissements = [resolve(embedded_atlas, row["code"], on=on) for row in rows]
    assert len(arrondissements) == {"75056": 20, "69123": 9, "13055": 16}[commune]
    town = resolve(embedded_atlas, commune, on=on)
    assert town.population is not None
    if vintage in NO_ARRONDISSEMENT_COUNTED:
        assert {one.population for one in arrondissements} == {None}
    else:
        assert town.population == sum(one.population for one in arrondissements)
    for one in arrondissements:
        assert (one.communes, one.municipal) == ((commune,), one.code.code)
        assert str(one.parents[0].code) == commune
        assert parents(one, Kind.DEPARTEMENT) == {commune[:2]}


@pytest.mark.parametrize("island", ["22016", "29083", "29155", "85113"])
@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_the_four_islands_have_no_intercommunality_and_say_so(embedded_atlas, island, on):
    territory = resolve(embedded_atlas, island, on=on)
    assert not parents(territory, Kind.EPCI)
    assert parents(territory, Kind.DEPARTEMENT) == {island[:2]}
    assert "n'appartient à aucune intercommunalité" in territory.note


def test_nobody_else_is_without_intercommunality(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT DISTINCT code FROM commune WHERE epci IS NULL AND zone <> 'com' ORDER BY 1"
    )
    assert [row["code"] for row in rows] == ["22016", "29083", "29155", "85113"]


@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_mayotte_has_communes_without_arrondissement(embedded_atlas, on):
    mayotte = resolve(embedded_atlas, "976", on=on)
    assert len(mayotte.communes) == 17
    mamoudzou = resolve(embedded_atlas, "97611", on=on)
    assert not parents(mamoudzou, Kind.ARRONDISSEMENT)
    assert parents(mamoudzou, Kind.REGION) == {"06"}


@pytest.mark.parametrize("departement", ["971", "972", "973", "974", "976"])
def test_each_overseas_departement_is_also_a_region(embedded_atlas, departement):
    for on in (WEBINAR, TODAY):
        territory = resolve(embedded_atlas, f"dep:{departement}", on=on)
        (region,) = parents(territory, Kind.REGION)
        assert resolve(embedded_atlas, f"reg:{region}", on=on).communes == territory.communes


def test_the_metropole_of_lyon_is_an_intercommunality_of_the_rhone(embedded_atlas):
    lyon = resolve(embedded_atlas, "200046977", on=TODAY)
    assert (lyon.name, lyon.kind, len(lyon.communes)) == ("Métropole de Lyon", Kind.EPCI, 58)
    assert parents(lyon, Kind.DEPARTEMENT) == {"69"}


def test_a_territorial_establishment_lies_in_greater_paris(embedded_atlas):
    plaine_commune = resolve(embedded_atlas, "200057867", on=TODAY)
    assert plaine_commune.kind is Kind.EPT
    assert "200054781" in parents(plaine_commune, Kind.EPCI)
    saint_denis = resolve(embedded_atlas, "93066", on=TODAY)
    assert parents(saint_denis, Kind.EPT) == {"200057867"}


def test_an_overseas_collectivity_resolves_with_its_people(embedded_atlas):
    for on in (WEBINAR, TODAY):
        saint_pierre = resolve(embedded_atlas, "97502", on=on)
        assert saint_pierre.name == "Saint-Pierre"
        assert saint_pierre.note == ""
        # It belongs to no EPCI, and the figures of 2021 are known from the members of the EPCI alone.
        counted = saint_pierre.legal.nearest if on == WEBINAR else saint_pierre.legal
        assert counted.municipal > 5_000


def test_an_uninhabited_land_has_an_unknown_population_not_zero(embedded_atlas):
    row = embedded_atlas.warehouse.row("FROM commune WHERE vintage = 2026 AND population IS NULL LIMIT 1")
    assert resolve(embedded_atlas, row["code"], on=TODAY).population is None


def test_faux_la_montagne_and_its_parents_on_the_day_of_the_webinar(embedded_atlas):
    faux = resolve(embedded_atlas, "23077", on=WEBINAR)
    assert [
        (str(parent.code), parent.name) for parent in faux.parents if parent.code.kind is not Kind.CRTE
    ] == [
        ("200044014", "CC Creuse Grand Sud"),
        ("arr:231", "Aubusson"),
        ("dep:23", "Creuse"),
        ("reg:75", "Nouvelle-Aquitaine"),
        ("fr", "France"),
    ]
    assert (faux.vintage, faux.communes) == (2021, ("23077",))


def test_the_vintage_changes_on_the_first_of_january(embedded_atlas):
    assert resolve(embedded_atlas, "23077", on=date(2021, 12, 31)).vintage == 2021
    assert resolve(embedded_atlas, "23077", on=date(2022, 1, 1)).vintage == 2022


def test_a_quarter_is_a_part_of_its_commune_and_has_no_borrowed_population(embedded_atlas):
    albatros = resolve(embedded_atlas, "QN02301M", on=TODAY)
    assert (albatros.name, albatros.communes, albatros.population) == ("L'Albatros", ("23096",), None)
    assert str(albatros.parents[0].code) == "23096"
    assert "partie de sa commune" in albatros.note


@pytest.mark.mirror
def test_a_quarter_that_spans_communes_names_them_all(real_atlas):
    row = real_atlas.warehouse.row(
        "SELECT code, list(commune ORDER BY commune) AS communes FROM unit_member "
        "WHERE vintage = 2026 AND kind = 'qpv' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    )
    quarter = resolve(real_atlas, row["code"], on=TODAY)
    assert list(quarter.communes) == row["communes"]
    assert {parent.code.code for parent in quarter.parents} >= set(row["communes"])


def test_a_collectivity_of_special_status_is_made_of_its_departements_less_what_left_them(embedded_atlas):
    alsace = resolve(embedded_atlas, "6AE", on=TODAY)
    rhins = [resolve(embedded_atlas, code, on=TODAY) for code in ("dep:67", "dep:68")]
    assert set(alsace.communes) == {commune for one in rhins for commune in one.communes}
    assert alsace.population == sum(one.population for one in rhins)
    assert alsace.note.endswith("(texte non relu : à vérifier).")
    assert str(resolve(embedded_atlas, str(alsace.code), on=TODAY).code) == "ens:6AE"
    rhone, left = resolve(embedded_atlas, "dep:69", on=TODAY), resolve(embedded_atlas, "69D", on=TODAY)
    lyon = resolve(embedded_atlas, "69M", on=TODAY)
    assert set(left.communes) | set(lyon.communes) == set(rhone.communes)
    assert not set(left.communes) & set(lyon.communes)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("23", "département"),
        ("974", "département"),
        ("975", "collectivité d'outre-mer"),
        ("987", "collectivité d'outre-mer"),
        ("988", "territoire français d'outre-mer"),
    ],
)
def test_a_collectivity_of_overseas_is_not_called_a_departement(code: str, told: str) -> None:
    assert TerritoryCode(Kind.DEPARTEMENT, code).label == told
