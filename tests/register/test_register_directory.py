"""The directory answers what a plain reading of its rows answers, and hides what must be hidden."""

import math
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ancrage.errors import DirectoryQueryError, UnknownStructureError
from ancrage.reasoning import Verdict
from ancrage.register.directory.listing import Directory
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.structure import Listed, structure_of
from ancrage.register.directory.vocabulary import MOST_ROWS, Employer, Order
from ancrage.repairs import Search
from ancrage.territories.codes import Kind, departement_of, is_overseas_collectivity
from ancrage.territories.naming import plain_words
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)
REAL_PLACES = ("23096", "59350", "31555", "200044014", "dep:23", "reg:75", "fr")
EMPLOYED = {True: Employer.OUI, False: Employer.NON, None: Employer.INCONNU}


@pytest.fixture(scope="module")
def real(real_atlas):
    return Directory(real_atlas)


@pytest.fixture(scope="module")
def demonstration(embedded_atlas):
    return Directory(embedded_atlas)


@pytest.fixture(scope="module")
def real_rows(real):
    return real.atlas.warehouse.rows("SELECT * FROM structure_directory")


@pytest.fixture(scope="module")
def demonstration_rows(demonstration):
    return demonstration.atlas.warehouse.rows("SELECT * FROM structure_directory")


def kilometres(one, other):
    """By the chord between two points of the sphere: another road than the haversine of the SQL."""
    (x, y), (u, v) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    ends = [(math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)) for a, b in ((x, y), (u, v))]
    return 2 * 6371.0088 * math.asin(min(1.0, math.dist(*ends) / 2))


def lies_in(row, query, directory):
    """Whether a row is in the territory itself, read from its communes; France holds what has no commune."""
    territory = query.territory
    if str(territory.code) == "fr":
        return row["departement"] is None or not is_overseas_collectivity(row["departement"])
    if row["commune"] is None and territory.kind in (Kind.DEPARTEMENT, Kind.REGION):
        return row["departement"] in {departement_of(one) for one in territory.communes}
    municipal = directory.atlas.municipal_of
    codes = {*territory.communes, *(part for one in territory.communes for part in municipal.get(one, ()))}
    former = {r["before"] for r in directory.atlas.lineage if r["after"] in codes}
    return row["commune"] in codes | former


def answers(row, query, directory):
    """A plain reading of the question, one row at a time."""
    if query.radius_km is None:
        here = lies_in(row, query, directory)
    else:
        centre = directory.atlas.warehouse.row(
            "SELECT longitude AS x, latitude AS y FROM outline WHERE commune = ?",
            (query.territory.code.code,),
        )
        near = row["y"] is not None and (
            kilometres((row["x"], row["y"]), (centre["x"], centre["y"])) <= query.radius_km
        )
        here = near or lies_in(row, query, directory)
    words = set(plain_words(row["name"] or ""))
    return (
        here
        and (row["created"] is None or row["created"] <= TODAY)
        and (row["active"] or (row["closed"] is not None and row["closed"] > TODAY))
        and all(any(word.startswith(asked) for word in words) for asked in query.words)
        and (not query.families or (row["family"] or "") in query.families)
        and (not query.kinds or bool(set(query.kinds) & set(row["kinds"] or ())))
        and (not query.employers or EMPLOYED[row["employer"]] in query.employers)
        and (not query.memberships or Verdict(row["ess"]) in query.memberships)
        and (not query.quarters or Verdict(row["qpv"]) in query.quarters)
    )


def asked(directory, code, **fields):
    return DirectoryQuery(resolve(directory.atlas, code, on=TODAY), **fields)


def everything(directory, query):
    return directory.page(query, limit=MOST_ROWS).cards


questions = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(("asso", "insertion", "regie", "envie", "emp loi", "zzz", "l'")),
        "families": st.lists(st.sampled_from(("association", "cooperative", "")), max_size=2).map(tuple),
        "kinds": st.lists(st.sampled_from(("ACI", "EI", "AI", "ETTI", "GEIQ", "EA")), max_size=2).map(tuple),
        "employers": st.lists(st.sampled_from(list(Employer)), max_size=2).map(tuple),
        "memberships": st.lists(st.sampled_from((Verdict.OUI, Verdict.A_VERIFIER)), max_size=2).map(tuple),
        "quarters": st.lists(st.sampled_from((Verdict.OUI, Verdict.NON, Verdict.A_VERIFIER)), max_size=2).map(
            tuple
        ),
    },
)
slow = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(code=st.sampled_from(REAL_PLACES), radius=st.none() | st.floats(0.5, 60), fields=questions)
def test_the_real_directory_answers_as_a_plain_reading_does(real, real_rows, code, radius, fields):
    radius = radius if code.isdecimal() and len(code) == 5 else None
    query = asked(real, code, radius_km=radius, **fields)
    expected = {row["siret"] for row in real_rows if answers(row, query, real)}
    found = everything(real, query)
    assert {card.siret for card in found} == expected
    assert [card.siret for card in found] == [
        row["siret"]
        for row in sorted(
            (row for row in real_rows if row["siret"] in expected),
            key=lambda row: (row["sorted_name"], row["siret"]),
        )
    ]


