"""What an address asks of a round: its limits, read strictly."""

from django.http import QueryDict

from ancrage.desk.openings import optional
from ancrage.rounds.days import RoundRules


def rules(asked: QueryDict) -> RoundRules:
    """What limits a day of a round. Raises :class:`SitingError`."""
    return RoundRules(
        detour=optional(asked, "detour"),
        km_per_day=optional(asked, "km_jour"),
        hours_per_stop=optional(asked, "heures_arret"),
        hours_per_day=optional(asked, "heures_jour"),
        km_per_hour=optional(asked, "vitesse"),
    )
