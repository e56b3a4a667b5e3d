"""Editions that hold the contracts of the mirror."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ancrage.edition.bought import write_bought
from ancrage.edition.door import try_to_read
from ancrage.edition.inputs import Inputs
from ancrage.edition.manifest import _source
from ancrage.edition.opening import open_edition
from ancrage.sources.catalogue import get_source
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.territories.atlas import Atlas
from told_again import tell_again

READ_ON = date(2026, 11, 29)
BESIDE = ("titulaires-paris", "identifiants-collectivites", "siae", "esat")

Building = Callable[..., Path]


@pytest.fixture(scope="session")
def build_bought(
    embedded: Path, real_data: Path, mirror: Path, tmp_path_factory: pytest.TempPathFactory
) -> Building:
    """Write the tables of contracts of some sources beside those of an edition; give its folder."""

    def build(*sources: str, folder: Path = mirror) -> Path:
        there = tmp_path_factory.mktemp("marches")
        store, edition = SnapshotStore(there), there / "edition"
        report = synchronise(map(get_source, sources), store=store, mirror=folder, door=try_to_read)
        assert not [one.told for one in report.outcomes if one.state == "failed"], report
        synchronise(map(get_source, BESIDE), store=store, mirror=mirror, door=try_to_read)
        edition.mkdir()
        for path in embedded.iterdir():
            (edition / path.name).symlink_to(path)
        for name in ("listed_structure.parquet", "manifest.json"):
            (edition / name).unlink()
        shutil.copy(real_data / "entrepot" / "courante" / "listed_structure.parquet", edition)
        for path in edition.glob("purchase*"):
            path.unlink()
        inputs = Inputs(store)
        write_bought(inputs, edition, on=READ_ON)
        manifest = json.loads((embedded / "manifest.json").read_text("utf-8"))
        manifest["sources"] += [_source(key, one) for key, one in inputs.used.items()]
        (edition / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        tell_again(edition)
        return edition

    return build


@pytest.fixture(scope="session")
def paris(build_bought: Building) -> Iterator[Atlas]:
    """The contracts of the Ville de Paris, of both formats, from five files that overlap."""
    with open_edition(build_bought("decp")) as warehouse:
        yield Atlas(warehouse, today=READ_ON)


@pytest.fixture(scope="session")
def all_read(build_bought: Building) -> Iterator[Atlas]:
    """Every contract of the mirror."""
    with open_edition(build_bought("decp", "decp-tabulaire")) as warehouse:
        yield Atlas(warehouse, today=READ_ON)
