"""Who is here: the structures of a territory under filters, and one of them in full."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, model_validator

from ancrage.errors import DirectoryQueryError
from ancrage.questions.fields import PLACE, Asked, Number, PlaceText, one_of
from ancrage.questions.provenance import cited
from ancrage.questions.question import Asking, DatedQuestion, TerritoryQuestion, Worked
from ancrage.reasoning import Verdict
from ancrage.register.directory.vocabulary import MOST_ROWS, Employer, Order, Told

if TYPE_CHECKING:
    from ancrage.register.directory.cards import Card
    from ancrage.register.directory.listing import Facets, Points
    from ancrage.register.directory.query import DirectoryQuery
    from ancrage.register.directory.structure import StructurePage

SHOWN = 30
"""Structures on a screen; a file holds them all."""
MOST_VALUES = 50
MOST_POINTS = 5000
"""Points of a map that a page draws."""
Value = Annotated[str, Field(max_length=50)]
AROUND = re.compile(
    r"(?:à\s+)?(?P<km>\d+(?:[.,]\d+)?)\s*km\s+(?:autour\s+)?(?:de\s+|d['’]\s*|du\s+)?(?P<place>.+)",
    re.IGNORECASE,
)
"""« 30 km de Limoges », « à 12,5 km autour d'Aubusson »."""


def around(told: str) -> tuple[str, str] | None:
    """The place and the kilometres of « 30 km de Limoges »; ``None`` for words that say no distance."""
    found = AROUND.fullmatch(told.strip())
    return (found["place"], found["km"]) if found else None


@dataclass(frozen=True, slots=True, eq=False)
class StructureFacts:
    """The answer of the directory: the first structures, how many, all of them when they are wanted.

    ``every`` reads the whole list as it goes; ``points`` those of a map. ``after`` is the cursor of the next
    page, ``None`` after the last structure. ``columns``: those chosen for a file.
    """

    query: "DirectoryQuery"
    facets: "Facets"
    cards: "Sequence[Card]"
    after: str | None
    every: "Callable[[], Iterator[Card]]"
    columns: tuple[Told, ...]
    points: "Callable[[int], Points]"


