"""What a person may type: codes of every kind, names written badly, postcodes, codes of other days."""

from datetime import date, timedelta

import pytest

from ancrage.errors import (
    AmbiguousTerritoryError,
    CeasedTerritoryError,
    DayOutOfRangeError,
    InvalidCodeError,
    UnknownTerritoryError,
)
from ancrage.repairs import AskDay
from ancrage.territories.designating import designate
from ancrage.territories.finding import find

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("23077", "23077"),
        (" 23077 ", "23077"),
        ("com:23077", "23077"),
        ("2a004", "2A004"),
        ("97601", "97601"),
        ("97502", "97502"),
        ("75101", "75101"),
        ("dep:23", "dep:23"),
        ("DEP:2a", "dep:2A"),
        ("974", "dep:974"),
        ("23", "dep:23"),
        ("arr:231", "arr:231"),
        ("reg:75", "reg:75"),
        ("200044014", "200044014"),
        ("200057867", "200057867"),
        ("200046977", "200046977"),
        ("crte-75-23-8", "crte-75-23-8"),
        ("crte:75-23-8", "crte-75-23-8"),
        ("qpv:QN02301M", "qpv:QN02301M"),
        ("qn02301m", "qpv:QN02301M"),
        ("fr", "fr"),
        ("France", "fr"),
    ],
)
def test_a_code_designates_one_territory(embedded_atlas, typed, code):
    assert str(designate(embedded_atlas, typed, on=TODAY)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Faux-la-Montagne", "23077"),
        ("faux la montagne", "23077"),
        ("FAUX LA MONTAGNE", "23077"),
        ("gueret", "23096"),
        ("l hay les roses", "94038"),
        ("st etienne", "42218"),
        ("Saint-Étienne", "42218"),
        ("Nouvelle Aquitaine", "reg:75"),
        ("CC Creuse Grand Sud", "200044014"),
        ("Plaine Commune", "200057867"),
        ("metropole de lyon", "200046977"),
        ("L'Albatros", "qpv:QN02301M"),
    ],
)
def test_an_exact_name_designates_whatever_its_accents_case_and_hyphens(embedded_atlas, typed, code):
    assert str(designate(embedded_atlas, typed, on=TODAY)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Guéret (23096)", "23096"),
        ("Paris (dep:75)", "dep:75"),
        ("CC Creuse Grand Sud (200044014)", "200044014"),
        ("L'Albatros (qpv:QN02301M)", "qpv:QN02301M"),
        ("Collectivité européenne d'Alsace (ens:6AE)", "ens:6AE"),
    ],
)
def test_what_we_show_of_a_territory_designates_it(embedded_atlas, typed, code):
    assert str(designate(embedded_atlas, typed, on=TODAY)) == code
    assert str(find(embedded_atlas, typed, on=TODAY)[0].named.code) == code


def test_a_label_whose_name_is_not_that_of_its_code_does_not_designate(embedded_atlas):
    with pytest.raises(UnknownTerritoryError):
        designate(embedded_atlas, "Limoges (23096)", on=TODAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Saint-Denis (93)", "93066"),
        ("Saint-Denis, Réunion", "97411"),
        ("93200 Saint-Denis", "93066"),
        ("70120 La Rochelle", "70450"),
        ("1000 Bourg-en-Bresse", "01053"),
        ("Us 95", "95625"),
        ("Y", "80829"),
        ("Ville de Limoges", "87085"),
        ("Commune de Saint-Denis (93)", "93066"),
        ("Département de la Creuse", "dep:23"),
        ("Creuse (département)", "dep:23"),
        ("Région Nouvelle-Aquitaine", "reg:75"),
        ("Communauté de communes Creuse Grand Sud", "200044014"),
        ("CRTE CC du Pays Dunois", "crte-75-23-2"),
        ("CRTE du Pays Dunois", "crte-75-23-2"),
        ("PACA", "reg:93"),
        ("MEL", "200093201"),
        ("23000 GUERET CEDEX", "23096"),
        ("LYON 7EME", "69387"),
        ("PARIS 07", "75107"),
        ("16e arrondissement de Paris", "75116"),
        ("S MALO", "35288"),
        ("17000 ROCHELLE (LA)", "17300"),
        ("CHALON S/SAONE", "71076"),
        ("Collectivité européenne d'Alsace", "ens:6AE"),
        ("6AE", "ens:6AE"),
        ("69M", "200046977"),
        ("69D", "ens:69D"),
        ("Ville de Paris", "75056"),
        ("Collectivité de Corse", "reg:94"),
        ("Collectivité territoriale de Martinique", "dep:972"),
        ("12 rue de la Gare, 23000 Guéret", "23096"),
    ],
)
def test_a_territory_is_designated_as_people_write_it(embedded_atlas, typed, code):
    assert str(designate(embedded_atlas, typed, on=TODAY)) == code
    assert str(find(embedded_atlas, typed, on=TODAY)[0].named.code) == code


