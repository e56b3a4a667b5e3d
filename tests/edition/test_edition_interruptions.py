"""The real command killed in the middle of a build: what was published stays, the next build works."""

import signal
from datetime import date

import pytest

from ancrage.edition.publication import current_edition, editions
from ancrage.errors import BusyError, InterruptedOperationError
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import Warehouse

TODAY = date(2026, 11, 23)


def wait_for(process, step):
    """Read what the command tells until it begins this step."""
    for line in process.stderr:
        if step in line:
            return
    pytest.fail(f"the build ended before the step « {step} »")


def answers(data):
    with Warehouse(current_edition(data)) as warehouse:
        return resolve(Atlas(warehouse, today=TODAY), "23077", on=TODAY).name == "Faux-la-Montagne"


def leftovers(data):
    return sorted(path.name for path in (data / "entrepot").rglob(".*"))


def test_killed_without_warning_at_several_moments_the_old_edition_answers_and_the_next_build_cleans(
    data, old, started, ancrage
):
    for step in ("Zonages", "Registre"):
        process = started("entrepot", "construire", data=data)
        wait_for(process, step)
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert current_edition(data).name == old
        assert answers(data)
        assert any(name.startswith(".brouillon-") for name in leftovers(data))
    last = started("entrepot", "construire", data=data)
    wait_for(last, "Découpage")
    last.stderr.close()  # whoever stops reading the progress does not stop the build
    told = last.stdout.read()
    assert last.wait() == 0
    assert f"Édition publiée : {current_edition(data)}" in told
    assert leftovers(data) == []
    assert [edition.name for edition in editions(data)] == [current_edition(data).name, old]
    assert answers(data)
    assert old in ancrage("entrepot", "revenir", data=data).stdout
    assert current_edition(data).name == old


@pytest.mark.parametrize(("how", "step"), [(signal.SIGTERM, "Registre"), (signal.SIGINT, "Zonages")])
def test_asked_to_stop_it_cleans_behind_itself_and_says_that_nothing_was_touched(
    data, old, started, how, step
):
    process = started("entrepot", "construire", data=data)
    wait_for(process, step)
    process.send_signal(how)
    told = process.stderr.read()
    assert process.wait() == InterruptedOperationError.exit_code
    assert "Rien de publié n'a été touché" in told
    assert "Traceback" not in told
    assert leftovers(data) == []
    assert current_edition(data).name == old
    assert answers(data)


def test_a_second_build_is_refused_while_the_first_goes_on(data, started, ancrage):
    first = started("entrepot", "construire", data=data)
    wait_for(first, "Événements")
    second = ancrage("entrepot", "construire", data=data)
    assert second.returncode == BusyError.exit_code
    assert "déjà en cours" in second.stderr
    assert first.poll() is None
    assert answers(data)
