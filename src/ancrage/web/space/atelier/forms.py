"""A form of the atelier: what it asks, what was typed, what is wrong, both texts when one was faster."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError, Difference, InvalidQuestionError, StaleVersionError
from ancrage.journal.keys import form_key
from ancrage.journal.models import Recorded
from ancrage.journal.writing import Act
from ancrage.people.actors import actor_of
from ancrage.web.space.atelier.fields import Field, Unreadable
from ancrage.web.space.doors import who
from ancrage.workspace.door import By

TEMPLATE = "space/atelier/form.html.j2"
LONGEST_REASON = 2000


@dataclass
class Form:
    """What a page shows of a form; ``values``: what stands in its fields, as written there."""

    title: str
    fields: Sequence[Field]
    button: str
    back: str
    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    token: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    failure: AncrageError | None = None
    apart: Sequence[Difference] = ()
    intro: str = ""


def by_of(request: HttpRequest) -> By:
    """Who writes: the person signed in, now, with the mark and the reason of the form."""
    person, posted = who(request), request.POST
    said = {name: posted.getlist(name) for name in sorted(posted) if name != "csrfmiddlewaretoken"}
    token = posted.get("jeton", "")[:64]
    act = Act(
        person.pk,
        timezone.now(),
        reason=posted.get("motif", "").strip()[:LONGEST_REASON],
        key=form_key(token, {"page": request.path, **said}) if token else "",
    )
    return By(actor_of(person), act)


def seen(request: HttpRequest) -> int:
    """The version a form was made from; 0, which no row has, when it does not say."""
    written = request.POST.get("version", "")
    return int(written[:9]) if written.isdecimal() else 0


def answer(
    request: HttpRequest,
    form: Form,
    do: Callable[[By, dict[str, Any]], Any],
    *,
    row: Recorded | None = None,
    around: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or do what it says and go back, or where ``do`` says, or show what it gives.

    What cannot be done keeps all that was typed.
    """
    form.token = request.POST.get("jeton", "")[:64] or secrets.token_urlsafe(16)
    if request.method != "POST":
        form.version = row.version if row else form.version
        if row is not None:
            form.values = {one.name: one.shown(getattr(row, one.name)) for one in form.fields}
        return render(request, TEMPLATE, {"form": form, **(around or {})})
    form.version = seen(request)
    values, form.faults = read(request, form.fields)
    form.values = typed(request, form.fields)
    if form.faults:
        return render(request, TEMPLATE, {"form": form, **(around or {})}, status=422)
    try:
        done = do(by_of(request), values)
    except StaleVersionError as error:
        form.failure, form.version, form.apart = error, error.current, _told(error.differences, form.fields)
        return render(request, TEMPLATE, {"form": form, **(around or {})}, status=409)
    except InvalidQuestionError as error:
        form.faults = {_named(label, form.fields): said for label, said in error.faults}
        return render(request, TEMPLATE, {"form": form, **(around or {})}, status=422)
    except AncrageError as error:
        form.failure, status = error, status_of(error)
        return render(
            request, TEMPLATE, {"form": form, **(around or {})}, status=422 if status == 400 else status
        )
    if isinstance(done, HttpResponse):
        return done
    return HttpResponseRedirect(form.back if not isinstance(done, str) else done)


def read(request: HttpRequest, fields: Sequence[Field]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the fields say, and what is wrong with them."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for one in fields:
        try:
            values[one.name] = one.read(request.POST, one.name)
        except Unreadable as error:
            faults[one.name] = str(error)
            continue
        if one.required and values[one.name] in (None, "", []):
            faults[one.name] = "à remplir"
    return values, faults


def typed(request: HttpRequest, fields: Sequence[Field]) -> dict[str, Any]:
    """What stands in the fields, to be shown again as it was typed."""
    posted = request.POST
    return {
        one.name: posted.getlist(one.name) if one.kind == "many" else posted.get(one.name, "")
        for one in fields
    }


def _named(label: str, fields: Sequence[Field]) -> str:
    return next((one.name for one in fields if one.label.lower() == label.lower()), label)


def _told(apart: Sequence[Difference], fields: Sequence[Field]) -> list[Difference]:
    """Both texts under the words of the form, choices by their names."""
    known = {one.name: one for one in fields}
    return [
        Difference(
            one.name,
            known[one.name].label,
            _words(known[one.name], one.mine),
            _words(known[one.name], one.theirs),
        )
        for one in apart
        if one.name in known
    ]


def _words(told: Field, value: object) -> str:
    if value in (None, "", []):
        return "(vide)"
    listed = value if isinstance(value, list) else [value]
    names = dict(told.choices)
    return ", ".join(names.get(str(one), str(one)) for one in listed)
