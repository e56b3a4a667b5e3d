"""What the end of a build works out for pages changes nothing of what they say."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ancrage.contacts.helping import help_in
from ancrage.contacts.placing import TOWN, open_towns
from ancrage.diagnosis.assemble import diagnose
from ancrage.edition.preparing import write_worked_out
from ancrage.edition.tables import TABLES
from ancrage.levers.alike import ALIKE, open_alike
from ancrage.register.wide import WIDE
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.territories.zonings.answering import PLACED, open_placed
from ancrage.warehouse.reading import ResidentWarehouse

TODAY = date(2026, 11, 23)
ASKED = (
    ("23077", date(2021, 3, 31)),
    ("2A004", date(2023, 7, 1)),
    ("75056", date(2024, 2, 29)),
    ("13055", TODAY),
    ("200044014", date(2022, 12, 31)),
    ("200054781", date(2025, 1, 1)),
    ("dep:23", date(2026, 6, 15)),
    ("dep:974", date(2021, 1, 1)),
    ("reg:84", date(2023, 6, 15)),
    ("fr", date(2024, 8, 20)),
)


@pytest.fixture(scope="module")
def prepared(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    folder = Path(
        shutil.copytree(
            (real_data / "entrepot" / "courante").resolve(), tmp_path_factory.mktemp("prepared") / "edition"
        )
    )
    with ResidentWarehouse(folder, TABLES) as warehouse:
        write_worked_out(warehouse)
        for known in (open_alike, open_placed, open_towns):
            known(warehouse)
        assert all(warehouse.has_written(name) for name in (*WIDE, ALIKE, PLACED, TOWN))
        yield Atlas(warehouse, today=TODAY)


@pytest.mark.mirror
@pytest.mark.parametrize(("code", "on"), ASKED)
def test_a_place_is_told_the_same_with_and_without(
    prepared: Atlas, real_atlas: Atlas, code: str, on: date
) -> None:
    ours, theirs = (diagnose(atlas, resolve(atlas, code, on=on)) for atlas in (prepared, real_atlas))
    assert ours == theirs
    ours, theirs = (help_in(atlas, resolve(atlas, code, on=on), None, 3) for atlas in (prepared, real_atlas))
    assert ours == theirs
