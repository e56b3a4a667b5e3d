"""How the cases are told: a list, one."""

from typing import Any

from ancrage.cases.case import Case, Reading, Share
from ancrage.cases.finding import levers_of
from ancrage.questions.cases import CasesFound
from ancrage.questions.question import Answer
from ancrage.reports.cases.document import CasesDocument, OneCaseDocument
from ancrage.reports.cases.sheet import TYPED, describe_list, describe_one
from ancrage.reports.documents import heading
from ancrage.reports.topic import Topic


def document_of_list(answer: Answer[CasesFound]) -> dict[str, Any]:
    """The cases; ``null`` is unknown."""
    found = answer.facts.found
    return {**heading(answer), "items": [{**_case(one), "distance": far} for one, far in found]}


def document_of_one(answer: Answer[Case]) -> dict[str, Any]:
    """A case."""
    case = answer.facts
    return {
        **heading(answer, (TYPED,) if case.published_on else ()),
        "sources": [case.source] if case.source else [],
        "case": _case(case),
    }


def _case(one: Case) -> dict[str, Any]:
    campaign = one.campaign
    return {
        "id": one.id,
        "sort": one.sort.value,
        "title": one.title,
        "told": one.told,
        "learnt": one.learnt,
        "publics": one.publics,
        "place_code": one.place[0],
        "place_name": one.place[1],
        "place_on": one.place[2].isoformat(),
        "tools": list(one.tools),
        "levers": list(levers_of(one)),
        "criteria": list(one.criteria),
        "state": one.state,
        "begin": one.begin.isoformat() if one.begin else None,
        "end": one.end.isoformat() if one.end else None,
        "shared": one.shared,
        "shares": [_share(each) for each in one.shares],
        "campaign": {
            "stage": campaign.stage.value,
            "goal_eur": None if campaign.goal is None else float(campaign.goal),
            "ends": campaign.ends.isoformat() if campaign.ends else None,
            "link": campaign.link,
            "readings": [_reading(each) for each in campaign.readings],
        }
        if campaign
        else None,
        "published_on": one.published_on.isoformat() if one.published_on else None,
        "copies": one.copies,
        "source": one.source,
    }


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "on": one.on.isoformat(),
        "gathered_eur": float(one.gathered),
        "backers": one.backers,
        "source": one.source,
        "link": one.link,
    }


def _share(one: Share) -> dict[str, Any]:
    return {
        "name": one.name,
        "nature": one.nature,
        "role": one.role,
        "brings": one.brings,
        "granted_eur": None if one.granted is None else float(one.granted),
        "given_eur": None if one.given is None else float(one.given),
    }


TOPIC = Topic(describe_list, document_of_list, CasesDocument)
TOPIC_OF_ONE = Topic(describe_one, document_of_one, OneCaseDocument)
