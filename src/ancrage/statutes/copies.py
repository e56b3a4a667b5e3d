"""Which copy of the law a folder holds: the codes, or the laws and decrees outside them."""

from pathlib import Path

from ancrage.statutes.checking import Copy
from ancrage.statutes.git_copy import git
from ancrage.statutes.law_copy import LawCopy
from ancrage.statutes.statute_copy import KINDS, StatuteCopy


def opened_copy(folder: Path) -> Copy:
    """The copy of a folder, told by the folders it holds. Raises :class:`LawCopyError`."""
    held = set(git(folder, "ls-tree", "--name-only", "-d", "HEAD").splitlines())
    return StatuteCopy(folder) if held & set(KINDS) else LawCopy(folder)
