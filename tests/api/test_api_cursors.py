"""A long list is read from page to page: every line once, in order, and no cursor but those given."""

import json
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from ancrage.desk.cursors import SALT

V1 = "/api/v1"


def walked(api: Client, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """Every line, page after page."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        asked = query | {"limite": limit} | ({"curseur": cursor} if cursor else {})
        page = json.loads(api.get(V1 + path, asked).content)
        assert len(page["items"]) <= limit
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize(
    ("path", "key", "limit", "query"),
    [
        ("/territoires", "code", 7, {"nature": "departement"}),
        ("/territoires/dep:23/communes", "code", 100, {}),
        ("/zonages", "id", 3, {}),
        ("/zonages/acv/communes", "commune", 100, {"verdict": "oui"}),
        ("/aides", "id", 13, {}),
        ("/faits", "id", 20, {}),
        ("/sources", "id", 1, {}),
    ],
)
def test_pages_hold_every_line_once_in_order(
    api: Client, path: str, key: str, limit: int, query: dict[str, str]
) -> None:
    whole = json.loads(api.get(V1 + path, query | {"limite": 1000}).content)
    by_page = [one[key] for one in walked(api, path, limit, **query)]
    assert whole["next"] is None
    assert by_page == [one[key] for one in whole["items"]] == sorted(set(by_page))


def test_a_page_that_ends_the_list_has_no_next(api: Client) -> None:
    total = json.loads(api.get(f"{V1}/zonages").content)["total"]
    exact = json.loads(api.get(f"{V1}/zonages", {"limite": total}).content)
    short = json.loads(api.get(f"{V1}/zonages", {"limite": total - 1}).content)
    assert (exact["next"], len(exact["items"])) == (None, total)
    assert short["next"]


def test_a_forged_cursor_is_refused(api: Client) -> None:
    given = json.loads(api.get(f"{V1}/zonages", {"limite": 1}).content)["next"]
    forged = [
        "x",
        given[:-1],
        given.swapcase(),
        signing.dumps(["", "z"], salt=SALT),
        signing.dumps(3, salt=SALT),
    ]
    for cursor in forged:
        assert api.get(f"{V1}/zonages", {"limite": 1, "curseur": cursor}).status_code == 400, cursor


def test_a_cursor_serves_the_question_it_answers_and_no_other(api: Client) -> None:
    cursor = json.loads(api.get(f"{V1}/aides", {"limite": 1, "theme": "emploi"}).content)["next"]
    same = {"curseur": cursor, "limite": 5}
    assert api.get(f"{V1}/aides", {**same, "theme": "emploi"}).status_code == 200
    assert api.get(f"{V1}/aides", {**same, "theme": "culture"}).status_code == 400
    assert api.get(f"{V1}/zonages", same).status_code == 400
