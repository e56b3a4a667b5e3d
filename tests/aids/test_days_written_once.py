"""What was written of an aid for one day serves the days that no date tells apart, and no other."""

import random
from dataclasses import replace
from datetime import date, timedelta

from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.imports.imported import ImportedAid, ImportedCondition, Provenance
from ancrage.aids.imports.published import FORGOTTEN, FRESH

NEXT = timedelta(days=1)
CLOSES, SEEN = date(2024, 3, 31), date(2023, 5, 2)


def published_aid(identifier, **changes):
    told = dict.fromkeys(("natures", "themes", "excluded", "notes", "links"), ())
    told |= dict.fromkeys(("summary", "description", "desk", "amount"), "")
    few = ImportedCondition("taille", "Employer au plus dix personnes", "effectif <= 10")
    where = Provenance("aides-dge", "liste.csv", "ligne 2", "licence", listed_on=SEEN.isoformat())
    plain = {"name": identifier, "funder": "Personne", "audiences": ("structure",), "coverage": ("fr",)}
    dated = {"opens": None, "closes": None, "conditions": (few,), "provenance": where, "raw": {}}
    return ImportedAid(**{"id": identifier} | told | plain | dated | changes)


OTHERS = (published_aid("dge:fermee", closes=CLOSES), published_aid("dge:sans-jour"))


def changes():
    """Days on which something declared changes: beginnings, last days, proofs, values of parameters."""
    source = load_catalogue()
    versions = [version for aid in source.aids.values() for version in aid.versions]
    values = [value for parameter in source.parameters.values() for value in parameter.values]
    days = {day for one in (*versions, *values) for day in (one.since, one.until and one.until + NEXT) if day}
    days |= {version.attested_until + NEXT for version in versions if version.attested_until}
    return sorted(day for day in days if date(2019, 1, 1) < day < date(2027, 1, 1))


def test_a_day_found_again_from_others_is_the_one_written_afresh_on_both_sides_of_a_change():
    afresh = replace(load_catalogue())  # another object: nothing was written of it
    dice = random.Random(17)  # noqa: S311 - drawn again the same, not secret
    edges = [*dice.sample(changes(), 4), CLOSES + NEXT, SEEN + FRESH + NEXT]
    days = [day for edge in edges for day in (edge - NEXT, edge)]
    dice.shuffle(days)
    for day in days:
        found = compile_day(day, imported=OTHERS, pairs=())
        told = compile_day(day, catalogue=afresh, imported=[*OTHERS], pairs=())
        assert found == told
        for part in ("facts", "outputs"):
            assert [*getattr(found.program, part)] == [*getattr(told.program, part)]


def test_both_sides_of_a_closing_day_are_told_apart_and_the_days_between_are_one_entry():
    def entry(on, identifier="dge:fermee"):
        return {one.id: one for one in compile_day(on, imported=OTHERS, pairs=()).entries}.get(identifier)

    last, first = entry(CLOSES), entry(CLOSES + NEXT)
    assert (last.in_force, first.in_force) == (True, False)
    assert entry(CLOSES - NEXT) is last
    assert entry(CLOSES + NEXT + FORGOTTEN) is None
    assert entry(SEEN + FRESH, "dge:sans-jour").existence.state.value == "en_vigueur"
    assert entry(SEEN + FRESH + NEXT, "dge:sans-jour").existence.state.value == "a_confirmer"
