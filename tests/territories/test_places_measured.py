"""Places as people write them, measured: whole lists, or samples drawn again the same."""

import csv
import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from ancrage.territories.finding import find
from ancrage.territories.gazetteer.former import Descent, _departures
from ancrage.territories.naming import normalise

TODAY = date(2026, 11, 23)
SEED = 2021
LABELS = Path(__file__).with_name("postal_labels.csv")
"""Real lines of La Poste's postcode file (Licence Ouverte), with the communes of 2026 they are for."""
IN_FULL = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}
LATEST = 2026


def wrong(atlas, cases, *, among):
    """Cases whose right answer is not among the first ones."""
    missed = []
    for typed, right in cases:
        found = [str(match.named.code) for match in find(atlas, typed, on=TODAY, limit=among)]
        if not right & set(found[:among]):
            missed.append((typed, right, found))
    return missed


def communes(atlas):
    return atlas.warehouse.rows(
        "SELECT code, name, departement FROM commune WHERE vintage = ? ORDER BY code", (LATEST,)
    )


def test_every_homonym_told_with_its_departement_comes_first(embedded_atlas):
    by_name = defaultdict(list)
    for row in communes(embedded_atlas):
        by_name[normalise(row["name"])].append(row)
    homonyms = [row for rows in by_name.values() if len(rows) > 1 for row in rows]
    assert len(homonyms) > 3000
    cases = [(f"{row['name']} ({row['departement']})", {row["code"]}) for row in homonyms]
    assert wrong(embedded_atlas, cases, among=1) == []


def test_every_intercommunality_comes_first_by_its_legal_name(embedded_atlas):
    by_name = defaultdict(set)
    rows = embedded_atlas.warehouse.rows(
        "SELECT code, name FROM unit WHERE kind = 'epci' AND vintage = ?", (LATEST,)
    )
    for row in rows:
        category, _, rest = row["name"].partition(" ")
        by_name[f"{IN_FULL[category]} {rest}" if category in IN_FULL else row["name"]].add(row["code"])
    assert len(by_name) > 1200
    assert wrong(embedded_atlas, by_name.items(), among=1) == []


def departed(atlas):
    """Codes and names of the communes gone since 1943, with what they became."""
    alive = {row["code"]: row["name"] for row in communes(atlas)}
    descent = Descent(list(_departures(atlas.warehouse.rows, LATEST)), frozenset(alive))
    gone = [one for one in descent.departures if one.code not in alive]
    return gone, alive, descent


@pytest.mark.mirror
def test_every_commune_gone_since_1943_leads_by_its_code_to_what_it_became(real_atlas):
    gone, _, descent = departed(real_atlas)
    heirs = defaultdict(set)
    for one in gone:
        heirs[one.code] |= set(descent.heirs(one))
    cases = [(code, right) for code, right in heirs.items() if right]
    assert len(cases) > 4000
    assert wrong(real_atlas, cases, among=3) == []


@pytest.mark.mirror
def test_every_commune_gone_since_1943_leads_by_a_name_of_its_own_to_what_it_became(real_atlas):
    gone, alive, descent = departed(real_atlas)
    bearers = defaultdict(list)
    for one in gone:
        bearers[normalise(one.name)].append(one)
    held = {normalise(name) for name in alive.values()}
    alone = [
        ones for name, ones in bearers.items() if name not in held and len({one.code for one in ones}) == 1
    ]
    cases = [(ones[0].name, {heir for one in ones for heir in descent.heirs(one)}) for ones in alone]
    assert len(cases) > 2900
    assert wrong(real_atlas, [case for case in cases if case[1]], among=3) == []


def labels():
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return [
            (row["code_postal"], row["libelle"], set(row["communes"].split()))
            for row in csv.DictReader(lines)
        ]


def test_postal_labels_lead_to_their_commune_after_their_postcode(embedded_atlas):
    cases = [(f"{postcode} {label}", right) for postcode, label, right in labels()]
    assert len(cases) >= 400
    assert len(wrong(embedded_atlas, cases, among=1)) <= len(cases) // 100


def test_postal_labels_followed_by_cedex_lead_to_their_commune(embedded_atlas):
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    cases = [
        (f"{postcode[:3]}{dice.randrange(1, 99):02} {label} CEDEX {dice.randrange(1, 20)}", right)
        for postcode, label, right in labels()
        if label.isupper()
    ]
    assert len(wrong(embedded_atlas, cases, among=3)) <= len(cases) // 50


def test_a_letter_left_out_changed_or_swapped_still_leads_to_the_town(embedded_atlas):
    """Of the 500 most inhabited communes, told with their département since a mistake may make a homonym."""
    rows = embedded_atlas.warehouse.rows(
        "SELECT code, name, departement FROM commune WHERE vintage = ? AND length(name) >= 6 "
        "ORDER BY population DESC NULLS LAST LIMIT 500",
        (LATEST,),
    )
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    cases = [(f"{mistyped(row['name'], dice)} ({row['departement']})", {row["code"]}) for row in rows]
    assert len(wrong(embedded_atlas, cases, among=3)) <= len(cases) // 50


def mistyped(name, dice):
    place = dice.randrange(1, len(name) - 2)
    left, letter, right = name[:place], name[place], name[place + 1 :]
    kinds = (left + right, f"{left}{dice.choice('aeioursnt')}{right}", left + right[0] + letter + right[1:])
    return dice.choice(kinds)
