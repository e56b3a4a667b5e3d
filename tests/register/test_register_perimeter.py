"""The perimeter of article 1: each rule at its threshold, and one rule for a unit or for a whole table."""

from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.reasoning import Verdict
from ancrage.register import cleaning
from ancrage.register.catalogue import families, legal_categories, siae_kinds
from ancrage.register.classification import Present, classify, decisions_of, signs_of, with_signs
from ancrage.register.perimeter import UnitSigns, decide

CATEGORIES = legal_categories()


def memtable(**columns):
    return ibis.memtable(pa.table(columns))


def verdict(*signs, **others):
    return decide(UnitSigns(*signs, **others), CATEGORIES)


@pytest.mark.parametrize(
    ("code", "family"),
    [
        *(("9220", "association"), ("5458", "cooperative"), ("6316", "cooperative")),
        *(("8210", "mutuelle"), ("9300", "fondation")),
    ],
)
def test_a_form_of_article_1_is_in_by_the_law_alone(code, family):
    found = verdict(code)
    assert (found.verdict, found.family, found.sources_disagree) == (Verdict.OUI, family, False)
    assert code in found.reasons[0]
    assert "article 1er" in found.reasons[0]


def test_a_mark_n_does_not_overrule_the_form_but_the_sources_disagree():
    found = verdict("9220", "N")
    assert (found.verdict, found.sources_disagree) == (Verdict.OUI, True)
    assert "SIRENE : champ économie sociale et solidaire = N" in found.reasons


def test_a_commercial_company_is_in_by_its_mark_and_nothing_contradicts_it():
    found = verdict("5710", "O")
    assert (found.verdict, found.family, found.sources_disagree) == (
        Verdict.OUI,
        "societe_commerciale_ess",
        False,
    )
    assert found.reasons[0] == "SIRENE : champ économie sociale et solidaire = O"


def test_a_commercial_company_without_any_sign_is_out_and_told_why():
    found = verdict("5710", None, False, ())
    assert (found.verdict, found.family) == (Verdict.NON, None)
    assert "Liste ESS France : absente" in found.reasons


def test_the_list_of_ess_france_is_enough():
    found = verdict("5499", None, True)
    assert (found.verdict, found.family) == (Verdict.OUI, "societe_commerciale_ess")
    assert found.reasons[0] == "Liste ESS France : présente"


def test_the_list_against_a_mark_n_is_a_disagreement():
    assert verdict("5499", "N", True).sources_disagree


def test_a_mark_on_a_form_the_law_does_not_name_is_a_disagreement():
    found = verdict("6540", "O")
    assert (found.verdict, found.family, found.sources_disagree) == (Verdict.OUI, None, True)


def test_an_inclusion_enterprise_without_any_other_sign_is_to_be_checked():
    found = verdict("5710", None, None, ("EI",))
    assert (found.verdict, found.family) == (Verdict.A_VERIFIER, None)
    assert found.reasons[0] == "Liste des structures d'insertion : EI (Entreprise d'insertion)"
    assert verdict("5710", "O", None, ("EI",)).verdict is Verdict.OUI


def test_a_form_left_to_be_checked_is_settled_by_the_mark():
    unsure = next(code for code, rule in CATEGORIES.items() if rule.verdict is Verdict.A_VERIFIER)
    found = [verdict(unsure, flag).verdict for flag in (None, "O", "N")]
    assert found == [Verdict.A_VERIFIER, Verdict.OUI, Verdict.NON]


def test_an_unknown_form_is_to_be_checked_and_never_out():
    assert verdict(None).verdict is Verdict.A_VERIFIER
    assert verdict(None, "N").verdict is Verdict.A_VERIFIER


def test_an_owners_association_is_out_despite_its_name():
    assert verdict("9150").verdict is Verdict.NON


def test_a_list_that_was_not_synchronised_is_said_and_is_no_absence():
    reasons = verdict("5710").reasons
    assert "Liste ESS France : non synchronisée en entier" in reasons
    assert "Liste ESS France : absente" not in reasons


def test_what_the_api_says_is_told_apart_from_the_mark():
    found = verdict("5710", None, in_directory=True)
    assert found.verdict is Verdict.OUI
    assert "est_ess" in found.reasons[0]


def test_every_declared_category_has_a_known_family_and_a_reason():
    for rule in CATEGORIES.values():
        assert rule.family is None or rule.family in families()
        assert (rule.family is None) == (rule.verdict is Verdict.NON)


codes = st.one_of(st.none(), st.sampled_from([*CATEGORIES, "5710", "5499", "6540", "7210", "1000"]))
signs = st.builds(
    UnitSigns,
    legal_category=codes,
    flag=st.sampled_from(["O", "N", None]),
    in_ess_list=st.sampled_from([True, False, None]),
    siae_kinds=st.one_of(
        st.none(),
        st.sets(st.sampled_from([*siae_kinds()]), max_size=2).map(lambda found: tuple(sorted(found))),
    ),
    in_directory=st.sampled_from([True, False, None]),
)
UNIT_SCHEMA = pa.schema(
    [
        ("rank", pa.int64()),
        ("legal_category", pa.string()),
        ("flag", pa.string()),
        ("in_ess_list", pa.bool_()),
        ("siae_kinds", pa.string()),
        ("in_directory", pa.bool_()),
    ]
)


