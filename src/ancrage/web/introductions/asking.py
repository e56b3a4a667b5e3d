"""The form by which one asks to be put in touch, in the name of one's organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ancrage.alerts.links import origin
from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError, IntroductionError, ShareError
from ancrage.introductions.asking import LONGEST_WORDS, MOST_ASKED, Wanted, Wish, ask
from ancrage.introductions.delivering import deliver
from ancrage.introductions.finding import Found, find, organisations_of
from ancrage.introductions.models import Aim
from ancrage.people.models import Organisation
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.rates import spend

LONGEST_CODE = 40


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
    found, refused = _found(codes)
    told = {
        "mine": mine,
        "found": found,
        "refused_codes": refused,
        "aims": list(Aim),
        "given": given,
        "emails": {code: given.get(f"courriel-{code}", "")[:254] for code in codes},
        "fault": fault,
        "here": request.get_full_path(),
        "longest": LONGEST_WORDS,
    }
    return render(request, "introductions/ask.html.j2", told, status=422 if fault else 200)


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