@pytest.mark.parametrize("typed", ["Cran-Gevrier", "74093", "L'Aiguillon-sur-Mer"])
def test_a_commune_that_ceased_says_what_it_became(embedded_atlas, typed):
    (found,) = [one for one in find(embedded_atlas, typed, on=TODAY)[:1] if one.became]
    with pytest.raises(CeasedTerritoryError) as refusal:
        designate(embedded_atlas, typed, on=TODAY)
    assert str(found.named.code) in {choice.code for choice in refusal.value.choices}


@pytest.mark.mirror
def test_a_commune_that_ceased_says_the_day(real_atlas):
    (first, *_) = find(real_atlas, "Cran-Gevrier", on=TODAY)
    assert first.became == "ancien nom : Cran-Gevrier (74093), devenue Annecy le 01/01/2017"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("saint etiene", "42218"),
        ("Faux la Montange", "23077"),
        ("gueret", "23096"),
        ("l hay les roses", "94038"),
        ("creuse grand sud", "200044014"),
        ("Guérret", "23096"),
        ("lyon 3e", "69383"),
    ],
)
def test_a_name_with_mistakes_finds_the_right_territory_first(embedded_atlas, typed, first):
    assert str(find(embedded_atlas, typed, on=TODAY)[0].named.code) == first


@pytest.mark.parametrize(
    ("typed", "first"), [("saint etiene", "Saint-Étienne (42218)"), ("Faux la Montange", "(23077)")]
)
def test_a_misspelt_name_never_answers_by_itself_but_is_suggested(embedded_atlas, typed, first):
    with pytest.raises(UnknownTerritoryError) as refusal:
        designate(embedded_atlas, typed, on=TODAY)
    assert first in refusal.value.choices[0].label


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("75", {"dep:75", "reg:75"}),
        ("11", {"dep:11", "reg:11"}),
        ("Creuse", {"dep:23", "80225"}),
        ("La Réunion", {"dep:974", "47222"}),
        ("Saint-Denis", {"97411", "93066", "11339", "30247"}),
    ],
)
def test_a_text_that_two_territories_answer_to_is_ambiguous(embedded_atlas, typed, candidates):
    with pytest.raises(AmbiguousTerritoryError) as refusal:
        designate(embedded_atlas, typed, on=TODAY)
    assert {choice.code for choice in refusal.value.choices} == candidates
    assert all(f"({choice.code})" in choice.label for choice in refusal.value.choices)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Paris", "75056"), ("Mayotte", "dep:976"), ("Martinique", "dep:972"), ("Saint-Barthélemy", "97701")],
)
def test_a_place_that_the_code_holds_twice_is_one_place(embedded_atlas, typed, code):
    found = [str(match.named.code) for match in find(embedded_atlas, typed, on=TODAY, limit=30)]
    assert found.count(code) == 1
    assert not {"dep:75", "reg:06", "reg:02", "dep:977", "reg:977"} & set(found)


