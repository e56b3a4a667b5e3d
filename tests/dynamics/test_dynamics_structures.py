"""Which structures are known of a territory, and how many of each activity."""

import json
import shutil
from datetime import date

import duckdb
import pytest

from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.structures import count_of, held_in, structures_of
from ancrage.edition.opening import open_edition
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)
NEVER_KNOWN, OUTSIDE = "99999999900017", "ess = 'non' AND departement = '23'"


@pytest.fixture
def listing(embedded, tmp_path):
    """The edition of the package, whose list of inclusion enterprises also tells these."""

    def made(*sirets):
        folder = shutil.copytree(embedded, tmp_path / "edition")
        told = json.loads((folder / "manifest.json").read_text("utf-8"))
        (folder / "manifest.json").write_text(json.dumps(told | {"tables": {}}), encoding="utf-8")
        file = folder / "siae.parquet"
        with duckdb.connect() as engine:
            engine.execute(f"CREATE TABLE siae AS FROM '{file}'")
            engine.executemany(
                "INSERT INTO siae BY NAME SELECT * REPLACE (? AS siret) FROM siae LIMIT 1",
                [(siret,) for siret in sirets],
            )
            engine.execute(f"COPY siae TO '{file}'")
        return folder

    return made


def asked(folder, question, on=TODAY):
    with open_edition(folder, resident=True) as warehouse:
        atlas = Atlas(warehouse, today=TODAY)
        creuse = resolve(atlas, "dep:23", on=on)
        return question(atlas, creuse, register_places(atlas, creuse).places)


def siret_of(folder, condition):
    with duckdb.connect() as engine:
        found = engine.execute(
            f"SELECT min(siret) FROM '{folder / 'establishment.parquet'}' WHERE {OUTSIDE} AND {condition}"
        )
        return found.fetchone()[0]


def test_one_that_only_the_list_tells_is_known_unless_the_register_has_closed_it(embedded, listing):
    open_one, closed = (siret_of(embedded, active) for active in ("active", "closed = DATE '2026-06-24'"))
    before = asked(embedded, count_of)
    folder = listing(open_one, closed, NEVER_KNOWN)
    assert asked(folder, count_of) == before + 2
    known = {one.siret for one in asked(folder, structures_of) if not one.registered}
    assert known == {open_one, NEVER_KNOWN}
    earlier = {one.siret for one in asked(folder, structures_of, date(2026, 6, 1)) if not one.registered}
    assert earlier == {open_one, closed, NEVER_KNOWN}


def test_those_that_are_counted_only_are_those_that_would_be_listed(listing):
    folder = listing(NEVER_KNOWN)
    counted, listed = asked(folder, held_in), asked(folder, structures_of)
    assert (counted.total, counted.fictitious) == (len(listed), True)
    for one in complementarities().activities:
        of_it = [each for each in listed if one in each.activities]
        assert counted.of[one] == (len(of_it), len({each.unit for each in of_it})), one
    assert any(establishments > units for establishments, units in counted.of.values())
