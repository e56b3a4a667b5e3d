"""The monographs on the site: filters, cases like one's own, and what hostile addresses get."""

import pytest
from django.test import Client

from ancrage.monographs.catalogue import read_monographs


def words(site: Client, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_tool_keeps_the_cases_where_it_served_and_no_other(site: Client) -> None:
    cases = read_monographs().cases
    for tool in range(1, 20):
        page = words(site, f"/monographies/?outil={tool}")
        for case in cases:
            linked = f'href="/monographies/{case.id}/"' in page
            assert linked == (tool in {one.tool for one in case.header.contributions})


def test_a_zoning_keeps_fewer_cases_and_says_that_the_unknown_is_left_out(site: Client) -> None:
    assert "ambiance_bois" in words(site, "/monographies/?zonage=zrr")
    assert "ne sont pas connus" in words(site, "/monographies/?zonage=zfu")


def test_filters_stay_chosen_in_the_form(site: Client) -> None:
    assert '<option value="zrr" selected>' in words(site, "/monographies/?zonage=zrr")


def test_cases_like_ones_own_are_told_trait_by_trait(site: Client) -> None:
    page = words(site, "/monographies/semblables/?territoire=23077&naf=16.10A&outil=1&outil=4")
    assert "activité 16.10A" in page
    assert "outils 1, 4" in page
    assert "jamais compté comme une différence" in page


def test_with_no_trait_told_no_case_is_near_or_far(site: Client) -> None:
    page = words(site, "/monographies/semblables/")
    assert page.count("incomparable") == len(read_monographs().cases)


def test_the_volume_is_downloaded(site: Client) -> None:
    answer = site.get("/monographies/volume.md")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Ambiance Bois" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/monographies/?outil=0", 400),
        ("/monographies/?outil=20", 400),
        ("/monographies/?outil=²", 400),
        ("/monographies/?outil=" + "9" * 5000, 400),
        ("/monographies/?zonage=<script>alert(1)</script>", 404),
        ("/monographies/semblables/?naf=zz", 400),
        ("/monographies/semblables/?tranche=mille", 400),
        ("/monographies/semblables/?famille=club", 400),
        ("/monographies/semblables/?territoire=@/etc/passwd", 404),
        ("/monographies/semblables/?territoire=23077&le=demain", 400),
    ],
)
def test_a_hostile_address_of_monographs_gets_a_sentence(site: Client, address: str, status: int) -> None:
    answer = site.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert "<script>alert" not in page
    assert "Traceback" not in page
