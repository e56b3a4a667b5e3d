"""The form by which one asks to be put in touch, in the name of one's organisation."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ancrage.alerts.links import origin
from ancrage.desk.opened import opened, today
from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError, IntroductionError, ShareError
from ancrage.introductions.asking import LONGEST_WORDS, MOST_ASKED, Wanted, Wish, ask, refuse_too_many
from ancrage.introductions.delivering import deliver
from ancrage.introductions.finding import Found, find, organisations_of
from ancrage.introductions.models import Aim
from ancrage.people.models import Organisation
from ancrage.people.registered import named_like
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.rates import spend

LONGEST_CODE = 40
KEPT = ("code", "pour", "objet", "page")
"""What an address says that a search for one more structure keeps."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def form(request: HttpRequest) -> HttpResponse:
    """Whom, in whose name, what for, in which words; sent, the requests leave.

    Raises :class:`MailError` where links of messages would not open.
    """
    origin()
    given = request.POST if request.method == "POST" else request.GET
    mine = organisations_of(who(request), today())
    codes = codes_in(given)
    fault: AncrageError | None = None
    if request.method == "POST":
        try:
            return _asked(request, mine, codes)
        except (IntroductionError, ShareError) as error:
            fault = error
    else:
        fault = _too_many(codes)
    found, refused = _found(codes[:MOST_ASKED])
    typed = request.GET.get("cherche", "")[:200].strip()
    told = {
        "mine": mine,
        "found": found,
        "refused_codes": refused,
        "aims": list(Aim),
        "given": given,
        "emails": {code: given.get(f"courriel-{code}", "")[:254] for code in codes},
        "fault": fault,
        "there": request.get_full_path(),
        "typed": typed,
        "like": [one for one in named_like(opened(), typed) if one.name] if typed else [],
        "asked": urlencode([(name, one) for name in KEPT for one in given.getlist(name) if one]),
        "longest": LONGEST_WORDS,
    }
    return render(request, "introductions/ask.html.j2", told, status=_status(fault))


def _status(fault: AncrageError | None) -> int:
    if fault is None:
        return 200
    return 422 if isinstance(fault, IntroductionError) else status_of(fault)


def _too_many(codes: list[str]) -> AncrageError | None:
    try:
        refuse_too_many(len(codes))
    except IntroductionError as error:
        return error
    return None


def codes_in(given: QueryDict) -> list[str]:
    """The codes that an address or a form names, each once."""
    typed = ("".join(one.split())[:LONGEST_CODE] for one in given.getlist("code"))
    return list(dict.fromkeys(filter(None, typed)))[: MOST_ASKED + 1]


def _found(codes: list[str]) -> tuple[list[Found], list[tuple[str, IntroductionError]]]:
    now, found, refused = opened(), [], []
    for code in codes:
        try:
            found.append(find(now, code))
        except IntroductionError as error:
            refused.append((code, error))
    return found, refused


def _asked(request: HttpRequest, mine: list[Organisation], codes: list[str]) -> HttpResponse:
    given, now = request.POST, timezone.now()
    spend("introduction", str(request.user.pk))
    side = ask(
        who(request),
        _organisation(mine, given.get("organisation", "")),
        [Wanted(code, given.get(f"courriel-{code}", "")[:254]) for code in codes],
        Wish(
            aim=given.get("pour", ""),
            words=given.get("message", "").replace("\r\n", "\n"),
            subject=given.get("objet", ""),
            phone=given.get("telephone", ""),
            page=given.get("page", ""),
        ),
        opened(),
        now=now,
    )
    deliver(now=timezone.now(), of=side.introduction)
    messages.success(request, "La demande est faite. Rien n’est montré de personne avant l’accord de chacun.")
    return redirect("introduction", side.pk)


def _organisation(mine: list[Organisation], chosen: str) -> Organisation:
    found = next((one for one in mine if str(one.pk) == chosen), None)
    if found is None and not chosen and len(mine) == 1:
        return mine[0]
    if found is None:
        raise IntroductionError(
            "L'organisation au nom de laquelle vous demandez manque.", "Choisissez-la dans la liste."
        )
    return found
