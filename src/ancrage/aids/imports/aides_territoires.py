"""Aids of Aides-territoires: its CSV export, and the pages of its API (``count``, ``next``, ``results``).

Feeds that local authorities make for it have the same items under ``results`` or ``aides``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.imported import (
    ImportedAid,
    Provenance,
    Reading,
    RejectedEntryError,
    sorted_out,
)
from ancrage.aids.imports.places import place_named
from ancrage.aids.imports.texts import plain, read_csv
from ancrage.aids.imports.wording import audiences_of, natures_of, split, themes_of
from ancrage.aids.vocabulary import Nature
from ancrage.dating import parse_published_day
from ancrage.errors import ImportFileError

SOURCE = "aides-territoires"
COLUMNS = (
    *("Nom", "Lien", "Financeurs", "Bénéficiaire", "Types d'aides", "AAP/AMI", "Récurrence"),
    *("Descriptif", "Date Clôture"),
)
LISTS = ("results", "aides")
SITE = "aides-territoires.beta.gouv.fr"
SLUG = re.compile(r"/aides/([^/?#]+)/?")
SUMMARY = 300


def read_export(text: str, file: str, *, licence: str, on: date) -> Reading:
    """Every aid of a CSV export, or why its row is not one. Raises :class:`ImportFileError`."""
    origin = Provenance(SOURCE, file, "", licence, imported_on=on.isoformat())
    aids, rejects = sorted_out(
        read_csv(text, file, COLUMNS),
        lambda line, row: _exported(row, replace(origin, place=f"ligne {line}")),
        lambda row: row.get("Nom", "") if isinstance(row, Mapping) else "",
    )
    return Reading(SOURCE, file, aids, rejects)


def read_pages(pages: Iterable[Any], file: str, *, licence: str, on: date) -> Reading:
    """Every aid of the pages of an API, or why it is not one. Raises :class:`ImportFileError`."""
    read = list(pages)
    items = [item for page in read for item in items_of(page, file)]
    origin = Provenance(SOURCE, file, "", licence, imported_on=on.isoformat())
    aids, rejects = sorted_out(
        enumerate(items, start=1),
        lambda rank, item: _served(item, replace(origin, place=f"entrée {rank}")),
        lambda item: str(item.get("name") or "") if isinstance(item, Mapping) else "",
    )
    announced = read[0].get("count")
    remarks = () if announced in (None, len(items)) else (_fewer(announced, len(items)),)
    return Reading(SOURCE, file, aids, rejects, remarks)


def items_of(page: Any, file: str) -> list[Any]:
    """The aids of a page. Raises :class:`ImportFileError` when it is of another shape."""
    if isinstance(page, Mapping):
        for key in LISTS:
            if isinstance(page.get(key), list):
                return list(page[key])
    raise ImportFileError(
        f"« {file} », ligne 1 : ce n'est pas une page d'Aides-territoires (« count », « results »).",
        "Donnez une page de son API, ou son export CSV : rien n'a été importé.",
    )


def _fewer(announced: object, given: int) -> str:
    return f"La source annonce {announced} aides et en donne {given} : la lecture est partielle."


def _exported(row: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(row, Mapping):
        raise RejectedEntryError(f"{row} cellule(s) au lieu de celles de l'en-tête")
    link = row["Lien"].strip()
    if not (slug := SLUG.search(link)):
        raise RejectedEntryError(f"Lien : « {link} » n'est pas l'adresse d'une aide")
    return _made(
        f"at:{slug[1]}",
        origin,
        raw=row,
        name=row["Nom"],
        body=row["Descriptif"],
        funders=split(row["Financeurs"], ";"),
        audiences=split(row["Bénéficiaire"], ";"),
        types=split(row["Types d'aides"], ";"),
        call=row["AAP/AMI"].strip().casefold() == "oui",
        links=(link,),
        days=(None, _day(row["Date Clôture"], "Date Clôture")),
        notes=(f"Récurrence : {row['Récurrence']}",) if row["Récurrence"] else (),
    )


def _served(item: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(item, Mapping):
        raise RejectedEntryError("ce n'est pas un objet JSON")
    links = tuple(dict.fromkeys(filter(None, map(_text, _links(item)))))
    return _made(
        _identifier(item, links),
        replace(origin, updated_on=str(_day(item.get("date_updated"), "date_updated") or "")),
        raw=item,
        name=_text(item.get("name")),
        body=f"{_text(item.get('description'))} {_text(item.get('eligibility'))}",
        funders=_list(item.get("financers")),
        audiences=_list(item.get("targeted_audiences")),
        types=_list(item.get("aid_types")),
        call=item.get("is_call_for_project") is True,
        links=links,
        days=(
            _day(item.get("start_date"), "start_date"),
            _day(item.get("submission_deadline"), "submission_deadline"),
        ),
        perimeter=_text(item.get("perimeter")),
        categories=_list(item.get("categories")),
        notes=(f"Récurrence : {item['recurrence']}",) if item.get("recurrence") else (),
    )


def _links(item: Mapping[str, Any]) -> Iterator[object]:
    url = item.get("url")
    yield f"https://{SITE}{url}" if isinstance(url, str) and url.startswith("/") else url
    yield from (item.get("origin_url"), item.get("application_url"))


def _identifier(item: Mapping[str, Any], links: tuple[str, ...]) -> str:
    """The slug of the site when the item is its own; else the number its producer gives, and from where."""
    slug = SLUG.search(links[0]) if links and SITE in links[0] else None
    if slug or item.get("slug"):
        return f"at:{slug[1] if slug else item['slug']}"
    if not item.get("id"):
        raise RejectedEntryError("il manque « id » et « slug »")
    return f"at:{urlsplit(links[0]).netloc if links else 'flux'}:{item['id']}"


def _made(
    identifier: str,
    origin: Provenance,
    *,
    raw: Mapping[str, Any],
    name: str,
    body: str,
    funders: tuple[str, ...],
    audiences: tuple[str, ...],
    types: tuple[str, ...],
    call: bool,
    links: tuple[str, ...],
    days: tuple[date | None, date | None],
    perimeter: str = "",
    categories: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> ImportedAid:
    said = plain(body)
    if not (title := plain(name)):
        raise RejectedEntryError("il manque le nom de l'aide")
    place = place_named(perimeter) if perimeter else None
    coverage = (place,) if place else ()
    known = audiences_of(audiences)
    if perimeter and not place:
        notes = (*notes, f"Périmètre : {perimeter}")
    calls = (Nature.APPEL_A_PROJETS.value,) if call else ()
    return ImportedAid(
        id=identifier,
        name=title,
        summary=_shortened(said),
        description=said,
        funder=" ; ".join(funders),
        desk=links[0] if links else "",
        natures=tuple(dict.fromkeys((*calls, *natures_of(types)))),
        audiences=known,
        themes=themes_of(" ".join((title, *categories))),
        coverage=coverage,
        excluded=(),
        opens=days[0],
        closes=days[1],
        amount="",
        conditions=(*eligibility.applicants(known), *eligibility.place(coverage)),
        notes=notes,
        links=links,
        provenance=origin,
        raw=dict(raw),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(maxsplit=1)[0] + "…"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _list(value: object) -> tuple[str, ...]:
    """Values of a list, of one text that joins them, or of objects with a name."""
    if isinstance(value, str):
        return split(value, ";")
    if not isinstance(value, list):
        return ()
    named = (each.get("name") if isinstance(each, Mapping) else each for each in value)
    return tuple(text for text in map(_text, named) if text)


def _day(written: object, key: str) -> date | None:
    text = _text(written)
    day = parse_published_day(text)
    if text and day is None:
        raise RejectedEntryError(f"{key} : « {text} » n'est pas un jour")
    return day