def test_the_name_of_a_town_is_the_town_even_when_its_intercommunality_bears_it(embedded_atlas):
    assert str(designate(embedded_atlas, "Lyon", on=TODAY)) == "69123"
    assert {str(match.named.code) for match in find(embedded_atlas, "Guéret", on=TODAY)} >= {
        *("23096", "200034825", "crte-75-23-4")
    }


@pytest.mark.parametrize(
    ("postcode", "some"),
    [
        ("05700", {"05166", "26374"}),
        ("48250", {"48027", "07136"}),
        ("23340", {"23077", "23090", "23264"}),
        ("75001", {"75056", "75101"}),
    ],
)
def test_a_postcode_gives_candidates_and_never_an_answer(embedded_atlas, postcode, some):
    found = {match.named.code.code for match in find(embedded_atlas, postcode, on=TODAY, limit=100)}
    assert some <= found
    with pytest.raises(AmbiguousTerritoryError, match="code postal"):
        designate(embedded_atlas, postcode, on=TODAY)


def test_five_digits_that_are_a_code_and_a_postcode_are_a_code_and_both_are_found(embedded_atlas):
    morand, descartes, buxeuil = "37160", "37115", "86042"
    assert designate(embedded_atlas, "37160", on=TODAY).code == morand
    found = [match.named.code.code for match in find(embedded_atlas, "37160", on=TODAY, limit=100)]
    assert found[0] == morand
    assert {descartes, buxeuil} <= set(found)


def test_a_postcode_of_one_commune_still_does_not_answer(embedded_atlas):
    row = embedded_atlas.warehouse.row(
        "SELECT postcode, any_value(commune) AS commune FROM postcode WHERE vintage = 2026 "
        "AND postcode NOT IN (SELECT code_before FROM commune_event) "
        "AND postcode NOT IN (SELECT code FROM commune) GROUP BY 1 HAVING count(*) = 1 ORDER BY 1 LIMIT 1"
    )
    with pytest.raises(AmbiguousTerritoryError) as refusal:
        designate(embedded_atlas, row["postcode"], on=TODAY)
    assert f"({row['commune']})" in refusal.value.hint


def test_postcodes_that_span_two_regions_are_told_with_both(embedded_atlas):
    rows = embedded_atlas.warehouse.rows(
        "SELECT postcode FROM postcode JOIN commune ON commune.vintage = postcode.vintage "
        "AND commune.code = postcode.commune WHERE postcode.vintage = 2026 "
        "GROUP BY 1 HAVING count(DISTINCT region) > 1"
    )
    assert {"05700", "37160", "48250", "01590", "01410"} <= {row["postcode"] for row in rows}
    contexts = {match.context for match in find(embedded_atlas, "05700", on=TODAY, limit=100)}
    assert contexts == {"commune, Hautes-Alpes (05)", "commune, Drôme (26)"}


@pytest.mark.mirror
def test_a_postcode_that_was_a_commune_long_ago_is_a_postcode(real_atlas):
    with pytest.raises(AmbiguousTerritoryError, match="Paris 1er Arrondissement"):
        designate(real_atlas, "75001", on=TODAY)


def test_a_commune_lately_ceased_whose_code_is_a_postcode_is_told_with_both(embedded_atlas):
    with pytest.raises(CeasedTerritoryError) as refusal:
        designate(embedded_atlas, "08300", on=TODAY)
    assert "Tannay-le-Mont-Dieu (08439)" in refusal.value.message
    assert "code postal de : Rethel (08362)" in refusal.value.hint


@pytest.mark.parametrize("typed", ["dep:1", "reg:7", "com:23", "arr:23", "epci:23", "crte:x", "qpv:23"])
def test_a_known_prefix_with_an_impossible_code_is_refused_with_what_was_expected(embedded_atlas, typed):
    with pytest.raises(InvalidCodeError) as refusal:
        designate(embedded_atlas, typed, on=TODAY)
    assert refusal.value.hint.startswith("Attendu : ")
    assert "code de intercommunalité" not in refusal.value.message


