"""Pages of the aids: the catalogue with its specification cases, the facts, the parameters."""

from collections.abc import Iterator

from ancrage.aids.catalogue import load_aids, load_catalogue
from ancrage.aids.declaration import Aid, Amount, Case, Condition, Persona, Version
from ancrage.aids.vocabulary import WORDS
from ancrage.declarations.dated_parameters import Parameter, load_parameters
from ancrage.declarations.texts import Status, Text
from ancrage.facts.declaration import Fact, Origin, Privacy, load_facts
from ancrage.facts.values import get_fact, read_value, show_value

from .markdown import code, codes, french_day, french_period, page, table

STATUSES = {
    Status.ETABLI: "règle établie",
    Status.A_VERIFIER: "à vérifier",
    Status.DESCRIPTIF: "décrite seulement",
}
BASES = {
    "texte_lu": "texte lu",
    "page_lue": "page lue",
    "compte_rendu": "compte rendu du 31 mars 2021",
    "a_verifier": "à vérifier",
}
ORIGINS = {
    Origin.REGISTRE: "registre",
    Origin.TERRITOIRE: "territoire",
    Origin.DECLARE: "déclaré",
    Origin.CALCULE: "calculé",
    Origin.ACHAT: "dit de l'achat",
    Origin.DIAGNOSTIC: "diagnostic",
}
PRIVACIES = {
    Privacy.PUBLIC: "publique",
    Privacy.STRUCTURE: "de la structure",
    Privacy.CONFIDENTIEL: "confidentielle",
}


def aids_page() -> str:
    """A summary by funder, then one section an aid with its versions and cases."""
    aids = sorted(load_aids().values(), key=lambda aid: (aid.funder, aid.id))
    rows = [
        (f"[`{aid.id}`](#{aid.id})", aid.name, aid.funder, WORDS[aid.nature], _statuses(aid)) for aid in aids
    ]
    return page(
        "Catalogue des aides",
        "Une aide *décrite seulement* ne répond jamais oui ; une condition *à vérifier* ne décide rien. "
        "Les cas sont rejoués à chaque changement du catalogue. Le langage des règles est celui de "
        "[Les aides](../aides.md).",
        [
            table(("identifiant", "aide", "financeur", "nature", "versions"), rows),
            *(part for aid in aids for part in _aid(aid)),
        ],
    )


def _statuses(aid: Aid) -> str:
    return ", ".join(dict.fromkeys(STATUSES[version.status] for version in aid.versions))


def _aid(aid: Aid) -> Iterator[str]:
    yield f"## {aid.id}"
    yield f"**{aid.name}.** {aid.summary}"
    desk = f"[{aid.desk.name}]({aid.desk.href})" if aid.desk.href else aid.desk.name
    lines = [
        f"- financeur : {aid.funder} ; guichet : {desk}",
        f"- pour : {', '.join(WORDS[one] for one in aid.audience)} ; "
        f"thèmes : {', '.join(WORDS[one] for one in aid.themes)}",
        f"- territoire : {codes(aid.territory.includes)}",
    ]
    if aid.territory.excludes:
        lines.append(f"- sauf : {codes(aid.territory.excludes)}")
    if aid.levers:
        lines.append(f"- outils du compte rendu servis : {', '.join(map(str, aid.levers))}")
    if aid.cumulation and aid.cumulation.note:
        lines.append(f"- cumul : {aid.cumulation.note}")
    yield "\n".join(lines)
    for version in aid.versions:
        yield from _version(version)
    if aid.cases:
        yield "Cas rejoués :"
        titles = ("cas", "jour", "faits", "réponse", "montant")
        yield table(titles, [_case(case) for case in aid.cases])


def _version(version: Version) -> Iterator[str]:
    head = f"### {french_period(version.since, version.until).capitalize()} : {STATUSES[version.status]}"
    yield head
    lines = [_condition(one) for one in version.conditions]
    if version.amount:
        lines.append(_amount(version.amount))
    lines += [f"- {one.label} : {french_day(one.day)}" for one in version.deadlines]
    lines.append(f"- texte : {_cite(version.text)}")
    if version.attested_until:
        lines.append(f"- dernière preuve : {french_day(version.attested_until)}")
    if version.note:
        lines.append(f"- {version.note}")
    yield "\n".join(lines)


