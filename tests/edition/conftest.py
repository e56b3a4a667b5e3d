"""Shared by the tests of the edition."""

import shutil
from pathlib import Path

import pytest

from ancrage.edition.publication import drafting, publish
from ancrage.warehouse.reading import Warehouse

HERE = Path(__file__).parent
OLD = "20250101T000000000000Z"


def pytest_collection_modifyitems(items):
    """Ibis 12 calls a method that DuckDB 2 deprecates; nothing of ours can change that."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"))


@pytest.fixture
def old():
    """Name of the edition that answers before the test."""
    return OLD


@pytest.fixture
def data(embedded, tmp_path):
    """A data folder with nothing synchronised, where an older edition answers."""
    folder = tmp_path / "donnees"
    with Warehouse(embedded) as warehouse, drafting(folder, OLD) as draft:
        shutil.copytree(embedded, draft, dirs_exist_ok=True)
        publish(folder, draft, warehouse.manifest)
    return folder
