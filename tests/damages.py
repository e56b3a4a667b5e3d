"""What happens to a text on its way: cut, flipped, mistyped, in another encoding, swollen, replaced."""

import csv
import gzip
import io
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

Damage = Callable[[str, random.Random], bytes]
ODD = ["2021-02-31", "9" * 5_000, "[" * 200, '{"a":' * 90, "null", "true", "!!python/x y", "*a", "&a b",
       '"\\ud800"', "NaN", "1e999", "-1", "", "é" * 300, "\x00", "\u2028", "=1+1", "---"]  # fmt: skip
CELLS = [
    "",
    "99999",
    "23999",
    "2B",
    "0null",
    "2021-02-31",
    "9" * 400,
    '"',
    "a;b",
    "a,b",
    "\t",
    " ",
    "é",
    "-1",
    "A",
]
VALUES: list[Any] = [None, "", 3, -1e308, [], {}, [[[]]], "x" * 3_000, "99999", 10**400, True, "POINT(1 2)"]
MOST_CELLS = 8


def _swelling() -> bytes:
    """300 MB of spaces in a few hundred kilobytes, made without ever being held."""
    engine = zlib.compressobj(1, wbits=31)
    return b"".join([engine.compress(b" " * (1 << 20)) for _ in range(300)]) + engine.flush()


SWELLING = _swelling()


def bomb(text: str, _: random.Random) -> bytes:
    return gzip.compress(text.encode(), 1) + SWELLING


def aliases(_: str, __: random.Random) -> bytes:
    layers = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["a0: &a0 [x]", *layers]).encode()


def cut(text: str, dice: random.Random) -> bytes:
    content = text.encode()
    return content[: dice.randrange(len(content))]


def flipped(text: str, dice: random.Random) -> bytes:
    content = bytearray(text.encode())
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def swapped(text: str, dice: random.Random) -> bytes:
    """A value takes the place of a word: what people mistype, and what they never would."""
    words = text.split(" ")
    words[dice.randrange(len(words))] = dice.choice(ODD)
    return " ".join(words).encode("utf-8", "surrogatepass")


def repeated(text: str, dice: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    return "".join([*lines[:place], lines[place] * dice.choice((2, 500)), *lines[place:]]).encode()


def utf16(text: str, dice: random.Random) -> bytes:
    return text.encode("utf-16")[: -dice.randint(0, 3) or None]


DAMAGES: list[Damage] = [
    *(cut, flipped, swapped, swapped, repeated, bomb, aliases, utf16),
    lambda text, dice: b"\xef\xbb\xbf" + text.encode(),
    lambda text, dice: text.encode("latin-1", "replace"),
    lambda text, dice: gzip.compress(text.encode())[: -dice.randint(1, 20)],
    lambda text, dice: b"[" * dice.choice((100, 100_000)),
    lambda text, dice: b'{"a":' * dice.choice((100, 100_000)),
    lambda text, dice: b"PK\x03\x04" + text.encode(),
    lambda text, dice: bytes(dice.randrange(256) for _ in range(400)),
    lambda text, dice: text.replace("\n", "\r").encode(),
    lambda text, dice: b"",
]


def records(text: str, dice: random.Random) -> bytes:
    """A few values of a table or of a collection become others: a producer's slips."""
    return _values(text, dice) if text.lstrip("\ufeff ").startswith(("{", "[")) else _cells(text, dice)


def _cells(text: str, dice: random.Random) -> bytes:
    """The lines that are touched are written again, the others stay byte for byte."""
    lines = text.split("\n")
    separator = max(";,\t", key=lines[0].count)
    for _ in range(dice.randint(1, MOST_CELLS)):
        place = dice.randrange(1, max(2, len(lines) - 1))
        cells = next(csv.reader([lines[place]], delimiter=separator), [""]) or [""]
        cells[dice.randrange(len(cells))] = dice.choice(CELLS)
        if dice.random() < 0.2:
            cells = cells[:-1] if dice.random() < 0.5 else [*cells, "de trop"]
        out = io.StringIO()
        csv.writer(out, delimiter=separator, lineterminator="").writerow(cells)
        lines[place] = out.getvalue()
    return "\n".join(lines).encode()


def _values(text: str, dice: random.Random) -> bytes:
    document = json.loads(text)
    held = (
        next((v for v in document.values() if isinstance(v, list)), [])
        if isinstance(document, dict)
        else document
    )
    for _ in range(dice.randint(1, MOST_CELLS) if held else 0):
        place = dice.randrange(len(held))
        inside = [part for part in (held[place], *_parts(held[place])) if isinstance(part, dict) and part]
        if dice.random() < 0.1 or not inside:
            held[place] = dice.choice(VALUES)
        else:
            part = dice.choice(inside)
            part[dice.choice(list(part))] = dice.choice(VALUES)
    return json.dumps(document).encode()


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else []


SOURCE_DAMAGES: list[Damage] = [*DAMAGES, *[records] * 20]
"""More slips than accidents: they are what comes in, and what must not be lost in silence."""