def _condition(one: Condition) -> str:
    doubt = " (à vérifier)" if one.status is Status.A_VERIFIER else ""
    text = f" Texte : {_cite(one.text)}." if one.text else ""
    note = f" {one.note}" if one.note else ""
    return f"- **{one.label}**{doubt} : {code(' '.join(one.rule.split()))}.{text}{note}"


def _amount(amount: Amount) -> str:
    doubt = " (à vérifier)" if amount.status is Status.A_VERIFIER else ""
    label = f"montant, {amount.label}" if amount.label else "montant"
    return f"- *{label}*{doubt} : {code(' '.join(amount.rule.split()))}, en {amount.unit.value}"


def _case(case: Case) -> tuple[str, ...]:
    facts = "; ".join(_told(fact, value) for fact, value in case.facts.items())
    amount = ""
    if isinstance(case.amount, tuple):
        amount = " à ".join("…" if bound is None else f"{bound:g}" for bound in case.amount)
    elif case.amount is not None:
        amount = f"{case.amount:g}"
    verdict = case.verdict.label + (f" (manque : {', '.join(case.missing)})" if case.missing else "")
    return case.title, french_day(case.day), facts, verdict, amount


def _told(identifier: str, value: object) -> str:
    fact = get_fact(identifier)
    return f"{fact.label} : {show_value(fact, read_value(fact, value))}"


def _cite(text: Text) -> str:
    title = f"[{text.title}]({text.href})" if text.href else text.title
    published = f", publié le {french_day(text.published_on)}" if text.published_on else ""
    note = f" — {text.note}" if text.note else ""
    return f"{title}{published} ({BASES[text.basis.value]} le {french_day(text.checked_on)}){note}"


def personas_page() -> str:
    """One section a persona: the story, the facts, what aids answer."""
    return page(
        "Personnages",
        "Des structures inventées, dont chaque réponse est rejouée à chaque changement du catalogue.",
        [part for one in load_catalogue().personas.values() for part in _persona(one)],
    )


def _persona(one: Persona) -> Iterator[str]:
    yield f"## {one.title}"
    yield one.story
    yield f"Au {french_day(one.day)} : " + "; ".join(_told(*pair) for pair in one.facts.items()) + "."
    aids = load_aids()
    rows = [(aids[aid].name, *_case(one.case_of(aid))[3:]) for aid in one.expected]
    yield table(("aide", "réponse", "montant"), rows)


def facts_page() -> str:
    """One table a theme."""
    facts = load_facts().values()
    blocks = []
    for theme in dict.fromkeys(fact.theme for fact in facts):
        rows = [_fact(fact) for fact in facts if fact.theme == theme]
        titles = ("fait", "type", "question", "valeurs", "d'où il vient", "confidentialité")
        blocks += [f"## {theme or 'Autres'}", table(titles, rows)]
    return page(
        "Faits déclarés",
        "Ce que les règles lisent. Un fait que personne ne donne et qu'aucune source ne remplit est inconnu, "
        "jamais faux. Liste lisible par un programme : `ancrage aides faits --format json`.",
        blocks,
    )


def _fact(fact: Fact) -> tuple[str, ...]:
    values = codes(fact.choices) or fact.unit or (f"par exemple {fact.example}" if fact.example else "")
    question = f"{fact.question} {fact.help}".strip()
    return (
        code(fact.id), fact.type.value, question, values, ORIGINS[fact.origin], PRIVACIES[fact.privacy],
    )  # fmt: skip


def parameters_page() -> str:
    """One section a parameter, one row a value."""
    return page(
        "Paramètres datés",
        "Les nombres que fixe un texte, jour par jour. Un jour sans valeur, le paramètre est inconnu. "
        "« Et si le seuil était… » : `ancrage aides simuler CODE --parametre identifiant=valeur`.",
        [part for one in load_parameters().values() for part in _parameter(one)],
    )


def _parameter(one: Parameter) -> Iterator[str]:
    yield f"## {one.id}"
    yield f"{one.label} ({one.unit})."
    titles = ("jours", *one.by, "valeur", "texte")
    rows = [
        (
            french_period(value.since, value.until),
            *(value.of.get(fact, "") for fact in one.by),
            f"{value.value:g}" + (" (à vérifier)" if value.status is Status.A_VERIFIER else ""),
            _cite(value.text),
        )
        for value in one.values
    ]
    yield table(titles, rows)