@slow
@given(code=st.sampled_from(("23096", "23077", "dep:23", "fr")), fields=questions)
def test_the_demonstration_answers_as_a_plain_reading_does(demonstration, demonstration_rows, code, fields):
    query = asked(demonstration, code, **fields)
    expected = {row["siret"] for row in demonstration_rows if answers(row, query, demonstration)}
    assert {card.siret for card in everything(demonstration, query)} == expected


@slow
@given(code=st.sampled_from(("23096", "200044014", "dep:23")), fields=questions)
def test_each_facet_counts_as_if_its_own_field_were_not_asked(
    demonstration, demonstration_rows, code, fields
):
    query = asked(demonstration, code, **fields)
    facets = demonstration.facets(query)
    told = {
        "membership": ("memberships", lambda row: [row["ess"]]),
        "family": ("families", lambda row: [row["family"] or ""]),
        "employer": ("employers", lambda row: [EMPLOYED[row["employer"]].value]),
        "quarter": ("quarters", lambda row: [row["qpv"]]),
        "kind": ("kinds", lambda row: row["kinds"] or [""]),
    }
    for facet, (field, values) in told.items():
        without = asked(demonstration, code, **{**fields, field: ()})
        counted = Counter(
            value
            for row in demonstration_rows
            if answers(row, without, demonstration)
            for value in values(row)
        )
        assert facets.counts[facet] == counted, facet
    whole = [row for row in demonstration_rows if answers(row, query, demonstration)]
    assert facets.total == len(whole)
    assert facets.fictitious == sum(row["fictitious"] for row in whole)


def test_a_facet_gives_its_most_numerous_value_first(demonstration):
    facets = demonstration.facets(asked(demonstration, "dep:23"))
    for counts in facets.counts.values():
        assert list(counts.values()) == sorted(counts.values(), reverse=True)


@pytest.mark.parametrize("order", list(Order))
def test_page_after_page_gives_each_structure_once_in_order(real, order):
    query = asked(real, "59350", radius_km=30.0, order=order)
    whole, after, read = everything(real, query), None, []
    while True:
        page = real.page(query, limit=7, after=after)
        read += page.cards
        if page.after is None:
            break
        after = page.after
    assert len(read) > 14
    assert [card.siret for card in read] == [card.siret for card in whole]


def test_by_distance_the_nearest_comes_first_and_no_distance_is_beyond_the_circle(real):
    query = asked(real, "23096", radius_km=40.0, order=Order.DISTANCE)
    told = [card.distance_km for card in everything(real, query) if card.distance_km is not None]
    assert told == sorted(told)
    assert len(told) > 4
    inside = set(query.territory.communes)
    assert all(
        card.distance_km <= 40 or card.commune in inside
        for card in everything(real, query)
        if card.distance_km is not None
    )


def test_the_points_are_those_of_the_answers_and_what_has_none_is_counted(real, real_rows):
    query = asked(real, "fr")
    points = real.points(query, limit=MOST_ROWS)
    expected = [row for row in real_rows if answers(row, query, real)]
    assert points.total == len(expected)
    assert points.unknown == sum(row["y"] is None for row in expected)
    assert len(points.places) + points.hidden + points.unknown == points.total
    assert real.points(query, limit=10).left_out == len(points.places) - 10


def test_a_hidden_unit_has_no_name_nor_point_and_no_word_finds_it(demonstration, demonstration_rows):
    hidden = [row for row in demonstration_rows if not row["diffusible"]]
    assert hidden, "the demonstration must hold hidden units"
    assert all(row["name"] is None and row["longitude"] is None and row["searched"] is None for row in hidden)
    cards = everything(demonstration, asked(demonstration, "dep:23", text="a"))
    assert not {card.siret for card in cards} & {row["siret"] for row in hidden}
    told = [card for card in everything(demonstration, asked(demonstration, "dep:23")) if not card.diffusible]
    assert all(card.name is None and card.longitude is None and card.distance_km is None for card in told)


