"""Pages of the API of Aides-territoires (``count``, ``next``, ``results``).

Feeds that local authorities make for it have the same items, under ``results`` or ``aides``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ancrage.aids.imports.aides_territoires import SLUG
from ancrage.aids.imports.days import day_of
from ancrage.aids.imports.imported import (
    ImportedAid,
    Provenance,
    Reading,
    RejectedEntryError,
    sorted_out,
)
from ancrage.aids.imports.territoires_entry import SOURCE, Told, imported
from ancrage.aids.imports.texts import plain, web_address
from ancrage.aids.imports.wording import split
from ancrage.declarations.faults import shown
from ancrage.errors import ImportFileError
from ancrage.language.numbers import count, plain_number

LISTS = ("results", "aides")
SITE = "aides-territoires.beta.gouv.fr"
MOST_NAMED = 5
"""Unknown territories that a remark names."""


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
    return Reading(SOURCE, file, aids, rejects, (*remarks, *_nowhere(aids)))


def _nowhere(aids: Iterable[ImportedAid]) -> Iterator[str]:
    """What is said of the aids whose list names a territory that is none we know."""
    named = [_text(aid.raw.get("perimeter")) for aid in aids if not aid.coverage]
    unknown = list(dict.fromkeys(filter(None, named)))
    if unknown:
        shown = ", ".join(f"« {place} »" for place in unknown[:MOST_NAMED])
        more = f" et {count(left, 'autre')}" if (left := len(unknown) - MOST_NAMED) > 0 else ""
        many = count(sum(map(bool, named)), "aide")
        yield f"{many} d'un territoire qui n'est pas connu ({shown}{more}) : décrite seulement, sans réponse."


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
    return (
        f"La source annonce {shown(str(announced), 24)} aides et en donne {given} : la lecture est partielle."
    )


def _served(item: Any, origin: Provenance) -> ImportedAid:
    if not isinstance(item, Mapping):
        raise RejectedEntryError("ce n'est pas un objet JSON")
    told_links = (web_address(link, key) for key, value in _links(item) if (link := _text(value)))
    links = tuple(dict.fromkeys(told_links))
    updated = day_of(item.get("date_updated"), "date_updated")
    told = Told(
        name=_text(item.get("name")),
        body=f"{_text(item.get('description'))} {_text(item.get('eligibility'))}",
        funders=_list(item.get("financers")),
        audiences=_list(item.get("targeted_audiences")),
        types=_list(item.get("aid_types")),
        links=links,
        call=item.get("is_call_for_project") is True,
        opens=day_of(item.get("start_date"), "start_date"),
        closes=day_of(item.get("submission_deadline"), "submission_deadline"),
        perimeter=_text(item.get("perimeter")),
        categories=_list(item.get("categories")),
        recurrence=_text(item.get("recurrence")),
        amount=_amount(item),
    )
    return imported(_identifier(item, links), told, replace(origin, updated_on=str(updated or "")), item)


def _links(item: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    url = item.get("url")
    yield "url", f"https://{SITE}{url}" if isinstance(url, str) and url.startswith("/") else url
    yield from ((key, item.get(key)) for key in ("origin_url", "application_url"))


RATES = ("subvention_rate_lower_bound", "subvention_rate_upper_bound")
SUMS = {"loan_amount": "prêt", "recoverable_advance_amount": "avance récupérable"}


def _amount(item: Mapping[str, Any]) -> str:
    """« 20 à 80 % de subvention ; prêt : 10 000 € »; empty when nothing is told.

    Raises :class:`RejectedEntryError` for an amount that is a text.
    """
    low, high = (_number(item, key) for key in RATES)
    sums = ((words, _number(item, key)) for key, words in SUMS.items())
    told = [f"{words} : {plain_number(number)} €" for words, number in sums if number]
    if high or low:
        told.insert(0, f"{_bounds(low, high)} % de subvention")
    if comment := plain(item.get("subvention_comment")):
        told.append(comment)
    return " ; ".join(told)


def _bounds(low: float | None, high: float | None) -> str:
    if low and high and low != high:
        return f"{plain_number(low)} à {plain_number(high)}"
    return f"jusqu'à {plain_number(high)}" if high else f"au moins {plain_number(low or 0)}"


def _number(item: Mapping[str, Any], key: str) -> float | None:
    told = item.get(key)
    if told is None or told == "":
        return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise RejectedEntryError(f"{key} : « {str(told)[:80]} » n'est pas un nombre")
    return float(told)


def _identifier(item: Mapping[str, Any], links: tuple[str, ...]) -> str:
    """The slug of the site when the item is its own; else the number its producer gives, and from where."""
    slug = SLUG.search(links[0]) if links and SITE in links[0] else None
    if slug or item.get("slug"):
        return f"at:{slug[1] if slug else item['slug']}"
    if not item.get("id"):
        raise RejectedEntryError("il manque « id » et « slug »")
    return f"at:{urlsplit(links[0]).netloc if links else 'flux'}:{item['id']}"


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
