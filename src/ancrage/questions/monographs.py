"""The monographs: those that answer to words and filters, one in full, those like one's own case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ancrage.errors import MonographError
from ancrage.levers.declaration import TOOLS
from ancrage.monographs.declaration import Category
from ancrage.questions.fields import PLACE, Asked, Number, PlaceText, one_of
from ancrage.questions.question import Asking, DatedQuestion, Question, Worked

if TYPE_CHECKING:
    from ancrage.monographs.catalogue import Monograph, Monographs
    from ancrage.monographs.places import Placed
    from ancrage.monographs.searching import Found
    from ancrage.monographs.traits import Alike, Traits
    from ancrage.territories.territory import Territory

Folder = Annotated[
    str | None,
    Asked(
        name="dossier",
        label="Vos monographies",
        help="Vos monographies : un dossier de fichiers .md.",
        metavar="DOSSIER",
        local=True,
    ),
]
Tool = Annotated[int, Number, Field(ge=1, le=TOOLS)]


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Cases, and how the words that were searched were read."""

    cases: "Sequence[Monograph]"
    found: "Sequence[Found]" = ()
    typed: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Likest:
    """Cases from the most to the least like one's own."""

    wanted: "Traits"
    where: "Territory | None"
    alike: "Sequence[Alike]"


class MonographsQuestion(Question):
    """Cases that pass every filter told. Raises ``MonographError``, ``UnknownZoningError``."""

    name: ClassVar = "monographies"
    label: ClassVar = "Monographies"
    help: ClassVar = "Liste les cas, tous ou ceux d'une catégorie, d'un zonage, d'un outil."

    text: Annotated[
        str,
        Field(max_length=200),
        Asked(name="q", label="Mots", help="Mots à chercher, fautes permises.", option="--texte"),
    ] = ""
    category: Annotated[
        Category | None,
        one_of(Category, MonographError, "« {} » n'est pas une catégorie."),
        Asked(
            name="categorie",
            label="Catégorie",
            help="production_consommation_responsables, attractivite, lien_social ou inclusion.",
            metavar="CATEGORIE",
        ),
    ] = None
    zoning: Annotated[
        str,
        Field(max_length=60),
        Asked(
            name="zonage",
            label="Zonage du lieu, le jour de l’étude",
            help="Cas dont le lieu est dans ce zonage.",
            metavar="ZONAGE",
        ),
    ] = ""
    tool: Annotated[
        Tool | None,
        Asked(
            name="outil", label="Outil public employé", help="Cas où cet outil a servi.", metavar=f"1…{TOOLS}"
        ),
    ] = None
    folder: Folder = None

    def work_out(self, asking: Asking) -> Worked[Cases]:
        """The cases."""
        from ancrage.monographs.places import within
        from ancrage.monographs.searching import search

        kept = self.of_category()
        found = search(_read(self.folder).cases, self.text) if self.text else ()
        if self.text:
            kept = [one.case for one in found if one.case in kept]
        if self.tool is not None:
            kept = [case for case in kept if self.tool in case.header.tools]
        if self.zoning:
            kept = within(asking.opened.atlas, kept, self.zoning)
        return Worked(Cases(kept, found, self.text), fictitious=_made_up(kept))

    def of_category(self) -> "list[Monograph]":
        """The cases of the category asked, all when none is."""
        every = _read(self.folder).cases
        return [case for case in every if self.category in (None, case.header.category)]


class MonographSearchQuestion(MonographsQuestion):
    """Cases that hold words."""

    name: ClassVar = "monographies_cherchees"
    help: ClassVar = "Cherche dans les cas."

    text: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="q", label="Mots", help="Mots à chercher, fautes permises.", metavar="TEXTE", argument=True
        ),
    ]


class MonographQuestion(Question):
    """A case in full. Raises ``MonographError`` with the nearest ones."""

    name: ClassVar = "monographie"
    label: ClassVar = "Une monographie"
    help: ClassVar = (
        "Montre un cas : identité, lieu et zonages du jour de l'étude, récit, contributions, sources."
    )

    identifier: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="identifiant",
            label="Identifiant",
            help="Identifiant du cas.",
            metavar="IDENTIFIANT",
            argument=True,
        ),
    ]
    folder: Folder = None

    def work_out(self, asking: Asking) -> "Worked[Placed]":
        """The case where it stands."""
        from ancrage.monographs.places import place

        case = _read(self.folder).get(self.identifier)
        return Worked(place(asking.opened.atlas, case), fictitious=case.header.fictitious)


class AlikeQuestion(DatedQuestion):
    """What is not told of one's own case is unknown, never a difference.

    Raises ``MonographError``, ``InvalidCodeError`` for an activity, what a territory raises.
    """

    name: ClassVar = "monographies_semblables"
    label: ClassVar = "Cas semblables au vôtre"
    help: ClassVar = "Range les cas du plus semblable au moins semblable au vôtre, trait par trait."

    territory: Annotated[PlaceText | None, PLACE] = None
    tools: Annotated[
        tuple[Tool, ...],
        Field(max_length=TOOLS),
        Asked(
            name="outil", label="Outils employés", help="Un outil employé ; répétable.", metavar=f"1…{TOOLS}"
        ),
    ] = ()
    activity: Annotated[
        str,
        Field(max_length=10),
        Asked(name="naf", label="Activité (NAF)", help="Activité, par exemple 88.99B.", example="88.99B"),
    ] = ""
    band: Annotated[
        str,
        Field(max_length=10),
        Asked(name="tranche", label="Effectif", help="Tranche d'effectif de SIRENE, par exemple 11."),
    ] = ""
    family: Annotated[
        str, Field(max_length=40), Asked(name="famille", label="Famille", help="Famille de l'ESS.")
    ] = ""
    folder: Folder = None

    def work_out(self, asking: Asking) -> Worked[Likest]:
        """The cases, the likest first."""
        from ancrage.monographs.comparing import compare
        from ancrage.territories.resolving import resolve

        atlas, on, wanted = asking.opened.atlas, self.on or asking.on, self._traits()
        where = resolve(atlas, self.territory, on=on) if self.territory else None
        alike = compare(atlas, _read(self.folder).cases, wanted, where.code if where else None)
        return Worked(Likest(wanted, where, alike), fictitious=_made_up(one.case for one in alike))

    def _traits(self) -> "Traits":
        from ancrage.monographs.traits import Traits
        from ancrage.register.codes import Naf

        return Traits(
            tools=frozenset(self.tools) or None,
            naf=Naf(self.activity) if self.activity else None,
            band=self.band or None,
            family=self.family or None,
        )


def _read(folder: str | None) -> "Monographs":
    from ancrage.monographs.catalogue import read_monographs

    return read_monographs(Path(folder) if folder else None)


def _made_up(cases: "Iterator[Monograph] | Sequence[Monograph]") -> bool:
    return any(case.header.fictitious for case in cases)