def test_a_structure_is_found_by_its_siret_and_its_unit_by_its_siren(real, real_rows):
    row = next(row for row in real_rows if row["commune"] == "23096")
    by_siret = everything(real, asked(real, "fr", text=" ".join((row["siret"][:9], row["siret"][9:]))))
    assert [card.siret for card in by_siret] == [row["siret"]]
    by_siren = everything(real, asked(real, "fr", text=row["siren"]))
    assert {card.siret for card in by_siren} == {
        one["siret"]
        for one in real_rows
        if one["siren"] == row["siren"] and answers(one, asked(real, "fr"), real)
    }
    assert structure_of(real.atlas, row["siret"], on=TODAY).card.name == row["name"]


def test_an_association_is_found_by_its_number_in_its_national_directory(real):
    (row,) = real.atlas.warehouse.rows(
        "SELECT a.rna, s.siret FROM association a JOIN structure_directory s USING (siren) ORDER BY 1 LIMIT 1"
    )
    found = everything(real, asked(real, "fr", text=f" {row['rna'].lower()} "))
    assert row["siret"] in [card.siret for card in found]
    assert {card.rna for card in found} == {row["rna"]}
    assert everything(real, asked(real, "fr", text="W000000000")) == ()


def test_no_association_gives_the_number_of_a_hidden_unit(real_rows, demonstration_rows):
    assert all(row["rna"] is None for row in (*real_rows, *demonstration_rows) if not row["diffusible"])


def test_the_esat_of_the_creuse_are_structures_of_the_creuse(real):
    found = everything(real, asked(real, "dep:23", kinds=("ESAT",)))
    assert len(found) == 5
    assert {card.membership for card in found} == {Verdict.A_VERIFIER}


def test_a_structure_that_a_list_alone_tells_has_its_page(real):
    page = structure_of(real.atlas, "80746931700018", on=TODAY)
    assert (page.card.registered, page.card.naf, page.card.commune) == (False, "56.21Z", "93063")
    (listed,) = page.listed
    assert (listed.kind, listed.site) == ("EI", "http://www.baluchon.fr")
    told = dict(listed.told())
    assert told["Adresse"] == "Rue Madeleine Odru, 93230 Romainville"
    assert told["Enseigne"] == "Baluchon-À table citoyens"
    assert "à vérifier" in page.reasons[0]
    assert "SARL" in page.reasons[1]
    assert page.zonings


@pytest.mark.parametrize(
    "written", ["javascript:alert(1)", "www.exemple.fr", "http://a b", 'http://a"onclick=', ""]
)
def test_a_site_that_is_no_address_of_the_web_is_never_a_link(written):
    assert Listed("EI", website=written).site == ""


def test_an_unknown_structure_is_refused_with_what_to_do(real):
    with pytest.raises(UnknownStructureError, match="12345678200010") as refused:
        structure_of(real.atlas, "12345678200010", on=TODAY)
    assert Search("structure") in refused.value.repairs


@pytest.mark.parametrize(
    ("code", "fields", "said"),
    [
        ("23077", {"families": ("licorne",)}, "licorne"),
        ("dep:23", {"radius_km": 10.0}, "commune"),
        ("23077", {"radius_km": -1.0}, "-1"),
        ("23077", {"radius_km": 5000.0}, "5 ?000|5000"),
        ("23077", {"kinds": ("XYZ",)}, "XYZ"),
    ],
)
def test_a_question_that_means_nothing_is_refused_saying_what_was_received(real, code, fields, said):
    with pytest.raises(DirectoryQueryError, match=said):
        asked(real, code, **fields)


def test_an_establishment_outside_the_ess_is_said_to_be_so(real):
    with pytest.raises(UnknownStructureError, match="hors de l'ESS"):
        structure_of(real.atlas, "35600000000048", on=TODAY)


def test_without_outlines_distances_are_told_from_the_town_hall(demonstration):
    near, far = (asked(demonstration, "23096", radius_km=km) for km in (10.0, 30.0))
    assert 0 < len(everything(demonstration, near)) < len(everything(demonstration, far))


@pytest.mark.parametrize("limit", [None, 1, 7, 20, 10_000])
def test_the_whole_list_is_read_some_at_a_time_and_stops_at_its_limit(real, monkeypatch, limit):
    query = asked(real, "59350", radius_km=30.0)
    whole = [card.siret for card in everything(real, query)]
    monkeypatch.setattr("ancrage.register.directory.listing.AT_ONCE", 7)
    assert len(whole) > 21
    assert [card.siret for card in real.every(query, limit=limit)] == whole[:limit]
