"""What is kept on disk is what would be worked out again, or it is not read."""

import pickle
from pathlib import Path

import pytest

from ancrage.declarations import keeping
from ancrage.declarations.keeping import kept


class Work:
    """Counts how often it is done."""

    def __init__(self, result: object = "made") -> None:
        self.done = 0
        self.result = result

    def __call__(self) -> object:
        self.done += 1
        return self.result


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one room that holds a declaration and a module."""
    room = tmp_path / "package" / "room" / "catalogue"
    room.mkdir(parents=True)
    (room / "one.yaml").write_text("one: 1\n", encoding="utf-8")
    (room.parent / "reading.py").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(keeping, "files", lambda _: tmp_path / "package")
    return room.parent


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
    kept("x", work, cache=tmp_path / "cache", rooms=["room"], key=2)
    assert work.done == 2


@pytest.mark.parametrize("content", [b"", b"not a pickle", pickle.dumps("made")[:-2]])
def test_a_damaged_file_is_worked_out_again_and_replaced(rooms: Path, tmp_path: Path, content: bytes) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(content)
    for _ in range(2):
        assert kept("x", work, cache=tmp_path / "cache", rooms=["room"]) == "made"
    assert work.done == 2


def test_a_file_that_others_may_write_is_never_read(rooms: Path, tmp_path: Path) -> None:
    work = Work()
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    (file,) = (tmp_path / "cache").iterdir()
    file.chmod(0o666)
    kept("x", work, cache=tmp_path / "cache", rooms=["room"])
    assert work.done == 2
    assert not file.stat().st_mode & 0o022


def test_a_cache_that_cannot_be_written_is_not_needed(rooms: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert kept("x", Work(), cache=tmp_path / "file" / "cache", rooms=["room"]) == "made"
    assert kept("x", Work(), cache=None, rooms=["room"]) == "made"


def test_the_oldest_files_of_a_name_make_room(rooms: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for key in range(keeping.KEPT + 5):
        kept("x", Work(), cache=cache, rooms=["room"], key=key)
    assert len(list(cache.glob("x-*"))) == keeping.KEPT
    kept("y", Work(), cache=cache, rooms=["room"])
    assert len(list(cache.glob("x-*"))) == keeping.KEPT


def test_what_the_work_refuses_is_told(rooms: Path, tmp_path: Path) -> None:
    def refused() -> object:
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        kept("x", refused, cache=tmp_path / "cache", rooms=["room"])
    assert not (tmp_path / "cache").exists()
