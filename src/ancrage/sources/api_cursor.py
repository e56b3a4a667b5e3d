"""Where a harvest of pages stands, on disk after each page, so that an interruption loses none."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ancrage.sources.storage import write_durably

Question = dict[str, str]

CURSOR_FILE = "curseur.json"
PAGES_FILE = "pages.jsonl.part"


@dataclass(slots=True)
class Cursor:
    """Questions still to ask (the first is under way, at ``page``) and the size of what is safely kept."""

    folder: Path
    pending: list[Question]
    page: int = 1
    kept_bytes: int = 0
    splits: list[str] = field(default_factory=list)
    truncated: list[Question] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, first: Question) -> Self:
        """Continue the harvest of this folder, or begin one with the first question."""
        try:
            written = json.loads((folder / CURSOR_FILE).read_text(encoding="utf-8"))
            cursor = cls(folder=folder, **written)
        except (OSError, ValueError, TypeError):
            cursor = cls(folder, [first])
        # What was appended after the last note is asked again: it is cut off.
        with cursor.pages.open("ab") as file:
            file.truncate(cursor.kept_bytes)
        return cursor

    @property
    def pages(self) -> Path:
        """File of the results kept, one JSON object a line."""
        return self.folder / PAGES_FILE

    def keep(self, results: Sequence[dict[str, Any]], *, last: bool, truncated: bool) -> None:
        """Keep the results of a page and move to the next page or question."""
        with self.pages.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(result, ensure_ascii=False) + "\n" for result in results)
            file.flush()
            os.fsync(file.fileno())
        self.kept_bytes = self.pages.stat().st_size
        if truncated:
            self.truncated.append(self.pending[0])
        if last:
            self.pending.pop(0)
        self.page = 1 if last else self.page + 1
        self._note()

    def replace(self, smaller: list[Question]) -> None:
        """Ask these questions in place of the current one."""
        (key,) = set(smaller[0]) - set(self.pending[0])
        self.splits = list(dict.fromkeys([*self.splits, key]))
        self.pending[:1] = smaller
        self._note()

    def results(self) -> Iterator[dict[str, Any]]:
        """All results kept so far."""
        with self.pages.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)

    def close(self) -> None:
        """Forget the harvest: it is complete and written elsewhere."""
        self.pages.unlink(missing_ok=True)
        (self.folder / CURSOR_FILE).unlink(missing_ok=True)

    def _note(self) -> None:
        noted = {
            "pending": self.pending,
            "page": self.page,
            "kept_bytes": self.kept_bytes,
            "splits": self.splits,
            "truncated": self.truncated,
        }
        write_durably(self.folder / CURSOR_FILE, json.dumps(noted, ensure_ascii=False))
