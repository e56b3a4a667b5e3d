"""Diagnoses made for pages and files, a few of them kept: a page and its downloads share one."""

from collections import OrderedDict
from threading import Lock

from ancrage.diagnosis.assemble import diagnose
from ancrage.diagnosis.model import Diagnosis
from ancrage.edition.opened import Opened
from ancrage.territories.territory import Territory

MOST = 64
_made: OrderedDict[tuple[object, ...], Diagnosis] = OrderedDict()
_lock = Lock()


def diagnosis_of(now: Opened, territory: Territory) -> Diagnosis:
    """The whole diagnosis of a territory on its day, with its outline."""
    key = (now.edition, territory.on, territory.code, territory.communes)
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            return _made[key]
    made = diagnose(now.atlas, territory, with_outline=True, cache=now.cache)
    with _lock:
        _made[key] = made
        while len(_made) > MOST:
            _made.popitem(last=False)
    return made
