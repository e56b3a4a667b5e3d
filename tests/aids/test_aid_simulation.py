"""A territory through the catalogue: the frame and the one-by-one answers say the same."""

import json
from collections import Counter
from datetime import date

import pytest

from ancrage.aids.counting import ALL, SERVED, added, counted
from ancrage.aids.opening import open_day
from ancrage.aids.simulation import simulate
from ancrage.aids.standing import Class
from ancrage.errors import UnknownAidError, UnknownParameterError
from ancrage.facts.declaration import Origin, load_facts
from ancrage.facts.population import population
from ancrage.facts.register import facts_of_siret
from ancrage.facts.situation import Known, completed, values
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.territories.resolving import resolve

WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)


def situation_of(row):
    """The facts of a row of the population, as one situation."""
    found = {}
    for fact in load_facts().values():
        if not fact.type.is_number:
            found[fact.id] = row.get(fact.id)
        elif row.get(f"{fact.id}_low") is not None:
            found[fact.id] = Interval(row[f"{fact.id}_low"], row[f"{fact.id}_high"])
    return found


def test_parts_of_a_population_counted_apart_add_up_to_the_whole(embedded_atlas):
    territory = resolve(embedded_atlas, "200044014", on=TODAY)
    day, rows = open_day(TODAY), population(embedded_atlas, territory)
    whole = counted(day.entries, day.program, rows)
    apart = [counted(day.entries, day.program, part) for part in (rows[:7], rows[7:], rows[:0])]
    together = added(pair for part in apart for pair in part.items())
    assert rows.height > 7
    assert together == pytest.approx(whole)
    assert whole[ALL, SERVED, ALL] > 0


@pytest.mark.parametrize("on", [WEBINAR, TODAY])
def test_counts_are_those_of_the_structures_answered_one_by_one(embedded_atlas, on):
    territory = resolve(embedded_atlas, "200044014", on=on)
    simulation = simulate(embedded_atlas, territory)
    day, counts, low, high = open_day(on), Counter(), Counter(), Counter()
    rows = population(embedded_atlas, territory).to_dicts()
    assert rows
    for row in rows:
        outputs = day.evaluate(situation_of(row))
        for tally in simulation.tallies:
            truth = outputs.truth(tally.entry.key)
            counts[tally.entry.id, truth] += 1
            if tally.amount and truth is not False:
                amount = outputs[tally.entry.amount.key] or Interval(None, None)
                high[tally.entry.id] += float("inf") if amount.high is None else amount.high
                low[tally.entry.id] += (amount.low or 0) if truth else 0
    for tally in simulation.tallies:
        name = tally.entry.id
        assert tally.no == counts[name, False]
        assert tally.yes + tally.to_check == counts[name, True] + counts[name, None]
        assert tally.yes in (0, counts[name, True])
        if tally.amount and tally.amount.high is not None:
            assert tally.amount.high == pytest.approx(high[name])
        if tally.amount and tally.amount.low is not None:
            assert tally.amount.low == pytest.approx(low[name] if tally.yes else 0)


def test_the_facts_of_a_row_are_those_its_siret_fills(embedded_atlas):
    territory = resolve(embedded_atlas, "200044014", on=TODAY)
    rows = population(embedded_atlas, territory).to_dicts()
    for row in rows[::7]:
        sirets = embedded_atlas.warehouse.rows(
            "SELECT siret FROM ess_establishment WHERE siren = ? AND head_office", (row["siren"],)
        )
        filled = facts_of_siret(embedded_atlas, sirets[0]["siret"], on=TODAY)
        told = values(completed(filled.situation, on=TODAY))
        expected = {fact: value for fact, value in told.items() if value is not None}
        found = {fact: value for fact, value in situation_of(row).items() if value is not None}
        assert found == expected


@pytest.mark.mirror
def test_on_the_real_register_each_row_is_what_its_siret_fills_and_counts_add_up(real_atlas):
    territory = resolve(real_atlas, "fr", on=TODAY)
    rows = population(real_atlas, territory).to_dicts()
    simulation = simulate(real_atlas, territory)
    assert simulation.structures == len(rows) > 5
    assert not simulation.fictitious
    for tally in simulation.tallies:
        assert tally.yes + tally.to_check + tally.no == simulation.structures
    for row in rows:
        (found,) = real_atlas.warehouse.rows(
            "SELECT siret FROM ess_establishment WHERE siren = ? AND head_office AND active", (row["siren"],)
        )
        filled = facts_of_siret(real_atlas, found["siret"], on=TODAY)
        told = values(completed(filled.situation, on=TODAY))
        expected = {fact: value for fact, value in told.items() if value is not None}
        kept = {fact: value for fact, value in situation_of(row).items() if value is not None}
        assert kept == expected


