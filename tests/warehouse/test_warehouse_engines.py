import re
import sys
from pathlib import Path

import pytest

import ancrage
from ancrage.errors import EngineError
from ancrage.repairs import GiveField
from ancrage.warehouse.choosing import chosen
from ancrage.warehouse.limits import Limits

LIMITS = Limits(2 << 30, 1)


def test_an_engine_that_is_not_installed_is_told_before_anything_starts(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "ancrage.warehouse.spark", raising=False)
    with (
        pytest.raises(EngineError, match="Le moteur Spark n'est pas installé") as refused,
        chosen("spark", LIMITS, tmp_path / "data"),
    ):
        pytest.fail("it started")
    assert refused.value.repairs == (GiveField("moteur", ("duckdb",)),)
    assert not (tmp_path / "data").exists()


def test_java_that_is_not_there_is_told_before_anything_starts(monkeypatch, tmp_path: Path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(EngineError, match="Spark demande Java"),
        chosen("spark", LIMITS, tmp_path / "data"),
    ):
        pytest.fail("it started")


def test_only_the_register_and_a_series_run_on_the_engine_chosen():
    """What else builds has a DuckDB of its own, which it may close: the other serves a whole build."""
    source = Path(ancrage.__file__).parent
    asking = {
        path.relative_to(source).parts[0]
        for path in source.rglob("*.py")
        if re.search(r"\bconnect_ibis\b", path.read_text("utf-8"))
    }
    assert asking == {"register", "warehouse"}
