"""What is erased: a situation that nobody follows any more, with all that was told of it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ancrage.alerts.following import FOLLOWED
from ancrage.alerts.keeping import packed
from ancrage.alerts.models import Content, Event, Match, Subscription, Topic

ERASED = "Situation effacée"


def forget_situations() -> int:
    """Erase the words of the private topics that nobody follows or waits to; gives how many."""
    return sum(_erase(name) for name in list(_unfollowed().values_list("pk", flat=True)))


def _unfollowed() -> QuerySet[Topic]:
    private = Q(pk__in=())
    for name, kind in FOLLOWED.items():
        if kind.private:
            private |= Q(question__startswith=f"{name}?") | Q(question=name)
    live = Subscription.objects.filter(topic=OuterRef("pk"), ended_at=None)
    return Topic.objects.filter(private, ~Exists(live))


@transaction.atomic
def _erase(name: int) -> int:
    """Erase one, unless somebody follows it again. What other topics tell too is left to them."""
    topic = Topic.objects.select_for_update().get(pk=name)
    if not _unfollowed().filter(pk=name).exists():
        return 0
    told = list(Match.objects.filter(topic=topic).values_list("event", flat=True))
    Content.objects.filter(subscription__topic=topic).delete()
    Match.objects.filter(topic=topic).delete()
    Event.objects.filter(pk__in=told, matches=None, contents=None).delete()
    topic.digest, topic.question, topic.follows = f"efface-{topic.pk}", "", ""
    topic.label, topic.state, topic.fault, topic.over = ERASED, packed({}), "", True
    topic.save()
    return 1
