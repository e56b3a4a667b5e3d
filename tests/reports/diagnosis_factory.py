"""Example diagnoses: complete, empty-handed, fictitious, with long and hostile names, and France.

Every name of a structure and every figure of the register here is invented for the tests.
"""

from datetime import date
from typing import Any

from ancrage.diagnosis.model import (
    Activity,
    CommuneCounts,
    Comparison,
    Diagnosis,
    Employer,
    EssFabric,
    Family,
    Inclusion,
    Jobs,
    LegalText,
    MissingPiece,
    Outline,
    PublishedFigure,
    SimilarTerritory,
    SourceUse,
    TerritoryAid,
    TerritoryIdentity,
    TerritoryRef,
    YearCount,
    ZoningAnswer,
)
from ancrage.questions.diagnosis import DiagnosisQuestion
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.repairs import SynchroniseSources
from ancrage.reports import wording
from ancrage.reports.audience import Audience
from ancrage.reports.cells import no_links
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling

ON = date(2021, 3, 31)
EPCI = TerritoryRef(kind="epci", code="200044014", name="CC Creuse Grand Sud")
DEPARTEMENT = TerritoryRef(kind="departement", code="23", name="Creuse")
REGION = TerritoryRef(kind="region", code="75", name="Nouvelle-Aquitaine")
FRANCE = TerritoryRef(kind="france", code="fr", name="France")
SCRIPT = "<script>alert('x')</script>"

SECTIONS = (
    ("A", "Agriculture, sylviculture et pêche", 3, 0.041),
    ("C", "Industrie manufacturière", 2, 0.125),
    ("G", "Commerce ; réparation d’automobiles et de motocycles", 1, 0.021),
    ("J", "Information et communication", 1, 0.5),
    ("N", "Activités de services administratifs et de soutien", 2, 0.18),
    ("P", "Enseignement", 3, None),
    ("Q", "Santé humaine et action sociale", 4, 0.667),
    ("R", "Arts, spectacles et activités récréatives", 6, 0.75),
    ("S", "Autres activités de services", 9, 0.822),
)


def jobs(low: int, central: int, high: int | None, unknown: int = 0) -> Jobs:
    return Jobs(low=low, central=central, high=high, unknown=unknown)


def zoning(zoning_id: str, label: str, verdict: Verdict, **changes: Any) -> ZoningAnswer:
    values: dict[str, Any] = {
        "kind": "zonage",
        "share": {Verdict.OUI: 1.0, Verdict.NON: 0.0}.get(verdict),
        "communes": CommuneCounts(**{verdict.value: 1}),
        "details": (),
        "reason": "La commune figure sur la liste publiée.",
        "since": date(2017, 7, 1),
        "until": date(2024, 6, 30),
        "text": LegalText(
            title="arrêté du 16 mars 2017", href="https://www.legifrance.gouv.fr/", status="lu"
        ),
        "source": "zrr-2017",
        "vintage": "COG 2017",
    }
    return ZoningAnswer(id=zoning_id, label=label, verdict=verdict, **(values | changes))


def zonings() -> tuple[ZoningAnswer, ...]:
    return (
        zoning("zrr", "Zone de revitalisation rurale (ZRR)", Verdict.OUI),
        zoning(
            "qpv-2015",
            "Quartiers prioritaires de la politique de la ville, génération 2015",
            Verdict.A_VERIFIER,
            reason="La liste des QPV 2015 n’est connue que pour l’Occitanie.",
            source=None,
            vintage="",
            text=LegalText(title="décret no 2014-1750 du 30 décembre 2014"),
            since=date(2015, 1, 1),
            until=date(2023, 12, 31),
        ),
        zoning(
            "montagne",
            "Commune de montagne",
            Verdict.PARTIEL,
            details=("Massif central",),
            reason="Une partie de la commune est classée.",
            until=None,
            text=None,
            source="montagne-2025",
            vintage="COG 2025",
        ),
        zoning(
            "densite",
            "Grille communale de densité",
            Verdict.OUI,
            details=("rural à habitat très dispersé (7)",),
            reason="Niveau lu dans la grille.",
            since=None,
            until=None,
            source="densite-2025",
        ),
        zoning(
            "crte",
            "Contrat de relance et de transition écologique",
            Verdict.OUI,
            kind="programme",
            details=("CRTE Creuse Grand Sud (crte-75-23-3)",),
            reason="La commune est dans le périmètre.",
            until=None,
            source="programmes-anct",
            vintage="COG 2023",
        ),
        zoning(
            "pvd", "Petites villes de demain", Verdict.NON, kind="programme", reason="Absente de la liste."
        ),
    )


