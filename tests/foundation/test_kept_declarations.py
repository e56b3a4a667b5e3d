"""What is kept on disk is what would be worked out again, or it is not read."""

import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from ancrage.declarations import keeping
from ancrage.declarations.keeping import COMPILED, FOLDER, Loader, compiled, kept


class Work:
    """Counts how often it is done."""

    def __init__(self, result: object = "made") -> None:
        self.done = 0
        self.result = result

    def __call__(self) -> object:
        self.done += 1
        return self.result


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with one room that holds a declaration and a module."""
    room = tmp_path / "package" / "room" / "catalogue"
    room.mkdir(parents=True)
    (room / "one.yaml").write_text("one: 1\n", encoding="utf-8")
    (room.parent / "reading.py").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(keeping, "files", lambda _: tmp_path / "package")
    yield room.parent
    another_process()


def another_process() -> None:
    """A process finds the folders of the package once, when it begins."""
    keeping._state.cache_clear()


def test_the_work_is_done_once_and_read_back_after(rooms: Path, tmp_path: Path) -> None:
    work = Work({"a": (1, 2)})
    asked = [kept("x", work, cache=tmp_path / "cache", rooms=["room"]) for _ in range(3)]
    assert asked == [{"a": (1, 2)}] * 3
    assert work.done == 1


@pytest.mark.parametrize("file", ["catalogue/one.yaml", "catalogue/two.yaml", "reading.py", "../errors.py"])
def test_a_declaration_or_a_module_that_changes_has_the_work_done_again(
    rooms: Path, tmp_path: Path, file: str
) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    (rooms / file).write_text("two: 22\n", encoding="utf-8")
    another_process()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert work.done == 2


def test_another_question_is_another_work_and_another_room_changes_nothing(
    rooms: Path, tmp_path: Path
) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"], key=1)
    kept("x", work, cache=tmp_path / "cache", rooms=["room"], key=2)
    assert work.done == 2
    (rooms.parent / "other").mkdir()
    (rooms.parent / "other" / "more.yaml").write_text("more: 1\n", encoding="utf-8")
    another_process()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"], key=2)
    assert work.done == 2


@pytest.mark.parametrize("content", [b"", b"not a pickle", pickle.dumps("made")[:-2]])
def test_a_damaged_file_is_worked_out_again_and_replaced(rooms: Path, tmp_path: Path, content: bytes) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    (file,) = (tmp_path / "cache" / FOLDER).iterdir()
    file.write_bytes(content)
    for _ in range(2):
        assert kept("x", work, cache=tmp_path / "cache", rooms=["room"]) == "made"
    assert work.done == 2


def test_a_file_that_others_may_write_is_never_read(rooms: Path, tmp_path: Path) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    (file,) = (tmp_path / "cache" / FOLDER).iterdir()
    file.chmod(0o666)
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert work.done == 2
    assert not file.stat().st_mode & 0o022


def test_a_folder_that_others_may_write_is_never_read(rooms: Path, tmp_path: Path) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert (tmp_path / "cache" / FOLDER).stat().st_mode & 0o777 == 0o700
    (tmp_path / "cache" / FOLDER).chmod(0o777)
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert work.done == 2


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_a_link_leads_to_is_never_read(rooms: Path, tmp_path: Path, which: str) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    folder = tmp_path / "cache" / FOLDER
    (file,) = folder.iterdir()
    real, link = tmp_path / "elsewhere", file if which == "file" else folder
    link.rename(real)
    link.symlink_to(real)
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert work.done == 2


def test_a_cache_that_cannot_be_written_is_not_needed(rooms: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert kept("x", Work(), cache=tmp_path / "file" / "cache", rooms=["room"]) == "made"
    assert kept("x", Work(), cache=None, rooms=["room"]) == "made"


def test_the_oldest_files_of_a_name_make_room(rooms: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for key in range(keeping.KEPT + 5):
        kept("x", Work(), cache=cache, rooms=["room"], key=key)
    assert len(list((cache / FOLDER).glob("x-*"))) == keeping.KEPT
    kept("y", Work(), cache=cache, rooms=["room"])
    assert len(list((cache / FOLDER).glob("x-*"))) == keeping.KEPT


def test_what_the_work_refuses_is_told(rooms: Path, tmp_path: Path) -> None:
    def refused() -> object:
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        kept("x", refused, cache=tmp_path / "cache", rooms=["room"])
    assert not (tmp_path / "cache").exists()


@pytest.fixture
def loader(rooms: Path) -> Iterator[tuple[Callable[[], object], Work]]:
    """A loader of declarations, and the work it does."""
    work = Work()

    def load() -> object:
        return work()

    yield compiled("essai", "room")(load), work
    del COMPILED["essai"]


def test_declarations_are_read_once_then_read_back_by_another_process(
    loader: tuple[Callable[[], object], Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, work = loader
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path))
    for _ in range(2):
        assert (load(), load()) == ("made", "made")
        load.cache_clear()  # type: ignore[attr-defined]
    assert work.done == 1


@pytest.mark.parametrize("data", ["absent", "file"])
def test_a_data_folder_is_never_made_for_declarations(
    loader: tuple[Callable[[], object], Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    load, _ = loader
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path / data))
    assert load() == "made"
    assert not (tmp_path / "absent").exists()
    assert (tmp_path / "file").is_file()


PACKAGE = Path(keeping.__file__).parent.parent
MARK = re.compile(r"^@compiled\(", re.MULTILINE)
DECLARING = sorted(file for file in PACKAGE.rglob("*.py") if MARK.search(file.read_text("utf-8")))


def rooms_run(load: Callable[[], object]) -> set[str]:
    """Rooms whose code runs and whose files are opened while a loader works, or whose classes it makes."""
    opened: list[object] = []
    ran: set[CodeType] = set()
    sys.addaudithook(lambda event, told: opened.append(told[0]) if event == "open" else None)
    sys.setprofile(lambda frame, _event, _told: ran.add(frame.f_code))
    try:
        made = load()
    finally:
        sys.setprofile(None)
    paths = [
        Path(one) for one in (*opened, *(code.co_filename for code in ran)) if isinstance(one, str | Path)
    ]
    found = {each.relative_to(PACKAGE).parts[0] for each in paths if each.is_relative_to(PACKAGE)}
    return {one for one in found | rooms_named(made) if (PACKAGE / one).is_dir()}


class Naming(pickle.Unpickler):
    """Reads a copy, and tells the modules whose classes it names."""

    def __init__(self, copy: bytes) -> None:
        super().__init__(io.BytesIO(copy))
        self.named: set[str] = set()

    def find_class(self, module: str, name: str) -> Any:
        self.named.add(module)
        return super().find_class(module, name)


def rooms_named(made: object) -> set[str]:
    """Rooms of the classes that a copy names."""
    copy = Naming(pickle.dumps(made))
    copy.load()
    return {module.split(".")[1] for module in copy.named if module.startswith("ancrage.")}


def test_the_fingerprint_of_every_copy_holds_all_that_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANCRAGE_DATA", str(tmp_path / "none"))  # no loader finds the copy of another
    for file in DECLARING:
        import_module(".".join(("ancrage", *file.relative_to(PACKAGE).with_suffix("").parts)))
    ours = {name: one for name, one in COMPILED.items() if one.load.__module__.startswith("ancrage.")}
    assert len(ours) == sum(len(MARK.findall(file.read_text("utf-8"))) for file in DECLARING)
    assert {name: missing for name, one in ours.items() if (missing := lacking(one))} == {}


def lacking(one: Loader) -> list[str]:
    """Rooms that a loader hangs on and does not say, told by a process where nothing was read yet."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        told = rooms_run(one.load) - set(one.rooms)
        os.write(writing, " ".join(sorted(told)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read().split()
    assert os.waitpid(child, 0)[1] == 0
    return told