@pytest.mark.parametrize("typed", ["xqzxqz", "2307", "99999", "", "  ", "a"])
def test_what_nobody_answers_to_is_unknown(embedded_atlas, typed):
    with pytest.raises(UnknownTerritoryError):
        designate(embedded_atlas, typed, on=TODAY)


@pytest.mark.parametrize(
    ("code", "heir", "day"),
    [
        ("27058", "Les Trois Lacs (27676)", date(2023, 1, 1)),
        ("01039", "Culoz-Béon (01138)", date(2023, 1, 1)),
        ("93059", "Saint-Denis (93066)", date(2025, 1, 1)),
        ("49069", "Orée d'Anjou (49126)", date(2025, 1, 1)),
    ],
)
def test_a_commune_answers_until_the_day_before_it_ceases_then_says_into_what(
    embedded_atlas, code, heir, day
):
    eve = day - timedelta(days=1)
    assert designate(embedded_atlas, code, on=eve).code == code
    with pytest.raises(CeasedTerritoryError) as refusal:
        designate(embedded_atlas, code, on=day)
    assert f"depuis le {day:%d/%m/%Y}" in refusal.value.message
    assert heir in refusal.value.message
    assert AskDay(eve) in refusal.value.repairs


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("code", "heir", "since"),
    [
        ("14513", "Tessy-Bocage (50592)", "01/01/2018"),
        ("02344", "Cormicy (51171)", "31/12/2016"),
        ("50366", "La Hague (50041)", "01/01/1964"),
    ],
)
def test_a_commune_ceased_long_ago_leads_to_the_commune_of_the_day_through_those_in_between(
    real_atlas, code, heir, since
):
    with pytest.raises(CeasedTerritoryError) as refusal:
        designate(real_atlas, code, on=TODAY)
    assert heir in refusal.value.message
    assert since in refusal.value.message


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("12218", "Conques-en-Rouergue (12076)"),
        ("15031", "(15141)"),
        ("15171", "(15141)"),
        ("14581", "(14011)"),
        ("69114", "(69159)"),
    ],
)
def test_a_commune_not_yet_born_says_from_when_and_under_what_it_was(embedded_atlas, code, head):
    with pytest.raises(CeasedTerritoryError) as refusal:
        designate(embedded_atlas, code, on=date(2024, 12, 31))
    assert "elle apparaît le 01/01/2025" in refusal.value.message
    assert head in refusal.value.hint
    assert designate(embedded_atlas, code, on=date(2025, 1, 1)).code == code


@pytest.mark.mirror
def test_a_quarter_answers_only_in_its_generation(real_atlas):
    last, first = date(2023, 12, 31), date(2024, 1, 1)
    assert designate(real_atlas, "QP031008", on=last).code == "QP031008"
    assert designate(real_atlas, "QN02301M", on=first).code == "QN02301M"
    with pytest.raises(CeasedTerritoryError, match="n'existe plus"):
        designate(real_atlas, "QP031008", on=first)
    with pytest.raises(CeasedTerritoryError, match="n'existe pas encore"):
        designate(real_atlas, "QN02301M", on=last)


@pytest.mark.parametrize(
    "on", [date(2020, 12, 31), TODAY + timedelta(days=1), date(1943, 1, 1), date(2099, 1, 1)]
)
def test_a_day_before_the_first_vintage_or_after_today_is_out_of_range(embedded_atlas, on):
    with pytest.raises(DayOutOfRangeError) as refusal:
        designate(embedded_atlas, "23077", on=on)
    assert "01/01/2021" in refusal.value.hint
    assert "23/11/2026" in refusal.value.hint
    with pytest.raises(DayOutOfRangeError):
        find(embedded_atlas, "Guéret", on=on)


def test_the_first_known_day_and_today_answer(embedded_atlas):
    for on in (date(2021, 1, 1), TODAY):
        assert designate(embedded_atlas, "23077", on=on).code == "23077"


def test_no_more_answers_than_asked_and_the_best_first(embedded_atlas):
    matches = find(embedded_atlas, "Saint", on=TODAY, limit=7)
    assert len(matches) == 7
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