def families() -> dict[str, Family]:
    rows = (
        ("association", "Associations", 24, 9, jobs(60, 92, 160, 2)),
        ("cooperative", "Coopératives", 4, 3, jobs(40, 66, 110)),
        ("mutuelle", "Mutuelles", 1, 0, jobs(0, 0, 0)),
        ("fondation", "Fondations", 0, 0, jobs(0, 0, 0)),
        ("societe_ess", "Sociétés commerciales de l’ESS", 2, 2, jobs(20, 32, 40)),
    )
    return {
        code: Family(label=label, establishments=all_, employers=employers, jobs=band)
        for code, label, all_, employers, band in rows
    }


def activities() -> tuple[Activity, ...]:
    return tuple(
        Activity(
            section=section,
            label=label,
            establishments=total,
            employers=max(total - 2, 0),
            jobs=jobs(total * 3, total * 5, total * 9),
            share_of_employers=share,
            location_quotient=None if share is None else round(share * 8, 2),
        )
        for section, label, total, share in SECTIONS
    )


def years(counts: tuple[int, ...], last: int = 2021) -> tuple[YearCount, ...]:
    first = last - len(counts) + 1
    return tuple(YearCount(year=y, count=c, complete=y != last) for y, c in enumerate(counts, first))


def employer(name: str | None, **changes: Any) -> Employer:
    values: dict[str, Any] = {
        "siret": "12345678200010",
        "commune": "Faux-la-Montagne",
        "commune_code": "23077",
        "family": "Coopératives",
        "band_label": "20 à 49 salariés",
        "activity": "Sciage et rabotage du bois",
        "reasons": ("catégorie juridique 5458",),
        "fictitious": False,
    }
    return Employer(name=name, **(values | changes))


def inclusion(**changes: Any) -> Inclusion:
    values: dict[str, Any] = {
        "total": 2,
        "kinds": {"ACI": 1, "AI": 1},
        "in_qpv": {"oui": 0, "non": 2, "a_verifier": 0},
        "unplaced": 0,
        "fictitious": False,
    }
    return Inclusion(**(values | changes))


def fabric(**changes: Any) -> EssFabric:
    values: dict[str, Any] = {
        "on": date(2026, 11, 1),
        "establishments": 31,
        "to_check": 3,
        "employers": 14,
        "jobs": jobs(120, 190, 310, 2),
        "families": families(),
        "activities": activities(),
        "share_of_employers": 0.2341,
        "share_of_jobs": 0.312,
        "location_quotient": 2.13,
        "location_quotient_reference": "France",
        "births": years((1, 3, 2, 0, 4, 5, 3, 2, 6, 1)),
        "closures": years((0, 1, 1, 2, 0, 1, 3, 1, 2, 0)),
        "largest_employers": (
            employer("Scierie coopérative des Trois Étangs"),
            employer("Aide à domicile du Plateau", family="Associations", activity="Aide à domicile"),
            employer(None, siret=None, family="Associations", band_label="6 à 9 salariés"),
        ),
        "in_qpv": {"oui": 0, "non": 28, "a_verifier": 3},
        "disagreements": 4,
        "fictitious": False,
        "note": "",
    }
    return EssFabric(**(values | changes))


def comparison(territory: TerritoryRef, scale: int, **changes: Any) -> Comparison:
    values: dict[str, Any] = {
        "population": 436 * scale,
        "establishments": 31 * scale // 3,
        "employers": 14 * scale // 4,
        "jobs": jobs(120 * scale, 190 * scale, 310 * scale),
        "establishments_per_1000": 14.2,
        "share_of_employers": 0.1523,
        "share_of_jobs": 0.141,
        "location_quotient": 1.28,
        "covered": True,
    }
    return Comparison(territory=territory, **(values | changes))


def not_covered(territory: TerritoryRef, population: int) -> Comparison:
    return Comparison(
        territory=territory,
        population=population,
        establishments=None,
        employers=None,
        jobs=None,
        establishments_per_1000=None,
        share_of_employers=None,
        share_of_jobs=None,
        location_quotient=None,
        covered=False,
        note="Le registre ne couvre pas tout ce territoire.",
    )


def similar() -> tuple[SimilarTerritory, ...]:
    names = ("Gentioux-Pigerolles", "Tarnac", "Saint-Martin-Château", "Peyrelevade")
    return tuple(
        SimilarTerritory(
            territory=TerritoryRef(kind="commune", code=f"2309{i}", name=name),
            distance=0.12 * (i + 1),
            features={"population": 380.0 + i, "densité": "rural à habitat très dispersé", "part ESS": None},
        )
        for i, name in enumerate(names)
    )


