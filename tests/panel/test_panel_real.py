"""The real list of inclusion enterprises: 150 drawn, 16 kept."""

import csv
import gzip
from collections import Counter
from datetime import date

import pytest
from panel_factory import plain_diversity

from ancrage.errors import ImpossibleQuotaError, PanelFileError
from ancrage.panel.choosing import choose_panel
from ancrage.panel.places import place_book
from ancrage.panel.quota_text import parse_short
from ancrage.panel.reading import read_long_list
from ancrage.panel.terms import terms_on

pytestmark = pytest.mark.mirror
ON = date(2026, 11, 23)
DROM = {"971", "972", "973", "974", "976"}
QUOTAS = ("drom>=2", "commune_qpv>=5", "frr>=4", "categorie=ACI>=3", "categorie=*<=5", "region=*<=2")


@pytest.fixture(scope="module")
def file(mirror):
    return mirror / "siae" / "siae-2020-12.csv.gz"


@pytest.fixture(scope="module")
def siae(real_atlas, file):
    return read_long_list(file, place_book(real_atlas, on=ON), on=ON)


def asked(listed, *quotas):
    return terms_on(listed, 16, [parse_short(quota) for quota in quotas])


def test_every_line_is_a_candidate_or_is_set_aside_with_its_reason(siae, file):
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    kept = {row["siret"]: row for row in rows}
    assert len(rows) == len(siae) + len(siae.rejects) == 3853
    assert {one.id for one in siae} == kept.keys()
    assert all("même identifiant" in one.reason for one in siae.rejects)
    known = Counter(row["kind"] for row in {row["siret"]: row for row in reversed(rows)}.values())
    assert {value.upper(): len(ranks) for value, ranks in siae.values_of("categorie").items()} == known


def test_nearly_all_are_placed(siae):
    assert sum(not one.commune for one in siae) < 0.02 * len(siae)


def test_those_overseas_agree_with_their_postcode_and_saint_martin_is_no_drom(siae, file):
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        postcodes = {row["siret"]: row["post_code"] for row in csv.DictReader(lines)}
    overseas = {siret for siret, code in postcodes.items() if code[:3] in DROM}
    saint_martin = {siret for siret, code in postcodes.items() if code == "97150"}
    assert len(saint_martin) == 3
    assert {one.id for one in siae if one.values["drom"] == "oui"} == overseas - saint_martin


@pytest.mark.parametrize("seed", [1, 2])
def test_sixteen_among_a_hundred_and_fifty_are_proved_the_most_diverse(siae, seed):
    drawn = siae.drawn(150, seed)
    terms = asked(drawn, *QUOTAS)
    panel = choose_panel(drawn, terms)
    assert panel.proof.proven
    assert panel.settled
    assert len(panel.kept) == 16
    assert panel.proof.value == pytest.approx(plain_diversity(drawn, terms.weights, panel.chosen))
    assert sum(one.values["drom"] == "oui" for one in panel.kept) >= 2
    assert max(Counter(one.values["categorie"] for one in panel.kept).values()) <= 5
    assert max(Counter(one.values["region"] for one in panel.kept).values()) <= 2
    assert all(0 <= cost.gain <= panel.free.value - panel.proof.value + 1e-9 for cost in panel.costs)
    again = choose_panel(drawn, terms, with_costs=False)
    assert again.kept == panel.kept


def test_quotas_that_the_list_cannot_meet_are_named_alone(siae):
    drawn = siae.drawn(150, 1)
    overseas = len(drawn.values_of("drom")["oui"])
    with pytest.raises(ImpossibleQuotaError) as refusal:
        choose_panel(drawn, asked(drawn, *QUOTAS[1:5], f"drom>={overseas + 1}"))
    assert f"{overseas} au mieux pour {overseas + 1} ; la liste en compte {overseas}" in refusal.value.message
    assert refusal.value.message.count("au mieux") == 1


def test_a_form_that_the_list_does_not_tell_cannot_be_asked(siae):
    with pytest.raises(PanelFileError, match="scic"):
        asked(siae.drawn(150, 1), "forme=scic>=1")
