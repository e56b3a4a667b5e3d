"""The share of the Ville de Paris, counted again in plain Python over the raw files, sharing no code."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from ancrage.procurement.bought.shares import Scope, Shares, shares_of
from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas

pytestmark = pytest.mark.mirror
READ_ON = "2026-11-29"
PARIS = "217500016"
CATEGORIES = Path(__file__).parents[3] / "src/ancrage/register/perimeter/legal_categories.yaml"


def _luhn(digits: str) -> bool:
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + rank % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _raw(mirror: Path) -> list[dict[str, Any]]:
    """The contracts, once each: the global file repeats those of the years."""
    found = {}
    for name in ("global", "2024", "2025", "2026", "2019"):
        with gzip.open(mirror / f"decp/decp-paris-{name}.json.gz", "rt", encoding="utf-8") as file:
            for one in json.load(file):
                found[one["id"]] = one
    return [one for one in found.values() if one["dateNotification"] <= READ_ON]


def _amended(one: dict[str, Any]) -> tuple[float, list[dict[str, Any]]]:
    amount, holders = one["montant"], _holders(one["titulaires"])
    changes = [change.get("modification", change) for change in one.get("modifications") or []]
    for told in sorted(changes, key=_day):
        amount = float(told.get("montant", amount))  # two amendments write it as a text
        holders = _holders(told.get("titulaires", [])) or holders
    return amount, holders


def _day(change: dict[str, Any]) -> str:
    """Numbers of amendments do not follow their days: three contracts of Paris have them upside down."""
    return str(change.get("dateNotificationModification") or change["dateSignatureModification"])


def _holders(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One amendment writes « titulaire: typeIdentifiant » in place of a holder: it names nobody."""
    found = [one.get("titulaire", one) for one in told]
    return [one for one in found if isinstance(one, dict)]


class Recount:
    """What is known of the holders, read from the raw files."""

    def __init__(self, mirror: Path) -> None:
        rows = yaml.safe_load(CATEGORIES.read_text("utf-8"))["categories"]
        self.forms = {row["code"]: (row["verdict"], row["family"]) for row in rows}
        with gzip.open(
            mirror / "sirene/unites-legales-beneficiaires-paris-2026-04.csv.gz", "rt", encoding="utf-8"
        ) as file:
            self.units: dict[str, dict[str, str]] = {}
            for row in csv.DictReader(file):
                self.units.setdefault(row["siren"], row)
        self.listed = {
            siret[:9]
            for path, column in (
                ("siae/siae-2020-12.csv.gz", "siret"),
                ("accompagnement/esat-liste-officielle.csv.gz", "ET-SIRET"),
                ("accompagnement/geiq-labellises.csv.gz", "siret"),
            )
            for siret in self._sirets(mirror / path, column)
        }

    @staticmethod
    def _sirets(path: Path, column: str) -> list[str]:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            names = {name.lower(): name for name in reader.fieldnames or ()}
            told = (str(row[names[column.lower()]]).strip().removesuffix(".0").zfill(14) for row in reader)
            return [one for one in told if one.isdigit() and len(one) == 14 and _luhn(one)]

    def holder(self, holder: dict[str, Any], day: str) -> tuple[str, str | None]:
        siret = str(holder["id"])
        right = len(siret) == 14 and siret.isdigit() and _luhn(siret) and _luhn(siret[:9])
        if holder["typeIdentifiant"] != "SIRET" or not right or siret[:9] not in self.units:
            return "a_verifier", None
        unit = self.units[siret[:9]]
        created = unit["date_creation"]
        if not unit["forme_juridique"] or (created != "1900-01-01" and created > day):
            return "a_verifier", None
        verdict, family = self.forms.get(unit["forme_juridique"].removesuffix(".0"), ("non", None))
        if verdict == "non" and siret[:9] in self.listed:
            return "a_verifier", None
        return verdict, family

    def contract(self, one: dict[str, Any]) -> tuple[str, set[str | None]]:
        _, holders = _amended(one)
        told = [self.holder(holder, one["dateNotification"]) for holder in holders]
        verdicts = {verdict for verdict, _ in told}
        families = {family for verdict, family in told if verdict == "oui"}
        if verdicts in ({"oui"}, {"non"}):
            return verdicts.pop(), families
        return ("partiel" if {"oui", "non"} <= verdicts else "a_verifier"), families


@pytest.fixture(scope="module")
def counted(paris: Atlas) -> Shares:
    from datetime import date

    return shares_of(paris.warehouse, Scope(date.fromisoformat(READ_ON), (PARIS,)))


def test_the_share_of_paris_is_the_one_counted_again_by_hand(mirror: Path, counted: Shares) -> None:
    recount, contracts = Recount(mirror), _raw(mirror)
    numbers: Counter[str] = Counter()
    values: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for one in contracts:
        verdict, found = recount.contract(one)
        numbers[verdict] += 1
        values[verdict] += round(_amended(one)[0] * 100)
        if verdict == "oui":
            families[next(iter(found)) if len(found) == 1 else "plusieurs"] += 1
    ess = counted.by["ess"]
    assert {one.value: ess.tally(one).contracts for one in Verdict} == {
        one.value: numbers[one.value] for one in Verdict
    }
    for one in Verdict:
        assert ess.tally(one).value == pytest.approx(values[one.value] / 100, abs=0.05)
    assert {name: tally.contracts for name, tally in counted.families} == families
    assert numbers["oui"] > 500
    assert numbers["a_verifier"] > 500


def test_599_contracts_of_paris_say_a_social_clause_and_those_of_2019_say_nothing(
    mirror: Path, counted: Shares
) -> None:
    by: Counter[str] = Counter()
    for one in _raw(mirror):
        told = one.get("considerationsSociales")
        said = [] if told is None else told["considerationSociale"]
        by["tus" if told is None else "clause" if "Clause sociale" in said else "sans"] += 1
        by["reserve"] += "Marché réservé" in said
    clause = counted.by["clause"]
    assert by["clause"] == clause.tally(Verdict.OUI).contracts == 599
    assert by["tus"] == clause.tally(Verdict.A_VERIFIER).contracts == 3850
    assert by["sans"] == clause.tally(Verdict.NON).contracts
    assert by["reserve"] == counted.by["reserve"].tally(Verdict.OUI).contracts == 7


def test_what_says_nothing_is_shown_and_never_counted_as_zero(counted: Shares) -> None:
    old = next(line for line in counted.years if line.id == "2019")
    assert old.clause.number() == (0, 1)
    low, high = counted.by["insertion"].number() or (0, 0)
    assert 0 < low < high
    assert counted.by["handicap"].tally(Verdict.NON).contracts == 0