def published() -> tuple[PublishedFigure, ...]:
    creuse = {"territory": DEPARTEMENT, "unit": "établissements", "source_href": "https://www.insee.fr/"}
    return (
        PublishedFigure(
            id="creuse-etablissements",
            label="Établissements employeurs de l’ESS",
            published=820,
            reference_period="2020",
            computed=1034,
            agrees=False,
            warning="L’INSEE écarte les sociétés commerciales de l’ESS : l’écart n’est pas une erreur.",
            source_title="INSEE, Flores 2020",
            definition="Établissements employeurs au 31 décembre",
            **creuse,
        ),
        PublishedFigure(
            id="crte",
            label="Périmètres de CRTE",
            published=833,
            reference_period="18 mars 2021",
            computed=None,
            agrees=None,
            source_title="Compte rendu du webinaire du 31 mars 2021",
            **(creuse | {"source_href": None, "unit": "contrats", "territory": FRANCE}),
        ),
    )


def aid(identifier: str, name: str, **changes: Any) -> TerritoryAid:
    values: dict[str, Any] = {
        "for_whom": "structure",
        "verdict": Verdict.A_VERIFIER,
        "nature": "subvention",
        "funder": "État",
        "desk": "France Active, formulaire unique",
        "standing": "reponse_manquante",
        "desk_href": "https://www.urgence-ess.fr",
        "missing": ("effectif salarié", "touchée par la crise sanitaire"),
        "doubts": (),
        "since": date(2021, 1, 22),
        "until": date(2021, 7, 31),
        "text": "Fonds UrgencESS (Le Mouvement associatif)",
        "text_href": None,
    }
    return TerritoryAid(id=identifier, name=name, **(values | changes))


def aids() -> tuple[TerritoryAid, ...]:
    doubt = {
        "standing": "decrite",
        "missing": (),
        "doubts": ("ses règles n'ont pas pu être établies : elle est seulement décrite",),
    }
    return (
        aid(
            "crte",
            "Contrat de relance",
            for_whom="collectivite",
            verdict=Verdict.OUI,
            standing="droit",
            missing=(),
        ),
        aid("pvd", "Petites villes de demain", for_whom="collectivite", **doubt),
        aid("urgencess", "Fonds UrgencESS"),
        *(aid(f"appel_{number}", f"Appel à projets n° {number}", **doubt) for number in range(9)),
    )


def source(source_id: str, title: str, **changes: Any) -> SourceUse:
    values: dict[str, Any] = {
        "producer": "INSEE",
        "vintage": "2021",
        "licence": "Licence Ouverte 2.0",
        "href": "https://www.insee.fr/",
        "fictitious": False,
    }
    return SourceUse(id=source_id, title=title, **(values | changes))


def territory(**changes: Any) -> TerritoryIdentity:
    values: dict[str, Any] = {
        "kind": "commune",
        "code": "23077",
        "name": "Faux-la-Montagne",
        "on": ON,
        "vintage": 2021,
        "population": 436,
        "population_label": "population municipale 2018",
        "commune_count": 1,
        "parents": (EPCI, DEPARTEMENT, REGION, FRANCE),
    }
    return TerritoryIdentity(**(values | changes))


def full(**changes: Any) -> Diagnosis:
    values: dict[str, Any] = {
        "territory": territory(),
        "zonings": zonings(),
        "ess": fabric(),
        "inclusion": inclusion(),
        "comparisons": (
            comparison(EPCI, 26),
            comparison(DEPARTEMENT, 270),
            comparison(REGION, 13_700, note="Paris compté par arrondissement."),
            not_covered(FRANCE, 66_732_538),
        ),
        "similar": similar(),
        "similar_method": "Distance euclidienne sur la population, la densité et la part de l’ESS.",
        "published": published(),
        "aids": aids(),
        "sources": (
            source("cog-npm", "Code officiel géographique"),
            source(
                "sirene-etablissements", "SIRENE, établissements", sample=True, fetched_on=date(2026, 11, 3)
            ),
            source("zrr-2017", "Zones de revitalisation rurale", producer="ANCT", vintage="COG 2017"),
        ),
        "missing": (
            MissingPiece(
                subject="QPV 2015 hors Occitanie",
                why="La source ne publie que l’Occitanie.",
                repairs=(SynchroniseSources(("qpv-2015",)),),
            ),
            MissingPiece(subject="Population des QPV", why="Aucune source ouverte ne la donne."),
        ),
        "warnings": ("Les chiffres de l’ESS décrivent le 1er novembre 2026, pas le jour demandé.",),
        "outline": None,
    }
    return Diagnosis(**(values | changes))