def test_urgencess_over_the_creuse_is_refused_to_non_employers_and_blocked_by_the_crisis(embedded_atlas):
    territory = resolve(embedded_atlas, "dep:23", on=WEBINAR)
    simulation = simulate(embedded_atlas, territory, only=("urgencess",))
    (tally,) = simulation.tallies
    assert simulation.fictitious
    assert simulation.structures == tally.yes + tally.to_check + tally.no
    assert tally.yes == 0
    assert tally.excluding[0].id == "taille"
    assert tally.blocking[0].id == "touche_par_la_crise"
    assert tally.blocking[0].structures == tally.to_check
    assert tally.amount.low == 0
    assert 5000 * tally.to_check <= tally.amount.high <= 8000 * tally.to_check


def test_a_higher_ceiling_lets_more_structures_in_and_leaves_todays_law_beside(embedded_atlas):
    territory = resolve(embedded_atlas, "dep:23", on=WEBINAR)
    simulation = simulate(
        embedded_atlas, territory, only=("urgencess",), overrides={"urgence-ess.plafond": 20}
    )
    (now,), (then,) = simulation.tallies, simulation.supposed
    assert then.no < now.no
    assert then.to_check > now.to_check


def test_unknown_aids_and_parameters_are_refused(embedded_atlas):
    territory = resolve(embedded_atlas, "23077", on=WEBINAR)
    with pytest.raises(UnknownAidError):
        simulate(embedded_atlas, territory, only=("urgences",))
    with pytest.raises(UnknownParameterError, match=r"urgence-ess\.plafon"):
        simulate(embedded_atlas, territory, overrides={"urgence-ess.plafon": 1})


def test_a_descriptive_aid_never_counts_a_yes(embedded_atlas):
    territory = resolve(embedded_atlas, "dep:23", on=WEBINAR)
    described = [one for one in simulate(embedded_atlas, territory).tallies if one.entry.doubts]
    assert described
    assert all(tally.yes == 0 for tally in described)
    assert Verdict.A_VERIFIER.value == "a_verifier"


def test_the_command_answers_in_json_and_in_french(ancrage, tmp_path):
    told = ("aides", "simuler", "23077", "--on", "2021-03-31", "--aide", "urgencess")
    answer = ancrage(*told, "--format", "json", data=tmp_path)
    assert answer.returncode == 0, answer.stderr
    (aid,) = json.loads(answer.stdout)["aids"]
    assert {"id", "oui", "a_verifier", "non", "amount", "excluding", "blocking"} <= set(aid)
    shown = ancrage(*told, "--parametre", "urgence-ess.plafond=20", data=tmp_path).stdout
    assert "fictives" in shown.lower()
    assert "(urgence-ess.plafond) : 20" in shown.replace("\u00a0", " ")


@pytest.mark.parametrize("written", ["urgence-ess.plafond=vingt", "urgence-ess.plafond", "plafond=20"])
def test_a_wrong_parameter_is_one_french_sentence(ancrage, tmp_path, written):
    answer = ancrage("aides", "simuler", "23077", "--parametre", written, data=tmp_path)
    assert answer.returncode == UnknownParameterError.exit_code
    assert "Traceback" not in answer.stderr


def test_classes_are_those_of_the_structures_answered_one_by_one(embedded_atlas):
    territory = resolve(embedded_atlas, "200044014", on=TODAY)
    simulation = simulate(embedded_atlas, territory)
    day, counts, served = open_day(TODAY), Counter(), 0
    for row in population(embedded_atlas, territory).to_dicts():
        told = {fact: Known(value, Origin.REGISTRE) for fact, value in situation_of(row).items()}
        answers = day.answers(told, among={tally.entry.id for tally in simulation.tallies})
        counts.update((answer.entry.id, answer.standing) for answer in answers)
        served += any(answer.standing in (Class.DROIT, Class.A_DEMANDER) for answer in answers)
    assert simulation.served == served > 0
    for tally in simulation.tallies:
        expected = {one: n for one in Class if (n := counts[tally.entry.id, one])}
        assert dict(tally.classes) == expected, tally.entry.id
        assert sum(tally.classes.values()) == simulation.structures


def test_where_nothing_is_counted_no_aid_is_told_as_asked_by_nobody(ancrage, tmp_path):
    answer = ancrage("aides", "simuler", "59295", "--format", "json", data=tmp_path)
    document = json.loads(answer.stdout)
    assert (document["structures"], document["served"]) == (None, None)
    assert (document["aids"], document["supposed"]) == ([], [])
