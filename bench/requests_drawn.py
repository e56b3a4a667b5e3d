"""Requests drawn for every page, address of the API and form behind sign-in.

``requests_drawn.py [EXAMPLES] [pages] [api] [signed] [filled]``.

Runs the tests that draw them (Hypothesis, Schemathesis) with so many examples for each address, and counts
what the site really answered, by status: a number of examples is only the most that may be drawn. Each 503
is told with its address and its words, since a source that was never received is one and a lost base another.
"""

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler

TESTS = Path(__file__).resolve().parent.parent / "tests"
DRAWN = {
    "pages": ("web/test_web_generated.py",),
    "api": ("api/test_api_schema.py",),
    "signed": ("workspace/test_forms_drawn.py",),
    "filled": ("workspace/test_forms_filled.py",),
}


TOLD = re.compile(r'"type": ?"urn:ancrage:probleme:([^"]*)"|<h1[^>]*>([^<]*)</h1>\s*<p[^>]*>([^<]{,120})')


def counted(answers: Counter[int], outages: Counter[str]) -> None:
    """Count every answer of the site, whatever asks it, and what each 503 said."""
    whole = BaseHandler.get_response

    def answer(handler: BaseHandler, request: Any) -> Any:
        given = whole(handler, request)
        answers[given.status_code] += 1
        if given.status_code == 503:
            outages[f"{_asked(request)} : {_words(given)}"] += 1
        return given

    BaseHandler.get_response = answer  # type: ignore[method-assign, assignment]


def _asked(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else str(request.path)


def _words(answer: Any) -> str:
    text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
    found = TOLD.search(text)
    return " ".join(part.strip() for part in found.groups() if part) if found else text[:200]


def main() -> None:
    os.environ["ANCRAGE_EXAMPLES"] = sys.argv[1] if len(sys.argv) > 1 else "100"
    answers, outages = Counter[int](), Counter[str]()
    counted(answers, outages)
    for name in sys.argv[2:] or DRAWN:
        answers.clear()
        outages.clear()
        failed = int(
            pytest.main(["-q", "-p", "no:cacheprovider", *(str(TESTS / one) for one in DRAWN[name])])
        )
        line = {"bench": f"requests drawn: {name}", "value": answers.total(), "unit": "requests"}
        faults = sum(number for status, number in answers.items() if status >= 500 and status != 503)
        told = {
            "statuses": dict(sorted(answers.items())),
            "five-hundreds": faults,
            "503": dict(outages.most_common()),
            "ok": not (failed or faults),
        }
        print(json.dumps(line | told), flush=True)


if __name__ == "__main__":
    main()
