"""What differs between two wordings of a text: the sentences that went, those that came."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ancrage.changes.noting import Parts

WORDING = "Rédaction"
"""The part that holds a whole text: a reader is shown what differs of it."""
BETWEEN = re.compile(r"(?<=[.;:])\s+")
LEFT_OUT = " […] "
RECALLED = 8
"""Words recalled of a beginning that both share."""


def reworded(before: Parts, after: Parts) -> tuple[Parts, Parts]:
    """The same parts, both wordings reduced to what differs; as they are where one has none."""
    was, now = dict(before).get(WORDING), dict(after).get(WORDING)
    if was is None or now is None or was == now:
        return before, after
    gone, come = differing(was, now)
    return _with(before, gone), _with(after, come)


def differing(was: str, now: str) -> tuple[str, str]:
    """The sentences of one that the other has not, in order."""
    left, right = BETWEEN.split(was), BETWEEN.split(now)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    gone = LEFT_OUT.join(_told(left[first:last] for _, first, last, _, _ in changed))
    come = LEFT_OUT.join(_told(right[first:last] for _, _, _, first, last in changed))
    return _without_beginning(gone.split(" "), come.split(" "))


def _without_beginning(left: Sequence[str], right: Sequence[str]) -> tuple[str, str]:
    """Both without the long beginning that they share: what is new is not cut off by what is not."""
    pairs = enumerate(zip(left, right, strict=False))
    alike = next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
    over = alike - RECALLED
    if over < RECALLED:
        return " ".join(left), " ".join(right)
    return f"… {' '.join(left[over:])}", f"… {' '.join(right[over:])}"


def _told(parts: Iterator[Sequence[str]]) -> Iterator[str]:
    return (" ".join(part) for part in parts if part)


def _with(parts: Parts, wording: str) -> Parts:
    return tuple((name, wording if name == WORDING else words) for name, words in parts)
