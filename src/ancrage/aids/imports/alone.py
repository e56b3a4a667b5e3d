"""One aid that others publish, answered by itself: its rules, its window, and the same one elsewhere."""

from collections.abc import Sequence
from datetime import date

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.entries import DayEntries
from ancrage.aids.imports.compiling import imported_entry
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.published import of_one
from ancrage.facts.situation import Situation
from ancrage.facts.values import labels_of, symbols
from ancrage.rules.lowering import lower
from ancrage.rules.vocabulary import Vocabulary


def answered_alone(
    aid: ImportedAid, twins: Sequence[ImportedAid], situation: Situation, *, on: date
) -> tuple[AidAnswer, dict[str, str]]:
    """Its answer for a situation, and the words of the facts that its rules read.

    ``twins``: the same aid in other lists. Raises :class:`RuleError` for a rule that cannot be read.
    """
    entry, rules = imported_entry(of_one(aid, twins, on), Vocabulary(symbols(), {}))
    certain = {entry.key: [one.key for one in entry.conditions if one.certain]}
    program = lower(rules, Vocabulary(symbols(), {}), also_all_of=certain)
    labels = labels_of(program)
    day = DayCatalogue(DayEntries(on.isoformat(), (entry,), program, labels))
    (answer,) = day.answers(situation)
    return answer, dict(labels)