def as_row(rank, sign):
    kinds = None if sign.siae_kinds is None else ",".join(sign.siae_kinds)
    return {
        "rank": rank,
        "legal_category": sign.legal_category,
        "flag": sign.flag,
        "in_ess_list": sign.in_ess_list,
        "siae_kinds": kinds,
        "in_directory": sign.in_directory,
    }


def judged(con, units) -> pa.Table:
    """Units with their decision and its reasons, as they are written."""
    decisions = decisions_of(con, units, CATEGORIES)
    told = classify(units, decisions).inner_join(decisions.select("decision", "reasons"), "decision")
    return con.to_pyarrow(told)


@settings(max_examples=10, deadline=None)
@given(st.lists(signs, min_size=1, max_size=60))
def test_a_table_says_the_same_as_each_unit(cases):
    rows = [as_row(rank, sign) for rank, sign in enumerate(cases)]
    table = ibis.memtable(pa.Table.from_pylist(rows, UNIT_SCHEMA))
    con = ibis.duckdb.connect()
    found = judged(con, table).sort_by("rank").to_pylist()
    assert [signs_of(row) for row in rows] == cases
    for sign, row in zip(cases, found, strict=True):
        expected = decide(sign, CATEGORIES)
        assert (row["ess"], row["family"], tuple(row["reasons"]), row["sources_disagree"]) == (
            str(expected.verdict),
            expected.family,
            expected.reasons,
            expected.sources_disagree,
        )


@settings(max_examples=200, deadline=None)
@given(signs)
def test_every_decision_has_a_reason_and_a_yes_is_never_without_a_source(sign):
    found = decide(sign, CATEGORIES)
    assert found.reasons
    if sign.flag == "O" or sign.in_ess_list or sign.in_directory:
        assert found.verdict is Verdict.OUI
    if found.verdict is Verdict.NON:
        assert sign.legal_category is not None


def test_absence_from_a_sample_is_unknown_and_from_a_whole_list_is_no():
    units = memtable(siren=["111111118", "222222226"])
    con = ibis.duckdb.connect()
    listed = memtable(siren=["111111118"])
    kinds = memtable(siren=["111111118"] * 2, kind=["EI", "ACI"])
    for complete, absent, no_kind in ((True, False, ""), (False, None, None)):
        marked = with_signs(units, Present(listed, complete), Present(kinds, complete))
        rows = con.to_pyarrow(marked.order_by("siren")).to_pylist()
        assert [row["in_ess_list"] for row in rows] == [True, absent]
        assert [row["siae_kinds"] for row in rows] == ["ACI,EI", no_kind]


@pytest.mark.mirror
def test_all_the_real_units_marked_o_are_in_and_the_forms_that_disagree_are_named(mirror: Path):
    con = ibis.duckdb.connect()
    raw = con.read_csv(str(mirror / "sirene" / "unites-legales-flag-ess.csv"), all_varchar=True)
    units = raw.select(
        "siren",
        legal_category=cleaning.legal_category(raw.categorieJuridiqueUniteLegale),
        flag=raw.economieSocialeSolidaireUniteLegale,
        in_ess_list=ibis.null("boolean"),
        siae_kinds=ibis.null("string"),
        in_directory=ibis.null("boolean"),
    )
    rows = judged(con, units).to_pylist()
    assert len(rows) == 3375
    assert {row["ess"] for row in rows} == {"oui"}
    assert {row["legal_category"] for row in rows if row["sources_disagree"]} == {
        "3120",
        "6585",
        "6901",
        "7410",
    }
    by_family = {family: sum(row["family"] == family for row in rows) for family in families()}
    assert by_family == {
        "association": 2365,
        "cooperative": 210,
        "mutuelle": 0,
        "fondation": 4,
        "societe_commerciale_ess": 792,
    }


@pytest.mark.mirror
def test_real_units_whose_category_is_a_float_are_decided_like_the_others(mirror: Path):
    con = ibis.duckdb.connect()
    raw = con.read_csv(str(mirror / "sirene" / "unites-legales-ess-numerique.csv.gz"), all_varchar=True)
    assert con.to_pyarrow((raw.categorie_juridique == "9220.0").sum()).as_py() > 2000
    units = raw.select(
        "siren",
        legal_category=cleaning.legal_category(raw.categorie_juridique),
        flag=cleaning.yes_no(raw.flag_ess_sirene).ifelse("O", ibis.null("string")),
        in_ess_list=ibis.null("boolean"),
        siae_kinds=ibis.null("string"),
        in_directory=ibis.null("boolean"),
    )
    rows = judged(con, units).to_pylist()
    assert len(rows) == 3667
    associations = [row for row in rows if row["legal_category"] == "9220"]
    assert {row["ess"] for row in associations} == {"oui"}
    assert {row["ess"] for row in rows if row["flag"] == "O"} == {"oui"}
    unmarked = [row for row in rows if row["flag"] is None and row["legal_category"] == "5499"]
    assert {row["ess"] for row in unmarked} <= {"non"}
