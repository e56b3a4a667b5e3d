"""A build of the register taken up: after a kill, and after a month in which little changed."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ancrage.warehouse import keeping
from ancrage.warehouse.writing import quoted
from asking import asked
from national import ours
from national.files import Size, made_files


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return made_files(tmp_path_factory.mktemp("sirene"), Size(2_000))


@pytest.fixture(scope="module")
def plain(files, tmp_path_factory):
    """Tables of a build that keeps nothing and that nobody stops."""
    folder = tmp_path_factory.mktemp("plain")
    ours.built(files, folder)
    return tables(folder)


def tables(folder: Path) -> dict[str, str]:
    """Fingerprint of the rows of each table, in their order."""
    said = "SELECT md5(string_agg(t::VARCHAR, '|')) FROM '{}' t"
    return {path.stem: asked(said.format(quoted(path)))[0][0] for path in sorted(folder.glob("*.parquet"))}


def built(files, folder: Path, workshop: Path) -> keeping.Kept:
    with keeping.keeping(workshop) as kept:
        ours.built(files, folder)
    return kept


class Killed(BaseException):
    """What nothing catches, as nothing hears a kill."""


def killed_after(results: int, monkeypatch) -> None:
    """Stop the build dead when it has made some results."""
    made, count = keeping.Kept.result, iter(range(results))

    def until(self, key, path, make):
        if next(count, None) is None:
            raise Killed
        return made(self, key, path, make)

    monkeypatch.setattr(keeping.Kept, "result", until)


def test_a_build_killed_between_two_steps_is_taken_up_there_and_gives_the_same_tables(
    files, plain, tmp_path, monkeypatch
):
    moment = 9
    with monkeypatch.context() as patch:
        killed_after(moment, patch)
        with pytest.raises(Killed):
            built(files, tmp_path / "first", tmp_path / "workshop")
    kept = built(files, tmp_path / "second", tmp_path / "workshop")
    assert len(kept.taken) == moment
    assert tables(tmp_path / "second") == plain


def test_a_new_file_makes_again_what_depends_on_it_and_nothing_else(files, plain, tmp_path):
    built(files, tmp_path / "october", tmp_path / "workshop")
    month = {**files, "etablissements": shortened(files["etablissements"], tmp_path)}
    kept = built(month, tmp_path / "november", tmp_path / "workshop")
    assert kept.taken
    assert kept.made
    ours.built(month, tmp_path / "apart")
    assert tables(tmp_path / "november") == tables(tmp_path / "apart") != plain
    assert built(month, tmp_path / "again", tmp_path / "workshop").made == set()


def shortened(path: Path, folder: Path) -> Path:
    """The same file but for its last rows."""
    rows = pq.read_table(path)
    pq.write_table(rows.slice(0, rows.num_rows - 100), folder / path.name)
    return folder / path.name


def test_what_was_kept_is_taken_unless_it_was_spoilt_and_forgotten_when_no_build_needs_it(tmp_path):
    def make(path):
        path.write_text("fait", encoding="utf-8")

    def build(key):
        with keeping.keeping(tmp_path / "workshop") as kept:
            taken = kept.result(key, tmp_path / "table", make)
        kept.forget_others()
        return taken

    assert [build("a"), build("a")] == [False, True]
    (tmp_path / "table").write_text("abîmé", encoding="utf-8")  # the same file under two names
    assert [build("a"), build("b"), build("a")] == [False, False, False]
    assert len(list((tmp_path / "workshop").iterdir())) == 1


def test_the_order_in_which_a_query_leaves_columns_out_does_not_make_another_result():
    one, other = (
        keeping.EXCLUDED.sub(keeping._in_order, f"SELECT t.* EXCLUDE ({left_out}) FROM t")
        for left_out in ('"a", "b"', '"b", "a"')
    )
    assert one == other == 'SELECT t.* EXCLUDE ("a", "b") FROM t'
