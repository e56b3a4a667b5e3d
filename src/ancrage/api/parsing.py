"""How the body of a request becomes values: by the bounded reader of what others write."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from ancrage.declarations.json_text import read_json


class BoundedParser(Parser):
    """Refuses what no answer could write back: half characters, absurd numbers, a bottomless document."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Plain values. Raises :class:`ancrage.declarations.faults.Fault`, which is told as a 400."""
        values: dict[str, Any] = read_json(request.body.decode("utf-8"))
        return values
