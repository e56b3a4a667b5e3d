"""The environment of the pages: that of the reports, plus addresses, files and what surrounds a page."""

import json
import re
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from ancrage import __version__
from ancrage.alerts.following import can_be_followed
from ancrage.desk.opened import opened
from ancrage.desk.private import is_private
from ancrage.desk.publisher import publisher_shown
from ancrage.reports.charts import Spec
from ancrage.reports.formats import pages as reports
from ancrage.reports.formats.typeset import Typeset
from ancrage.web.asking import FILE_WORDS
from ancrage.web.assets.storage import asset
from ancrage.web.density import BEGUN, LONG, NAMED, waiting
from ancrage.web.documentation.words import words_of
from ancrage.web.navigation import address, link_of, menu
from ancrage.web.offers import to_do
from ancrage.web.papers.files import papers_of
from ancrage.web.structures.country import credit_of
from ancrage.web.territory.tabs import tabs_of

# What could end a script element or start a comment inside it.
UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

DIALLED = re.compile(r"\+?\d(?:[\s.\-/\u00a0\u202f]?\d)+")


def environment(**_options: Any) -> Environment:
    """Templates of the site first, then those of the reports, whose sections the site shows as they are."""
    made = reports.environment().overlay(
        loader=ChoiceLoader([PackageLoader("ancrage.web"), PackageLoader("ancrage.reports")])
    )
    made.globals = {
        **made.globals,
        "asset": asset,
        "url": _url,
        "address": address,
        "can_be_followed": can_be_followed,
        "version": __version__,
        "file_words": FILE_WORDS,
        "glossary_of": words_of,
        "territory_tabs": tabs_of,
        "territory_papers": papers_of,
        "map_credit": lambda: credit_of(opened().atlas),
        "to_do": to_do,
        "waiting": waiting,
        "most_named": NAMED,
        "begun": {"over": LONG, "rows": BEGUN},
        "chart_data": lambda identifier, spec: Markup(chart_data(identifier, spec)),  # noqa: S704 escaped there
    }
    made.filters = {**made.filters, "dialled": dialled}
    made.template_class = Typeset
    return made


def dialled(phone: str) -> str:
    """A telephone number as an address dials it: « 05 55 41 00 00 (le matin) » is 0555410000."""
    found = DIALLED.search(phone)
    return re.sub(r"[^+\d]", "", found.group()) if found else ""


def _url(name: str, *arguments: object, **named: object) -> str:
    return reverse(name, args=arguments or None, kwargs=named or None)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """What every page shows around its own content."""
    here = settings.SITE_ORIGIN + request.get_full_path()
    around = {
        "menu": menu(request.path),
        "path": request.path,
        "here": here,
        "origin": settings.SITE_ORIGIN,
        "is_known": request.resolver_match is not None and not is_private(request),
        "links": link_of,
        "publisher": publisher_shown(),
    }
    return {**around, "messages": get_messages(request)} if is_private(request) else around


def chart_data(identifier: str, spec: Spec) -> str:
    """A data block (never executed) that holds the specification of the drawing ``identifier``."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    for character, written in UNSAFE.items():
        text = text.replace(character, written)
    return f'<script type="application/json" data-chart="{identifier}">{text}</script>'
