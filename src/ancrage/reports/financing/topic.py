"""How a financing plan is told, and the cumulation of aids."""

from ancrage.questions.financing import FinancingFacts, Paper
from ancrage.questions.question import Answer
from ancrage.reports.financing import document, pairs
from ancrage.reports.financing.document import FinancingDocument
from ancrage.reports.financing.pairs import PairsDocument
from ancrage.reports.financing.posting import published
from ancrage.reports.financing.sheet import plan_sheet
from ancrage.reports.sheet import Grid, Sheet
from ancrage.reports.topic import Topic


def describe(answer: Answer[FinancingFacts]) -> Sheet:
    """A plan."""
    return plan_sheet(answer.facts)


def table(answer: Answer[FinancingFacts]) -> Grid:
    """What its CSV holds: the list of subsidies when it is wanted, else the rules, or the budget.

    Raises :class:`FinancingFileError` for a list that its schema would refuse.
    """
    if answer.facts.paper is Paper.SUBVENTIONS:
        return published(answer.facts.verified.plan)
    found = tuple(block for part in plan_sheet(answer.facts).sections for block in part.blocks)
    return next(block for block in found if isinstance(block, Grid))


TOPIC = Topic(
    describe,
    document.document,
    FinancingDocument,
    table=table,
    own={"csv": "ancrage.reports.financing.published:write"},
)
TOPIC_OF_PAIRS = Topic(pairs.describe, pairs.document, PairsDocument)
