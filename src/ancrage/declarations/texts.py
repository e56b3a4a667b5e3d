"""Cited texts: what founds a rule, a value or a list, when it was read, and how far."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from ancrage.declarations.base import Declared
from ancrage.declarations.legifrance import official

WEB_ADDRESS = r"^https?://[^\s/]+\.[^\s]+$"


class Basis(StrEnum):
    """How far a text was checked: read itself, a page that quotes it read, the report of 2021, or nothing."""

    TEXTE_LU = "texte_lu"
    PAGE_LUE = "page_lue"
    COMPTE_RENDU = "compte_rendu"
    A_VERIFIER = "a_verifier"


class Text(Declared):
    """The text that founds a fact. ``published_on`` is the day of its publication, when known."""

    title: str
    href: str | None = Field(default=None, pattern=WEB_ADDRESS)
    published_on: date | None = None
    checked_on: date
    basis: Basis
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _to_the_official_site(cls, told: Any) -> Any:
        return official(told) if isinstance(told, dict) else told


class Status(StrEnum):
    """Whether a rule is established by its text, still to be checked, or only described."""

    ETABLI = "etabli"
    A_VERIFIER = "a_verifier"
    DESCRIPTIF = "descriptif"


class ListText(Declared):
    """The text that founds a list or a collectivity. ``read`` is true only when the text itself was read."""

    title: str
    href: str | None = None
    published_on: date | None = None
    checked_on: date
    read: bool
    status: Literal["lu", "a_verifier"] = "a_verifier"
