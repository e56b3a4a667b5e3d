"""What is told of buyers: every line accounted for, the data's worth first, nothing unknown told as zero."""

from datetime import date
from pathlib import Path

import pytest

from ancrage.edition.opened import Opened
from ancrage.errors import InvalidCodeError, PurchaseError, UnknownBuyerError
from ancrage.procurement.bought.finding import buyer_of, buyers_of, found
from ancrage.procurement.bought.quality import account
from ancrage.procurement.bought.shares import Scope, every_buyer, shares_of
from ancrage.questions.bought import BoughtQuestion
from ancrage.questions.question import Asking
from ancrage.questions.spaser import SpaserQuestion
from ancrage.reasoning import Verdict
from ancrage.reports.bought.words import bounds
from ancrage.reports.topic import Telling
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve

pytestmark = pytest.mark.mirror
ON = date(2026, 11, 29)


def test_every_line_of_every_file_has_one_fate(all_read: Atlas) -> None:
    lines = {"decp-2024s2-travaux-cpv4521.csv.gz": 8957, "decp-paris-2019.json.gz": 3850}
    lines |= {"decp-paris-2024.json.gz": 1054, "decp-paris-2025.json.gz": 1152}
    lines |= {"decp-paris-2026.json.gz": 292, "decp-paris-global.json.gz": 2488}
    told = dict.fromkeys(lines, 0)
    for row in account(all_read.warehouse):
        told[row["file"]] += row["lines"]
        assert row["reason"] or row["fate"] == "contrat"
    assert told == lines


def test_contracts_of_overlapping_files_are_counted_once_and_their_past_is_kept(paris: Atlas) -> None:
    (row,) = paris.warehouse.rows("SELECT count(*) AS n, count(DISTINCT number) AS numbers FROM purchase")
    assert row == {"n": 6338, "numbers": 6338}
    (past,) = paris.warehouse.rows("SELECT count(*) AS n FROM purchase_change WHERE kind = 'publication'")
    assert past["n"] == 2498
    amended = paris.warehouse.rows(
        "SELECT day FROM purchase_change WHERE kind = 'avenant' AND key LIKE '%2024T04401' ORDER BY rank"
    )
    assert len(amended) == 2


def test_a_buyer_is_found_by_its_name_its_siren_and_its_territory(all_read: Atlas) -> None:
    assert found(all_read, "paris")[0].siren == "217500016"
    assert found(all_read, "2175 0001 6000 19")[0].siren == "217500016"
    assert buyer_of(all_read, "21750001600019").departement == "75"
    named = {one.siren for one in buyers_of(all_read, resolve(all_read, "dep:75", on=ON))}
    assert "217500016" in named
    assert "217500016" in {one.siren for one in buyers_of(all_read, resolve(all_read, "75056", on=ON))}
    assert "217500016" not in {one.siren for one in buyers_of(all_read, resolve(all_read, "31555", on=ON))}


def test_what_is_no_buyer_or_an_unknown_one_is_told(paris: Atlas) -> None:
    with pytest.raises(InvalidCodeError):
        buyer_of(paris, "217500017")
    with pytest.raises(UnknownBuyerError, match="212309603"):
        buyer_of(paris, "212309603")


def test_the_parts_of_every_buyer_sum_to_the_country(all_read: Atlas) -> None:
    scope = Scope(ON)
    rows, whole = every_buyer(all_read.warehouse, scope), shares_of(all_read.warehouse, scope)
    assert sum(row["n"] for row in rows) == whole.total.contracts
    assert sum(row["n"] for row in rows) == sum(line.total.contracts for line in whole.years)
    assert len(rows) > 1000


