"""What an action may be started from: a tool, a weak criterion, a blank zone, a case, an aid, a purchase…

Each gives the words that a form begins with; people change them, and the action keeps where it comes from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ancrage.errors import AncrageError
from ancrage.levers.catalogue import read_levers

SUPPORT_TOOLS = (13, 14)
"""Technical and financial engineering: what a blank zone of support lacks."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where an action comes from (``critere:tresorerie``), and what it begins with; ``aid``: one to ask.

    ``steps``: written with it; ``followed``: a figure to follow, and its unit.
    """

    origin: str
    title: str
    description: str
    objective: str
    tools: tuple[int, ...] = ()
    aid: str = ""
    funder: str = ""
    told: str = ""
    steps: tuple[str, ...] = ()
    followed: tuple[str, str] = ("", "")

    @property
    def label(self) -> str:
        """What it was started from, in French."""
        return self.told


def started_from(kind: str, identity: str, level: str = "") -> Start | None:
    """What an address says an action is started from; nothing for what is not, or no longer, there.

    ``level``: of a criterion, 1 to 5.
    """
    found = STARTS.get(kind)
    try:
        return found(identity[:80], level) if found and identity else None
    except AncrageError:
        return None


def _tool(identity: str, _level: str) -> Start | None:
    written = identity if identity.isdecimal() and len(identity) < 3 else "0"
    tool = read_levers().tools.get(int(written))
    if tool is None:
        return None
    return Start(
        f"outil:{tool.number}",
        tool.name,
        "\n".join((tool.summary, "", *(f"- {step}" for step in tool.steps))),
        read_levers().lever_of(tool).name,
        (tool.number,),
        told=f"l’outil {tool.number}, {tool.name}",
    )


def _criterion(identity: str, level: str) -> Start | None:
    from ancrage.grid.criteria import HIGHEST, criteria

    one = next((each for each in criteria() if each.id == identity), None)
    if one is None:
        return None
    seen = int(level) if level.isdecimal() and len(level) == 1 and 1 <= int(level) <= HIGHEST else 0
    told = [one.question]
    if seen:
        told.append(f"Observé, niveau {seen} : {one.described(seen)}")
    if seen < HIGHEST:
        aim = seen + 1 if seen else HIGHEST
        told.append(f"Visé, niveau {aim} : {one.described(aim)}")
    return Start(
        f"critere:{one.id}",
        f"Renforcer : {one.label}"[:250],
        "\n\n".join(" ".join(each.split()) for each in told),
        "Faire durer les structures du territoire",
        one.tools,
        told=f"le critère « {one.label} » de la grille",
    )


def _zone(identity: str, _level: str) -> Start | None:
    from ancrage.coverage.kinds import support_kinds

    kind = support_kinds().get(identity)
    if kind is None:
        return None
    return Start(
        f"zone:{kind.id}",
        f"Rapprocher un appui : {kind.label}"[:250],
        f"{kind.summary}\n\nDes communes du territoire en sont loin, d’après la page de la couverture.",
        read_levers().lever_of(read_levers().tools[SUPPORT_TOOLS[0]]).name,
        SUPPORT_TOOLS,
        told=f"une zone loin de : {kind.label}",
    )


def _monograph(identity: str, _level: str) -> Start | None:
    from ancrage.monographs.catalogue import read_monographs

    header = read_monographs().get(identity).header
    used = dict.fromkeys(one.tool for one in header.contributions)
    what = (f"- {one.what}" for one in header.contributions)
    place = f", {header.place}" if header.place else ""
    return Start(
        f"monographie:{header.id}",
        f"S’inspirer de : {header.name}"[:250],
        "\n".join((f"{header.name}{place}. Ce que le public y a apporté :", *what)) if used else header.name,
        "S’inspirer de ce qui dure ailleurs",
        tuple(sorted(used)),
        told=f"la monographie « {header.name} »",
    )


def _case(identity: str, _level: str) -> Start | None:
    from ancrage.cases.case import Sort
    from ancrage.cases.shelf import case

    one = case(identity)
    if one.sort is Sort.STUDIED:
        return _monograph(identity, _level)
    relayed = one.sort is Sort.CAMPAIGN
    told = [one.told, f"Ce qui en a été appris : {one.learnt}" if one.learnt else ""]
    if relayed and one.campaign and one.campaign.link:
        told.append(f"La campagne : {one.campaign.link}")
    return Start(
        f"cas:{one.id}",
        (f"Relayer : {one.title}" if relayed else one.title)[:250],
        "\n\n".join(filter(None, told)),
        "S’inspirer de ce que font d’autres territoires",
        one.tools,
        told=one.origin,
    )


def _aid(identity: str, _level: str) -> Start | None:
    from ancrage.aids.catalogue import get_aid

    one = get_aid(identity)
    return Start(
        f"aide:{one.id}"[:80],
        f"Mobiliser : {one.name}"[:250],
        one.summary,
        "Financer ce qui manque",
        one.levers,
        aid=one.id,
        funder=one.funder,
        told=f"l’aide « {one.name} »",
    )


def _land(identity: str, _level: str) -> Start | None:
    from ancrage.land.tree import read_tree

    tree = read_tree()
    way = tree.ways.get(identity)
    if way is None:
        return None
    laws = (tree.text(one).title for one in way.texts)
    return Start(
        f"foncier:{identity}",
        way.title,
        "\n".join((way.summary, "", *(f"- {one}" for one in (*way.steps, *laws)))),
        read_levers().lever_of(read_levers().tools[way.tools[0]]).name,
        way.tools,
        told=f"la voie « {way.title} », pour un lieu",
    )


PURCHASE_STEPS = (
    "Besoin : le définir, avec ses objectifs de développement durable",
    "Échanges avant l’achat : même questionnaire et même information à tous, trace gardée",
    "Lots à la taille de ceux qui peuvent répondre, seuls ou en groupement",
    "Réserve, clause sociale, critères : les écrire, avec leurs articles",
    "Contrat : consultation, choix, signature, avance",
    "Heures d’insertion et bilan de l’exécution",
)
"""A purchase, from the need to the hours done."""
PURCHASE_TOOLS = (10, 12)


def _purchase(identity: str, _level: str) -> Start | None:
    """``77310000:180000``: what is bought, and for how many euros without tax."""
    from ancrage.language.numbers import euros
    from ancrage.procurement.amounts import read_value
    from ancrage.procurement.vocabulary import read_cpv

    bought, _, value = identity.partition(":")
    if not (bought.isdecimal() and value.isdecimal()):
        return None
    cpv, high = read_cpv(bought), read_value(f"{value} €").high
    what = f"{cpv.label or 'achat'} ({cpv.written}), {euros(high or 0)} HT"
    return Start(
        f"achat:{cpv.code}:{value}"[:80],
        f"Acheter : {what}"[:250],
        f"Achat envisagé : {what}. Sans besoin de la collectivité, une subvention ou un "
        "apport en nature est peut-être la bonne forme.",
        read_levers().lever_of(read_levers().tools[PURCHASE_TOOLS[0]]).name,
        PURCHASE_TOOLS,
        told=f"l’achat « {what} »",
        steps=PURCHASE_STEPS,
        followed=("Heures d’insertion réalisées", "heures"),
    )


ANSWER_STEPS = (
    "Se trouver : qui répond avec qui, et qui est mandataire",
    "Qui fait quoi : prestations, lieux, parts, moyens de chacun",
    "Convention de groupement (cotraitance), signée avant l’offre",
    "Mémoire technique, prix, pièces de chacun",
    "Offre déposée par le mandataire",
    "Bilan de la réponse, retenue ou non",
)
"""A joint answer, from finding each other to what came of it."""
ANSWER_TOOLS = (10,)


def _answer(identity: str, _level: str) -> Start | None:
    """The same purchase, from the side of those who answer it together."""
    bought = _purchase(identity, "")
    if bought is None:
        return None
    what = bought.title.removeprefix("Acheter : ")
    return Start(
        bought.origin.replace("achat:", "reponse:", 1)[:80],
        f"Répondre ensemble : {what}"[:250],
        f"Réponse en groupement à un achat public : {what}. Chaque structure prend part à l’action, dit ce "
        "qu’elle fait et le confirme ; la convention de groupement en est faite.",
        bought.objective,
        ANSWER_TOOLS,
        told=f"une réponse ensemble à l’achat « {what} »",
        steps=ANSWER_STEPS,
    )


STARTS: Mapping[str, Callable[[str, str], Start | None]] = {
    "outil": _tool,
    "critere": _criterion,
    "zone": _zone,
    "monographie": _monograph,
    "cas": _case,
    "aide": _aid,
    "foncier": _land,
    "achat": _purchase,
    "reponse": _answer,
}
"""By the word that an address uses."""
