"""« Ce que je suis »: everything a person follows, tuned and stopped in one place; following from there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ancrage.alerts import links, personal, subscribing
from ancrage.alerts.following import canonical, followed, kind_of
from ancrage.alerts.mine import kept_of
from ancrage.alerts.models import Frequency, Subscription
from ancrage.alerts.near import RADII_KM, NearQuestion
from ancrage.desk.opened import opened, today
from ancrage.errors import AlertError
from ancrage.people.models import Person
from ancrage.web.alerts.views import LONGEST, tuned_among, with_radius
from ancrage.web.space.doors import signed_in, who

DONE = "fait"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: HttpRequest) -> HttpResponse:
    """What she follows; with ``?question=``, first the form to follow it. Raises what reading it raises."""
    person, fault, tuned = who(request), "", None
    if request.method == "POST":
        try:
            if "question" in request.POST:
                return _followed(request, person)
            tuned = _changed(request, personal.all_of(person, now=timezone.now()))
        except AlertError as error:
            fault = f"{error.message} {error.hint}"
    token = links.own(str(person.pk), person.stamp)
    told = {
        "wanted": _wanted(request, person),
        "mine": personal.all_of(person, now=timezone.now()),
        "new": request.GET.get(DONE, ""),
        "tuned": tuned,
        "fault": fault,
        "frequencies": Frequency,
        "pauses": subscribing.PAUSES,
        "now": timezone.now(),
        "feed": request.build_absolute_uri(reverse("own-feed", args=[token])),
        "agenda": request.build_absolute_uri(reverse("own-agenda", args=[token])),
    }
    return render(request, "space/followed.html.j2", told, status=422 if fault else 200)


def _followed(request: HttpRequest, person: Person) -> HttpResponse:
    """Raises :class:`MailError` where links of messages would not open."""
    links.origin()
    question = with_radius(request.POST["question"][:LONGEST], request.POST.get("km", ""))
    often = request.POST.get("frequence", "") or Frequency.JOUR.value
    one = personal.follow(person, question, often, opened(), now=timezone.now())
    told = redirect(f"{reverse('followed')}?{DONE}={one.pk}")
    told.status_code = 303
    return told


def _changed(request: HttpRequest, mine: list[Subscription]) -> Subscription | None:
    """Tune or stop one of her own; nothing for one that is not."""
    if "regler" in request.POST:
        return tuned_among(request, mine)
    chosen = request.POST.get("arreter", "")
    found = [one for one in mine if str(one.pk) == chosen]
    subscribing.end(found, now=timezone.now())
    for one in found:
        one.ended_at = timezone.now()
    return next(iter(found), None)


def _wanted(request: HttpRequest, person: Person) -> dict[str, object]:
    """What the form asks to follow; nothing when nothing is named, or when she may not be told of it."""
    asked = (request.GET.get("question") or request.POST.get("question", ""))[:LONGEST]
    if not asked:
        return {}
    question = followed(asked)
    kind = kind_of(question)
    if kind.may and not kind.may(question, person.pk, today()):
        return {}
    settled, label = canonical(question, opened())
    near = isinstance(settled, NearQuestion)
    return {
        "question": settled.address,
        "label": label,
        "kept": kept_of(settled, opened()) if kind.private else (),
        "km": getattr(settled, "km", None),
        "radii": RADII_KM if near else (),
    }