def test_a_contract_notified_later_is_not_counted_before(paris: Atlas) -> None:
    eve, day = date(2025, 7, 16), date(2025, 7, 17)
    before, after = (shares_of(paris.warehouse, Scope(on, ("217500016",))) for on in (eve, day))
    (row,) = paris.warehouse.rows("SELECT count(*) AS n FROM purchase WHERE notified_on = ?", (day,))
    assert after.total.contracts - before.total.contracts == row["n"] > 0


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((0.0, 1.0), "indéterminé"),
        ((0.25, 0.25), "25,0\u00a0%"),
        ((0.1, 0.3), "au moins 10,0\u00a0%, au plus 30,0\u00a0%"),
        (None, "inconnu"),
    ],
    ids=list("abcd"),
)
def test_a_share_says_at_least_and_at_most(pair: tuple[float, float] | None, words: str) -> None:
    assert bounds(pair) == words


def test_an_edition_without_contracts_says_that_nothing_is_known(
    embedded_atlas: Atlas, tmp_path: Path
) -> None:
    if embedded_atlas.warehouse.holds("purchase"):
        assert not embedded_atlas.warehouse.rows("SELECT key FROM purchase LIMIT 1")
    opened = Opened(embedded_atlas, "essai", embedded_atlas.today, tmp_path)
    telling = Telling(BoughtQuestion(territory="23077").answer(Asking(opened, opened.today)))
    assert [one.id for one in telling.sheet.sections] == ["rien"]
    assert telling.document["shares"]["ess"]["contracts_low"] is None


def spaser(atlas: Atlas, folder: Path, **words: object) -> Telling:
    opened = Opened(atlas, "essai", atlas.today, folder)
    return Telling(SpaserQuestion(on=atlas.today, **words).answer(Asking(opened, atlas.today)))


def test_a_spaser_shows_the_measured_shares_of_its_buyer_beside_its_targets(
    paris: Atlas, tmp_path: Path
) -> None:
    told = spaser(paris, tmp_path, buyer="217500016", targets=("reserves=50", "ess=0,1"))
    lines = {one["id"]: one for one in told.document["indicators"]}
    counted = shares_of(paris.warehouse, Scope(ON, ("217500016",), 2024, 2025)).by
    assert (told.document["since"], told.document["until"]) == (2024, 2025)
    assert (lines["ess"]["value_low"], lines["ess"]["value_high"]) == counted["ess"].value()
    assert (lines["reserves"]["contracts_low"], lines["reserves"]["contracts_high"]) == counted[
        "reserve"
    ].number()
    assert (lines["reserves"]["reached"], lines["ess"]["reached"]) == ("non", "oui")
    assert lines["clause"]["reached"] is None
    assert lines["esus"]["value_high"] is None
    assert "agréments" in lines["esus"]["unknown"]
    assert [one.id for one in told.sheet.sections][:3] == ["objectifs", "qualite", "indicateurs"]


def test_whoever_is_of_insertion_or_of_disability_is_counted_once(paris: Atlas) -> None:
    by = shares_of(paris.warehouse, Scope(ON, ("217500016",))).by
    alone = [by[name].tally(Verdict.OUI).contracts for name in ("insertion", "handicap")]
    assert max(alone) <= by["defavorises"].tally(Verdict.OUI).contracts <= sum(alone)
    assert by["defavorises"].total.contracts == by["ess"].total.contracts


def test_a_spaser_of_a_buyer_without_contracts_says_that_its_rates_are_unknown(
    embedded_atlas: Atlas, tmp_path: Path
) -> None:
    told = spaser(embedded_atlas, tmp_path, buyer="dep:23", targets=("ess=10",))
    lines = {one["id"]: one for one in told.document["indicators"]}
    assert told.document["known_buyer"] is None
    assert (lines["ess"]["value_low"], lines["ess"]["reached"]) == (None, "a_verifier")
    assert "qualite" not in [one.id for one in told.sheet.sections]


@pytest.mark.parametrize("typed", ["ess", "ess=101", "bonheur=10", "ess=beaucoup"])
def test_a_target_of_nothing_is_refused(embedded_atlas: Atlas, tmp_path: Path, typed: str) -> None:
    with pytest.raises(PurchaseError, match="n'est pas la cible"):
        spaser(embedded_atlas, tmp_path, buyer="dep:23", targets=(typed,))