def empty_handed() -> Diagnosis:
    """Only the embedded geography: nothing else was ever synchronised."""
    return full(
        territory=territory(population=None, population_label="", parents=()),
        zonings=(),
        ess=None,
        inclusion=None,
        comparisons=(),
        similar=(),
        similar_method="",
        published=(),
        aids=(),
        sources=(),
        warnings=(),
        missing=(
            MissingPiece(
                subject="Tissu de l’ESS",
                why="Le registre SIRENE n’a jamais été synchronisé.",
                repairs=(SynchroniseSources(("sirene-etablissements",)),),
            ),
            MissingPiece(
                subject="Carte et densité",
                why="les contours des communes ne sont pas synchronisés",
                repairs=(SynchroniseSources(("contours-communes",)),),
            ),
        ),
    )


def fictitious() -> Diagnosis:
    return full(
        ess=fabric(
            fictitious=True,
            largest_employers=(employer("Association fictive no 1", fictitious=True),),
            note="Registre de démonstration.",
        ),
        sources=(source("demo-sirene", "Registre de démonstration", fictitious=True), *full().sources),
    )


def long_names() -> Diagnosis:
    """Names at the limit of what files hold, some of them hostile."""
    name = "Communauté d’agglomération de la Porte-du-Hainaut-et-des-Deux-Vallées-Réunies " * 2
    long = TerritoryRef(kind="epci", code="200042190", name=name)
    return full(
        territory=territory(name=f"Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson {SCRIPT}", parents=(long,)),
        ess=fabric(
            largest_employers=(employer(f"{name}{SCRIPT}", commune=name), employer("[red]Mur[/red]\x1b[31m")),
            families={
                "x": Family(label=f"{name}{SCRIPT}", establishments=3, employers=1, jobs=jobs(1, 1, 2))
            },
        ),
        comparisons=(comparison(long, 26),),
        missing=(MissingPiece(subject=name, why=SCRIPT, repairs=(SynchroniseSources(("sources-" * 14,)),)),),
        sources=(source("x", "javascript", href="javascript:alert(1)"),),
    )


def france() -> Diagnosis:
    """The largest territory: figures in millions, many communes of each verdict."""
    counts = CommuneCounts(oui=17_700, non=17_000, partiel=120, a_verifier=149)
    return full(
        territory=territory(
            kind="france", code="fr", name="France", population=68_456_321, commune_count=34_969, parents=()
        ),
        zonings=(
            zoning("frr", "France ruralités revitalisation", Verdict.PARTIEL, communes=counts, share=0.1834),
            zoning("zrr", "Zone de revitalisation rurale", Verdict.NON, communes=CommuneCounts(non=34_969)),
        ),
        ess=fabric(
            establishments=1_534_021,
            employers=221_325,
            jobs=jobs(1_950_112, 2_600_418, None, 12_345),
            location_quotient=1.0,
            births=years((61_000, 62_512, 70_110, 68_041, 12_000)),
        ),
        comparisons=(),
    )


def square(west: float, south: float, size: float = 0.1) -> dict[str, object]:
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict[str, object], **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def with_map() -> Diagnosis:
    communes = tuple(
        feature(square(2.0 + 0.1 * i, 45.8), code=f"2300{i}", name=f"Commune {i} {SCRIPT}", verdicts=verdicts)
        for i, verdicts in enumerate(
            ({"montagne": "oui"}, {"montagne": "non"}, {"montagne": "a_verifier"}, {})
        )
    )
    return full(
        outline=Outline(
            territory=square(2.0, 45.8),
            communes=communes,
            zones=(feature(square(2.02, 45.82, 0.03), code="QN02301M", name="L’Albatros"),),
            points=(
                feature(
                    {"type": "Point", "coordinates": [2.05, 45.85]}, name="Scierie", family="cooperative"
                ),
            ),
        )
    )


EXAMPLES = {
    "full": full,
    "empty_handed": empty_handed,
    "fictitious": fictitious,
    "long_names": long_names,
    "france": france,
    "with_map": with_map,
}


def telling(diagnosis: Diagnosis, to: Audience = Audience.READER) -> Telling:
    """The diagnosis as the answer to its question."""
    question = DiagnosisQuestion(territory=diagnosis.territory.code, on=diagnosis.territory.on)
    answer = Answer(
        question=question,
        on=diagnosis.territory.on,
        edition="essai",
        facts=diagnosis,
        territory=None,
        sources=(),
        warnings=diagnosis.warnings,
        fictitious=wording.is_fictitious(diagnosis),
        sampled=False,
    )
    return Telling(answer, no_links, to)


def written(diagnosis: Diagnosis, shape: str, to: Audience = Audience.READER) -> Any:
    """The diagnosis in one of the shapes of the registry."""
    return FORMATS[shape].write(telling(diagnosis, to))
