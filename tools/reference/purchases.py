"""Page of purchases: every rule with its wordings by day, then the cases it must answer."""

from collections.abc import Iterator

from ancrage.facts.declaration import load_facts
from ancrage.language.days import short_day
from ancrage.language.numbers import number
from ancrage.procurement.catalogue import read_cases, read_rules
from ancrage.procurement.declaration import Case, Group, Wording

from .markdown import code, page, table

GROUPS = {
    Group.PROCEDURE: "La procédure",
    Group.PUBLICITY: "La publicité",
    Group.OPTION: "Ce qui peut se faire autrement",
    Group.RESERVATION: "Ce qui peut être réservé",
    Group.DUTY: "Ce que l'acheteur doit",
    Group.EXCEPTION: "Les exceptions de la condition sociale",
    Group.SUBSIDY: "Marché ou subvention",
}


def purchases_page() -> str:
    """The rules of purchases, and their cases."""
    return page(
        "Règles des achats",
        "Chaque règle a ses rédactions par jour ; les cas sont rejoués à chaque changement. Comment elles se "
        "lisent : [Achats responsables](../achats.md).",
        _blocks(),
    )


def _blocks() -> Iterator[str]:
    for group, title in GROUPS.items():
        yield f"## {title}"
        for rule in read_rules().values():
            if rule.group is group:
                yield f"### {rule.name} ({code(rule.id)}, article {rule.article})"
                yield "\n".join(map(_wording, rule.versions))
    yield f"## Les {number(len(read_cases()))} cas"
    yield table(("Cas", "Jour", "Faits", "Réponse", "Article"), map(_case, read_cases()))


def _wording(one: Wording) -> str:
    rule = code(" ".join(one.rule.split()))
    return f"- {_days(one)} : {rule}. « {one.quote} » {one.text.title} ({one.text.basis.value})."


def _days(one: Wording) -> str:
    end = f" au {short_day(one.until)}" if one.until else ""
    return f"{'du' if end else 'depuis le'} {short_day(one.since)}{end}"


def _case(case: Case) -> tuple[str, ...]:
    known = load_facts()
    facts = " ; ".join(
        f"{known[fact].label} : {_value(value)}" for fact, value in case.facts.items() if value is not False
    )
    settled = [name for name in (case.procedure, case.publicity) if name]
    told = [*settled, *(f"{rule} : {verdict.label}" for rule, verdict in case.expects.items())]
    return (case.title, short_day(case.day), facts, ", ".join(map(code, told)), case.article)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
