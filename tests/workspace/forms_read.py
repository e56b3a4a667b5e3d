"""The forms of a page, read as a browser reads them, and what a person, or a machine, types in them."""

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import quote_plus

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

ODD = (
    "", " ", "\0", "a\0b", "\ud800", "x\udfff", "\u202e", "e\u0301" * 200, "🎉" * 50, "x" * 9000, "9" * 400,
    "-1", "0", "-0", "1e999", "NaN", "Infinity", "²", "٣", "1,5", "1_0", "0x10", "2026-02-30", "0001-01-01",
    "9999-12-31", "10000-01-01", "2026-11-23T00:00", "' OR 1=1", "<script>alert(1)</script>", "{{ 7 }}",
    "null", "[]", "{}", '{"a": [1]}', "&a [*a]", "oui", "2027", "a.b@exemple.fr", "//ailleurs.example/",
)  # fmt: skip
WORDS = (
    "Garder des lieux ouverts", "Œuvre d’été à l’Établi", "Ouvrir, le soir,\nà tous", "1234",
    "a" * 250, "Ω 漢字",
)  # fmt: skip
KNOWN = {
    "siren": "999000094", "siret": "99900009400014", "code": "23077", "q": "gueret", "territoire": "23077",
    "mail": "accueil@exemple.fr", "courriel": "accueil@exemple.fr", "cpv": "50800000", "places": "23077",
    "perimeter": "23077", "tags": "lieu, culture", "means": "05 55 00 00 00",
    "who": "999000094", "support": "DLA", "value": "1200", "quantity": "2,5",
}  # fmt: skip
"""What a person knows to write under a name that a field has."""
BOUNDARY = "a-form-that-was-drawn"
HIDDEN = ("csrfmiddlewaretoken",)


@dataclass
class Field:
    """A field as the page writes it; ``possible``: what a list, boxes or buttons of one name offer."""

    name: str
    kind: str
    value: str = ""
    possible: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    several: bool = False


@dataclass
class Form:
    """A form: where it is sent, how, and its fields by name."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._list: Field | None = None
        self._text: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith(("/", "?")):
            self.links.append(told["href"].partition("#")[0])
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        if tag == "option" and self._list is not None:
            self._list.possible.append(told.get("value", ""))
        if self._form is None or not told.get("name"):
            return
        kind = told.get("type", "text") if tag == "input" else tag
        if tag in ("input", "select", "textarea", "button"):
            self._add(self._form, kind, told)

    def _add(self, form: Form, kind: str, told: dict[str, str]) -> None:
        one = form.fields.setdefault(
            told["name"], Field(told["name"], kind, told.get("value", ""), told=told)
        )
        if kind in ("radio", "checkbox", "button", "submit"):
            one.possible.append(told.get("value", "on"))
        one.several = "multiple" in told or (kind == "checkbox" and len(one.possible) > 1)
        self._list = one if kind == "select" else self._list
        self._text = one if kind == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data

    def handle_endtag(self, tag: str) -> None:
        self._form = None if tag == "form" else self._form
        self._list = None if tag == "select" else self._list
        self._text = None if tag == "textarea" else self._text


def read(page: str) -> tuple[list[Form], list[str]]:
    """The forms that a page sends, and the pages of the site that it leads to."""
    reader = _Reader()
    reader.feed(page)
    return [one for one in reader.forms if one.method == "post"], reader.links


def filled(dice: random.Random, form: Form, ids: list[str]) -> dict[str, object]:
    """A form as a person fills it; two times in five, some of its fields are anything."""
    said: dict[str, object] = {}
    for one in form.fields.values():
        if one.name not in HIDDEN and (value := _typed(dice, one)) is not None:
            said[one.name] = value
    if dice.random() < 0.4 and said:
        for name in dice.sample(sorted(said), min(len(said), dice.choice((1, 1, 2, 3)))):
            said[name] = _spoiled(dice, said[name], ids)
    return said


def _typed(dice: random.Random, one: Field) -> object:
    if one.kind in ("hidden", "search"):
        return one.value
    if one.kind in ("radio", "select", "checkbox", "button", "submit"):
        return _chosen(dice, one)
    if one.kind == "file":
        return _file(dice, one.told.get("accept", ""))
    if one.value and dice.random() < 0.5:
        return one.value
    if "required" not in one.told and dice.random() < 0.4:
        return ""
    if one.kind == "number":
        low = int(float(one.told.get("min") or 0))
        return str(dice.choice((low, low + 1, 2027, int(float(one.told.get("max") or low + 9)))))
    if one.kind == "date":
        return (date(2026, 11, 2) + timedelta(days=dice.randint(-40, 800))).isoformat()
    known = KNOWN.get(one.name)
    return known or dice.choice(WORDS)[: int(one.told.get("maxlength") or 4000)]


def _chosen(dice: random.Random, one: Field) -> object:
    possible = [value for value in one.possible if value] or one.possible
    if not possible or (one.kind in ("checkbox", "button", "submit") and dice.random() < 0.5):
        return None
    if one.several:
        return dice.sample(possible, dice.randint(1, min(3, len(possible))))
    return dice.choice(possible)


def _file(dice: random.Random, accept: str) -> SimpleUploadedFile:
    document = io.BytesIO()
    Document().save(document)
    table = "Objectif;Action;Début;Coût\nLieux;Ouvrir;01/02/2027;1 200 €\n;;;\n".encode()
    whole = {"a.csv": table, "a.docx": document.getvalue(), "a.txt": b"texte", "a.json": b"{}"}
    fit = [name for name in whole if name[1:] in accept] or [*whole]
    name = dice.choice(fit)
    spoilt = (
        whole[name],
        whole[name],
        whole[name],
        b"",
        b"\0" * 99,
        whole[name][:40],
        b"[" * 3000,
        b"a: &a [*a]",
    )
    return SimpleUploadedFile(dice.choice((name, "\u202ea.json", "../" + name)), dice.choice(spoilt))


def _spoiled(dice: random.Random, value: object, ids: list[str]) -> object:
    if isinstance(value, SimpleUploadedFile):
        return dice.choice(ODD)
    return dice.choice(
        (
            dice.choice(ODD),
            dice.choice(ODD),
            dice.choice(ids),
            [value, dice.choice(ODD)],
            [dice.choice(ODD)] * 30,
        )
    )


def sent(said: Mapping[str, object]) -> tuple[bytes, str]:
    """A form as a browser sends it, and its type; half a character goes by its bytes."""
    pairs = [
        (name, one)
        for name, value in said.items()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    if not any(isinstance(value, SimpleUploadedFile) for _, value in pairs):
        told = "&".join(f"{quote_plus(name)}={quote_plus(_bytes(value))}" for name, value in pairs)
        return told.encode(), "application/x-www-form-urlencoded"
    parts = [_part(name, value) for name, value in pairs]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


def _part(name: str, value: object) -> bytes:
    file = isinstance(value, SimpleUploadedFile)
    more = f'; filename="{value.name}"\r\nContent-Type: application/octet-stream' if file else ""  # type: ignore[attr-defined]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
    if not isinstance(value, SimpleUploadedFile):
        return head + _bytes(value) + b"\r\n"
    value.seek(0)
    return head + value.read() + b"\r\n"


def _bytes(value: object) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")