class StructuresQuestion(TerritoryQuestion):
    """Several values of a field widen the answer, several fields narrow it.

    Raises ``DirectoryQueryError`` saying every value refused, and what a territory raises.
    """

    name: ClassVar = "structures"
    label: ClassVar = "Annuaire des structures"
    help: ClassVar = "Liste les structures de l'ESS et de l'insertion d'un territoire, avec leurs filtres."
    counts: ClassVar = True

    territory: Annotated[PlaceText, PLACE] = "fr"
    radius_km: Annotated[
        float | None,
        Number,
        Field(allow_inf_nan=False),
        Asked(
            name="rayon_km",
            label="À moins de (km, autour d’une commune)",
            help="Autour de la commune, à vol d'oiseau ; la plus proche d'abord.",
            example=15,
            option="--rayon",
            metavar="KM",
            also=("km",),
        ),
    ] = None
    text: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="q",
            label="Nom, SIREN, SIRET ou RNA",
            help="Mots du nom, même commencés, SIREN, SIRET ou numéro RNA.",
            example="ressourcerie",
            option="--texte",
        ),
    ] = ""
    families: Annotated[
        tuple[Value, ...],
        Field(max_length=MOST_VALUES),
        Asked(name="famille", label="Famille", help="association, cooperative… ; répétable."),
    ] = ()
    activities: Annotated[
        tuple[Value, ...],
        Field(max_length=MOST_VALUES),
        Asked(name="activite", label="Activité", help="NAF : Q, 88, 88.99A… ; répétable."),
    ] = ()
    kinds: Annotated[
        tuple[Value, ...],
        Field(max_length=MOST_VALUES),
        Asked(name="siae", label="Insertion et handicap", help="ACI, EI, AI, ETTI, EA… ; répétable."),
    ] = ()
    bands: Annotated[
        tuple[Value, ...],
        Field(max_length=MOST_VALUES),
        Asked(name="tranche", label="Tranche d’effectif", help="Tranche d'effectif publiée ; répétable."),
    ] = ()
    employers: Annotated[
        tuple[
            Annotated[
                Employer,
                one_of(Employer, DirectoryQueryError, "Employeur : « {} » n'est pas une réponse possible."),
            ],
            ...,
        ],
        Field(max_length=3),
        Asked(name="employeur", label="Employeur", help="Emploie-t-elle ? répétable."),
    ] = ()
    memberships: Annotated[
        tuple[
            Annotated[
                Verdict,
                one_of(Verdict, DirectoryQueryError, "Appartenance : « {} » n'est pas une réponse possible."),
            ],
            ...,
        ],
        Field(max_length=4),
        Asked(name="ess", label="Appartenance à l’ESS", help="Appartenance à l'ESS ; répétable."),
    ] = ()
    quarters: Annotated[
        tuple[
            Annotated[
                Verdict,
                one_of(Verdict, DirectoryQueryError, "Quartier : « {} » n'est pas une réponse possible."),
            ],
            ...,
        ],
        Field(max_length=4),
        Asked(name="qpv", label="Quartier prioritaire", help="En quartier prioritaire ; répétable."),
    ] = ()
    zonings: Annotated[
        tuple[Annotated[str, Field(max_length=20)], ...],
        Field(max_length=MOST_VALUES),
        Asked(
            name="zonage",
            label="Commune classée en",
            help="Communes classées : zrr, frr, montagne… ; répétable.",
        ),
    ] = ()
    selling: Annotated[
        str,
        Field(max_length=200),
        Asked(
            name="vend",
            label="Ce qu’elles font ou vendent",
            help="Ce qu'elles font ou vendent : espaces verts, traiteur, recyclerie… ou un code CPV.",
            example="espaces verts",
        ),
    ] = ""
    order: Annotated[
        Annotated[Order, one_of(Order, DirectoryQueryError, "« {} » n'est pas un ordre.")] | None,
        Asked(
            name="tri",
            label="Rangées par",
            help="Rangées par nom, distance, commune, effectif ou creation.",
            example="nom",
        ),
    ] = None
    columns: Annotated[
        tuple[
            Annotated[Told, one_of(Told, DirectoryQueryError, "« {} » n'est pas une colonne de l'annuaire.")],
            ...,
        ],
        Field(max_length=len(Told)),
        Asked(
            name="colonnes",
            label="Colonnes",
            help="Colonnes du fichier, toutes par défaut ; répétable.",
            beside=True,
        ),
    ] = ()
    limit: Annotated[
        int | None,
        Number,
        Field(ge=1, le=MOST_ROWS),
        Asked(
            name="limite",
            label="Taille de la page",
            help="Structures au plus ; 30 à l'écran, toutes en fichier.",
            example=50,
        ),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _around(cls, told: Any) -> Any:
        """A distance may be said with the place: « 30 km de Limoges »."""
        place = told.get("territory") if isinstance(told, dict) else None
        found = around(place) if isinstance(place, str) else None
        if found is None:
            return told
        return {"radius_km": found[1]} | told | {"territory": found[0]}

    def work_out(self, asking: Asking) -> Worked[StructureFacts]:
        """The first structures, and the counts."""
        from ancrage.register.directory.listing import Directory

        territory = self.found(asking)
        query = self.query(asking)
        directory = Directory(asking.opened.atlas)
        page = directory.page(query, limit=self.limit or SHOWN, after=asking.after)
        facts = StructureFacts(
            query,
            directory.facets(query),
            page.cards,
            page.after,
            lambda: directory.every(query, limit=self.limit),
            self.columns,
            lambda limit: directory.points(query, limit=limit),
        )
        return Worked(facts, territory, sources=sources_of_directory(asking))

    def query(self, asking: Asking) -> "DirectoryQuery":
        """The question as the directory reads it. Raises ``DirectoryQueryError``."""
        from ancrage.register.directory.query import DirectoryQuery, InZoning

        return DirectoryQuery(
            territory=self.found(asking),
            radius_km=self.radius_km,
            text=self.text,
            families=self.families,
            activities=self.activities,
            kinds=self.kinds,
            employers=self.employers,
            bands=self.bands,
            memberships=self.memberships,
            quarters=self.quarters,
            zonings=tuple(InZoning(one) for one in self.zonings),
            selling=self.selling,
            order=self.order or (Order.DISTANCE if self.radius_km else Order.NAME),
        )


class StructureQuestion(DatedQuestion):
    """A structure on a day: what it is, why it is of the ESS, where it stands.

    Raises ``InvalidCodeError``, and ``UnknownStructureError`` for a SIRET that the directory does not hold.
    """

    name: ClassVar = "structure"
    label: ClassVar = "Une structure"
    needs: ClassVar = ("siret",)

    siret: Annotated[
        str,
        Field(max_length=40),
        Asked(
            name="siret",
            label="SIRET",
            help="Une structure en entier : ses quatorze chiffres.",
            example="99900014400017",
        ),
    ]

    def work_out(self, asking: Asking) -> "Worked[StructurePage]":
        """The structure."""
        from ancrage.register.directory.structure import structure_of

        found = structure_of(asking.opened.atlas, self.siret, on=self.on or asking.on)
        where = found.card.departement
        return Worked(
            found,
            found.territory,
            sources=sources_of_directory(asking),
            departements=frozenset((where,)) if where else None,
        )


LISTS = ("siae", "esat", "geiq")


def sources_of_directory(asking: Asking) -> tuple[str, ...]:
    """The entries of the manifest that the directory rests on, in words."""
    from ancrage.diagnosis.survival import REGISTER

    return cited(asking.opened.atlas, (*REGISTER, *LISTS))
