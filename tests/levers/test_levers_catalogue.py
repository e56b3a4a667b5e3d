"""The declared levers: complete, founded, and honest about what is ours."""

from datetime import date

from ancrage.aids.catalogue import load_aids
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import get_tool, read_levers, unknown_aids
from ancrage.reasoning import Verdict

LEVERS = read_levers()

# The list of the 2021 report, written again here from the report itself.
REPORTED = {1: 6, 2: 3, 3: 3, 4: 2, 5: 3, 6: 2}


def test_the_six_levers_hold_the_nineteen_tools_of_the_report():
    assert {lever.number: len(lever.tools) for lever in LEVERS.levers} == REPORTED
    assert list(LEVERS.tools) == list(range(1, 20))


def test_every_competence_names_a_text_and_every_doubt_or_refusal_a_reason():
    for tool in LEVERS.tools.values():
        for authority in Authority:
            told = tool.competence[authority]
            assert told.texts
            if told.verdict is Verdict.A_VERIFIER:
                bases = {LEVERS.texts[name].basis for name in told.texts}
                assert told.note or "compte_rendu" in bases or tool.number == 7, (tool.number, authority)


def test_a_need_that_claims_the_report_names_it():
    for tool in LEVERS.tools.values():
        for need in tool.needs:
            if need.basis == "compte_rendu":
                assert need.text == "compte_rendu", (tool.number, need.id)


def test_every_text_is_used_and_says_how_far_it_was_checked():
    used = {name for tool in LEVERS.tools.values() for name in tool.texts}
    used |= {lever.text for lever in LEVERS.levers} | {"coconstruction", "convention_23000"}
    assert set(LEVERS.texts) <= used
    for text in LEVERS.texts.values():
        assert text.basis != "a_verifier"
        assert text.href


def test_aids_that_name_a_tool_exist_and_most_tools_have_one():
    aids = load_aids()
    named = {number for aid in aids.values() for number in aid.levers}
    assert named <= set(LEVERS.tools)
    assert unknown_aids(LEVERS, aids) == ()
    assert unknown_aids(LEVERS, set(aids) - {"ptce_phase1"}) == (
        "Outil 18 : l'aide « ptce_phase1 » n'existe pas.",
        "Outil 19 : l'aide « ptce_phase1 » n'existe pas.",
    )


def test_a_tool_is_found_by_its_number_or_its_name():
    assert get_tool("8") is get_tool("foncier_locaux")


def test_staff_is_lent_free_of_charge_under_its_own_law_and_refunded_under_the_other():
    tool = get_tool("9")
    assert tool.aids == ("mecenat_de_competences",)
    free, refunded = LEVERS.texts["mecenat_competences"], LEVERS.texts["agents"]
    assert free.holds_on(date(2022, 12, 28))
    assert not free.holds_on(date(2022, 12, 27))
    assert free.holds_on(date(2027, 12, 27))
    assert not free.holds_on(date(2027, 12, 28))
    assert "L. 512-15" in refunded.title
    assert "rembourse" in refunded.note
    for authority in (
        Authority.COMMUNE,
        Authority.EPCI,
        Authority.DEPARTEMENT,
        Authority.REGION,
        Authority.ETAT,
    ):
        assert {"agents", "mecenat_competences"} <= set(tool.competence[authority].texts)


def test_what_later_laws_changed_is_told_where_it_applies():
    assert "preemption_commerces" in get_tool("8").competence[Authority.COMMUNE].texts
    for number in ("1", "6"):
        assert "tresorerie_associations" in {one.text for one in get_tool(number).vigilance}
