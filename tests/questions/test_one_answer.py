"""One question, one answer: command line = site = API = task, figures, warnings and sources included."""

import html
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pydantic import BaseModel, RootModel, create_model

from ancrage.contracts.models import capital_model, contract_model
from ancrage.financing.model import plan_model
from ancrage.grid.assessment import Assessment, GridFile, Judgement, Role, Structure
from ancrage.grid.criteria import criteria
from ancrage.grid.files import write_grid_text
from ancrage.language.typography import curled
from ancrage.questions.registry import QUESTIONS, question_named
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import PARTICULAR, TOPICS, topic_of

DAY = "2026-11-23"
UNITS = "siren,date_creation,est_active\n" + "".join(
    f"{rank:09},20{rank % 20:02}-01-15,{'oui' if rank % 3 else 'non'}\n" for rank in range(1, 61)
)
LONG_LIST = """id;nom;code_insee;categorie
a1;Épicerie;23096;Commerce
a2;Ferme;97411;Agriculture
a3;Cantine;23077;Commerce
"""
JUDGED = write_grid_text(
    GridFile(
        Structure("Essai", "23077", fictitious=True),
        (
            Assessment(
                date(2026, 1, 1), Role.STRUCTURE, "présidence", {one.id: Judgement(2) for one in criteria()}
            ),
        ),
    )
)


@dataclass(frozen=True)
class Case:
    """A question, its words in an address, and where each face answers it (empty: it has no such door).

    ``body``: what is posted to the API rather than asked in an address. ``located``: the address service is
    asked, played here; no task keeps what it answers.
    """

    name: str
    words: dict[str, list[str]]
    command: tuple[str, ...] = ()
    page: str = ""
    api: str = ""
    real: bool = False
    body: dict[str, Any] | None = None
    files: dict[str, str] = field(default_factory=dict)
    in_path: bool = True
    located: bool = False


BALANCE = "compte;libelle;annee;debit;credit\n706;Ventes;2025;;600\n74;Région;2025;;400\n"
CASES = (
    Case(
        "achats",
        {"cpv": ["77310000"], "montant": ["180000"], "acheteur": ["23096"], "le": [DAY]},
        ("achats",),
        "/achats/",
        "achats/",
        in_path=False,
    ),
    *(
        Case(
            name,
            {"cpv": ["77310000"], "montant": ["180000"], "acheteur": ["23096"], "le": [DAY]},
            (name,),
            f"/achats/{name}/",
            f"achats/{name}",
            in_path=False,
        )
        for name in ("lots", "trousse")
    ),
    Case(
        "spaser",
        {"acheteur": ["dep:23"], "achats_annuels": ["60 M€"], "le": [DAY]},
        ("spaser",),
        "/achats/spaser/",
        "achats/spaser",
        in_path=False,
    ),
    Case(
        "acheteur",
        {"acheteur": ["217500016"], "depuis": ["2024"], "cpv": ["77"], "le": [DAY]},
        ("marches", "acheteur"),
        "/acheteurs/217500016/",
        "acheteurs/217500016",
        real=True,
    ),
    Case(
        "achats_realises",
        {"territoire": ["dep:23"], "jusqu": ["2025"], "le": [DAY]},
        ("marches", "territoire"),
        "/territoires/dep:23/achats-realises/",
        "territoires/dep:23/achats-realises",
    ),
    Case(
        "acheteurs",
        {"q": ["departement"], "departement": ["25"], "limite": ["20"]},
        ("marches", "chercher"),
        "/acheteurs/",
        "acheteurs",
    ),
    Case(
        "couverture",
        {"territoire": ["dep:23"], "seuil_km": ["20"], "le": [DAY]},
        ("couverture",),
        "/territoires/dep:23/accompagnement/",
        "territoires/dep:23/accompagnement",
    ),
    *(
        Case(
            name,
            {"territoire": ["23077"], "le": [DAY]},
            ("territoire", name),
            f"/territoires/23077/{name}/",
            f"territoires/23077/{name}",
        )
        for name in ("attestation", "synthese", "note")
    ),
    Case(
        "contrat",
        {"territoire": ["crte-75-23-8"], "le": [DAY]},
        ("territoire", "contrat"),
        "/territoires/crte-75-23-8/contrat/",
        "territoires/crte-75-23-8/contrat",
    ),
    Case(
        "portrait",
        {"territoire": ["23077"], "document": ["article"], "le": [DAY]},
        ("portrait",),
        "/territoires/23077/ess/",
        "territoires/23077/portrait",
    ),
    Case(
        "nouveautes",
        {"territoire": ["23077"], "depuis": ["2024-01-01"], "le": [DAY]},
        ("nouveautes",),
        "/territoires/23077/nouveautes/",
        "territoires/23077/nouveautes",
    ),
    Case(
        "contacts",
        {"territoire": ["23008"], "besoin": ["financer"], "par_sorte": ["3"], "le": [DAY]},
        ("contacts",),
        "/territoires/23008/accompagnement/",
        "territoires/23008/contacts",
    ),
    Case(
        "besoins_vecus",
        {"territoire": ["dep:23"]},
        ("besoins", "vecus"),
        "/territoires/dep:23/besoins/",
        "territoires/dep:23/besoins",
    ),
    Case(
        "ouvertures",
        {"territoire": ["dep:23"], "ouvrir": ["2"], "reseau": ["france_services"], "seuil_km": ["10"]},
        ("couverture",),
        "/territoires/dep:23/accompagnement/",
        "territoires/dep:23/accompagnement/ouvertures",
        real=True,
    ),
    Case(
        "tournee",
        {"territoire": ["200044014"], "tournee": ["23008"], "detour": ["1,3"], "km_jour": ["90"]},
        ("couverture",),
        "/territoires/200044014/accompagnement/",
        "territoires/200044014/accompagnement/tournee",
        real=True,
    ),
    Case(
        "leviers",
        {"territoire": ["crte-75-23-8"], "pour": ["epci"], "fait": ["employeurs_ess=12"], "le": [DAY]},
        ("leviers",),
        "/territoires/crte-75-23-8/leviers/",
        "territoires/crte-75-23-8/leviers",
    ),
    Case("outil", {"outil": ["4"]}, ("leviers",), "/leviers/outils/4/", "leviers/outils/4"),
    Case("outil_ici", {"territoire": ["23077"], "outil": ["4"], "le": [DAY]}, ("leviers",)),
    Case("liste_leviers", {}, ("leviers",), "/leviers/"),
    Case(
        "foncier",
        {"reponse": ["local", "collectivite", "public", "non"]},
        ("foncier",),
        "/leviers/foncier/",
        "leviers/foncier",
    ),
    Case(
        "structures",
        {
            "territoire": ["dep:23"],
            "tranche": ["01", "02"],
            "famille": ["association"],
            "limite": ["1000"],
            "le": [DAY],
        },
        ("structures",),
        "/structures/",
        "structures",
        in_path=False,
    ),
    Case(
        "structure",
        {"siret": ["99900014400017"], "le": [DAY]},
        ("structures",),
        "/structures/99900014400017/",
        "structures/99900014400017",
    ),
    Case(
        "diagnostic",
        {"territoire": ["23077"], "le": [DAY]},
        ("diagnostic",),
        "/territoires/23077/diagnostic.json",
        "territoires/23077/diagnostic",
    ),
    Case(
        "apercu",
        {"territoire": ["200044014"], "le": [DAY]},
        ("territoire", "apercu"),
        "/territoires/200044014/apercu.json",
        "territoires/200044014/apercu",
    ),
    Case("schema_diagnostic", {"schema": ["oui"]}, ("diagnostic",)),
    Case(
        "comparaison",
        {"territoire": ["23077", "dep:23"], "le": [DAY]},
        ("comparer",),
        "/territoires/comparer/",
        "comparaisons",
        in_path=False,
    ),
    Case(
        "dynamiques",
        {"territoire": ["200044014"], "distance_km": ["15"], "le": [DAY]},
        ("dynamiques",),
        "/territoires/200044014/dynamiques/",
    ),
    Case(
        "eligibilite",
        {
            "siret": ["99900014400017"],
            "fait": ["effectif=4", "chiffre_affaires=12500.5", "est_ess=oui", "objet_projet=inconnu"],
            "territoire": ["23077"],
            "le": ["2021-03-31"],
        },
        ("aides",),
        "/mes-aides/",
        "eligibilite",
        body={
            "siret": "99900014400017",
            "facts": {"effectif": 4, "chiffre_affaires": 12500.5, "est_ess": True, "objet_projet": None},
            "territory": "23077",
            "on": "2021-03-31",
        },
        in_path=False,
    ),
    Case(
        "aide",
        {"aide": ["urgencess"], "le": ["2021-03-31"]},
        ("aides", "montrer"),
        "/aides/urgencess/",
        "aides/urgencess",
    ),
    Case(
        "aide_publiee",
        {"aide": ["mte:etude-diagnostic-serres"], "territoire": ["23096"], "le": [DAY]},
        ("aides", "montrer"),
        "/aides/mte:etude-diagnostic-serres/",
        "aides/publiees/mte:etude-diagnostic-serres",
        real=True,
        in_path=False,
    ),
    Case(
        "aides",
        {"theme": ["emploi"], "public": ["structure"], "limite": ["1000"], "le": [DAY]},
        ("aides", "lister"),
        api="aides",
    ),
    Case(
        "recherche_aides",
        {"q": ["trezorerie"], "territoire": ["23077"], "ouvertes": ["oui"], "limite": ["5"], "le": [DAY]},
        ("aides", "chercher"),
        "/aides/",
        "aides/recherche",
        in_path=False,
    ),
    Case("faits", {"limite": ["1000"]}, ("aides", "faits"), api="faits"),
    Case(
        "simulation",
        {
            "territoire": ["23077"],
            "aide": ["urgencess"],
            "parametre": ["urgence-ess.plafond=20"],
            "le": ["2021-03-31"],
        },
        ("aides", "simuler"),
        "/territoires/23077/simulation/",
        "territoires/23077/simulation",
    ),
    Case(
        "survie",
        {"territoire": ["dep:23"], "par": ["activite"], "depuis": ["2015-01-01"], "le": [DAY]},
        ("survie",),
        "/territoires/dep:23/survie/",
        "territoires/dep:23/survie",
    ),
    Case(
        "survie_fichier",
        {"fichier": ["unites.csv"], "par": ["ess"], "observe_le": ["2025-06-30"]},
        ("survie",),
        files={"unites.csv": UNITS},
    ),
    Case(
        "grille",
        {
            "nom": ["Essai"],
            "commune": ["23077"],
            "niveau": ["tresorerie=2", "qualite_emplois=4"],
            "role2": ["usagers"],
            "niveau2": ["tresorerie=4"],
            "pour": ["epci"],
            "le": ["2026-01-01"],
        },
        page="/grille/evaluation/",
    ),
    Case(
        "grille_fichier",
        {"fichier": ["essai.yaml"], "pour": ["commune"], "le": [DAY]},
        ("grille", "evaluer"),
        files={"essai.yaml": JUDGED},
    ),
    Case("grille_texte", {"texte": [JUDGED], "pour": ["commune"]}),
    Case("grille_criteres", {}, ("grille", "criteres")),
    Case(
        "financement_fichier",
        {"fichier": ["plan.yaml"], "le": [DAY]},
        ("financement", "verifier"),
        files={"plan.yaml": plan_model()},
    ),
    Case(
        "modele_economique",
        {"fichier": ["balance.csv"]},
        ("financement", "comptes"),
        files={"balance.csv": BALANCE},
    ),
    Case("comptes_texte", {"texte": [BALANCE]}, api="financement/comptes", body={"text": BALANCE}),
    Case(
        "contrat_impact_fichier",
        {"fichier": ["contrat.yaml"], "le": [DAY]},
        ("contrat-impact", "simuler"),
        files={"contrat.yaml": contract_model()},
    ),
    Case(
        "contrat_impact_texte",
        {"texte": [contract_model()], "le": [DAY]},
        api="financement/contrat-impact",
        body={"text": contract_model(), "on": DAY},
    ),
    Case(
        "capital_fichier",
        {"fichier": ["capital.yaml"], "le": [DAY]},
        ("scic", "simuler"),
        files={"capital.yaml": capital_model()},
    ),
    Case(
        "capital_texte",
        {"texte": [capital_model()], "le": [DAY]},
        api="financement/scic",
        body={"text": capital_model(), "on": DAY},
    ),
    Case(
        "financement_texte",
        {"texte": [plan_model()], "le": [DAY]},
        api="financement/verification",
        body={"plan": plan_model(), "on": DAY},
    ),
    Case(
        "cumul",
        {"aide": ["detr", "dsil"], "le": [DAY]},
        ("financement", "cumul"),
        "/financement/cumul/",
        "financement/cumul",
    ),
    Case(
        "monographies",
        {"outil": ["8"], "zonage": ["zrr"]},
        ("monographies", "lister"),
        "/monographies/",
        in_path=False,
    ),
    Case("monographies_cherchees", {"q": ["scierie"]}, ("monographies", "chercher")),
    Case(
        "monographie",
        {"identifiant": ["ambiance_bois"]},
        ("monographies", "montrer"),
        "/monographies/ambiance_bois/",
    ),
    Case(
        "cas",
        {"territoire": ["23077"], "outil": ["8"], "le": [DAY]},
        ("cas", "lister"),
        "/cas/",
        "cas",
        in_path=False,
    ),
    Case(
        "cas_leviers",
        {"territoire": ["23077"], "le": [DAY]},
        ("cas", "leviers"),
        "/cas/leviers/",
        "cas/leviers",
        in_path=False,
    ),
    Case(
        "un_cas",
        {"identifiant": ["ambiance_bois"]},
        ("cas", "montrer"),
        "/cas/ambiance_bois/",
        "cas/ambiance_bois",
    ),
    Case(
        "monographies_semblables",
        {"territoire": ["23077"], "outil": ["1", "4"], "naf": ["16.10A"], "le": [DAY]},
        ("monographies", "semblables"),
        "/monographies/semblables/",
        in_path=False,
    ),
    Case(
        "panel",
        {
            "fichier": ["liste.csv"],
            "taille": ["2"],
            "quota": ["drom>=1"],
            "poids": ["categorie=2"],
            "le": [DAY],
        },
        ("panel",),
        files={"liste.csv": LONG_LIST},
    ),
    Case(
        "veille",
        {"corpus": ["debats.txt"], "terme": ["coopération"], "contexte": ["3"]},
        ("veille",),
        files={"debats.txt": "2021-03-31. La coopération entre communes, puis les coopérations.\n"},
    ),
    Case(
        "zonage",
        {"zonage": ["acv"], "verdict": ["oui"], "limite": ["1000"], "le": [DAY]},
        ("zonage",),
        api="zonages/acv/communes",
    ),
    Case(
        "zonage_ici",
        {"zonage": ["zrr"], "territoire": ["dep:23"], "le": ["2021-03-31"]},
        ("zonage",),
        api="territoires/dep:23/zonages/zrr",
    ),
    Case(
        "territoires",
        {"q": ["faulamontagne"], "limite": ["5"], "le": [DAY]},
        ("territoire", "chercher"),
        api="territoires",
    ),
    Case(
        "liste_territoires",
        {"nature": ["departement"], "limite": ["200"], "le": ["2021-03-31"]},
        api="territoires",
    ),
    Case(
        "territoire",
        {"territoire": ["dep:23"], "le": ["2021-03-31"]},
        ("territoire", "montrer"),
        "/territoires/dep:23/zonages/",
        "territoires/dep:23",
    ),
    Case(
        "communes",
        {"territoire": ["dep:23"], "limite": ["300"], "le": [DAY]},
        api="territoires/dep:23/communes",
    ),
    Case("sources", {"limite": ["1000"]}, ("sources", "list"), "/sources/", "sources"),
    Case("source", {"source": ["zrr-2017"]}, ("sources", "show"), api="sources/zrr-2017"),
    Case("etat_sources", {"source": ["zrr-2017", "siae"]}, ("sources", "status")),
    Case(
        "recherche",
        {"q": ["gueret"], "sorte": ["territoire", "structure"], "limite": ["9"]},
        ("chercher",),
        "/recherche/",
    ),
    Case("zonages", {"limite": ["50"]}, api="zonages"),
    Case(
        "zonages_point",
        {"point": ["2.8862,42.7065"], "le": ["2021-03-31"]},
        ("zonage",),
        "/territoires/point/",
        "points",
        real=True,
    ),
    Case(
        "zonages_adresse",
        {"adresse": ["rue Jules Ferry 64110 Mazères-Lezons"], "le": [DAY]},
        ("zonage",),
        "/territoires/adresse/",
        "adresses",
        located=True,
    ),
    Case("zonage_declare", {"zonage": ["qpv"]}, api="zonages/qpv"),
)
"""One at least for each question; those that need real places ask the edition built from the mirror."""


def told(case: Case) -> str:
    return case.name


@pytest.fixture
def on_its_edition(
    case: Case, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in case.files.items():
        Path(name).write_text(text, encoding="utf-8")
    if case.located:
        request.getfixturevalue("address_service")
    if case.real:
        monkeypatch.setenv("ANCRAGE_DATA", str(request.getfixturevalue("real_data")))


def timeless(document: dict[str, Any]) -> dict[str, Any]:
    """What is told, without the seconds that a search took."""
    taken = {"search": {**document["search"], "seconds": 0}} if "search" in document else {}
    return {**document, **taken}


MARKED = [
    pytest.param(one, id=told(one), marks=[pytest.mark.django_db] if question_named(one.name).living else [])
    for one in CASES
]
"""A question that what people write changes reads the workspace."""


@pytest.fixture(scope="module")
def already() -> dict[int, dict[str, Any]]:
    """What the library answered to each case: the two tests that follow ask it once."""
    return {}


@pytest.fixture
def expected(
    faces: Any, case: Case, already: dict[int, dict[str, Any]], on_its_edition: None
) -> dict[str, Any]:
    """What the library answers to the case."""
    if id(case) not in already:
        already[id(case)] = faces.library(case.name, case.words)
    return already[id(case)]


@pytest.mark.parametrize("case", MARKED)
def test_every_face_gives_the_same_answer(faces: Any, case: Case, expected: dict[str, Any]) -> None:
    left_out = ("territoire", "siret", "zonage", "source", "acheteur") if case.in_path else ()
    in_path = {name: values for name, values in case.words.items() if name not in left_out}
    answers = {
        "command line": case.command and faces.command(case.command, case.name, case.words),
        "site": case.page and faces.page(case.page, in_path),
        "API": case.api and (faces.api(case.api, in_path) if case.body is None else faces.posted(case)),
        "task": _is_a_task(case) and faces.task(case.name, case.words),
    }
    for face, answer in answers.items():
        assert not answer or timeless(answer) == timeless(expected), face


def _is_a_task(case: Case) -> bool:
    """Whether it may wait for the worker: what tells of who asks is never kept."""
    return not case.files and not case.located and not question_named(case.name).private


@pytest.mark.parametrize("case", MARKED)
def test_the_published_schema_names_every_key_that_is_sent(case: Case, expected: dict[str, Any]) -> None:
    strict(topic_of(case.name).model).model_validate_json(json.dumps(expected))


def test_no_face_advises_an_authority_that_nobody_named(faces: Any) -> None:
    """A contract has no authority of its own: every face refuses in the same words."""
    sentence = "n'a pas d'autorité à lui"
    code, _, error = faces.run("leviers", "crte-75-23-8")
    assert (code, sentence in error) == (45, True)
    for address in ("/territoires/crte-75-23-8/leviers/", "/api/v1/territoires/crte-75-23-8/leviers"):
        answer = faces.client.get(address)
        assert answer.status_code == 404
        assert curled(sentence) in curled(html.unescape(answer.content.decode()))


def test_the_published_band_narrows_the_list_on_every_face(faces: Any) -> None:
    words = {"territoire": ["dep:23"], "tranche": ["11"], "le": [DAY]}
    everything = faces.library("structures", {**words, "tranche": []})["total"]
    counts = {
        faces.command(("structures",), "structures", words)["total"],
        faces.page("/structures/", words)["total"],
        faces.api("structures", words)["total"],
    }
    assert len(counts) == 1
    assert 0 < counts.pop() < everything


def test_a_cursor_nobody_signed_is_refused(faces: Any) -> None:
    first = faces.api("structures", {"territoire": ["dep:23"], "limite": ["5"], "le": [DAY]})
    forged = first["next"][:-2] + ("AA" if first["next"][-2:] != "AA" else "BB")
    for address in (
        f"/api/v1/structures?territoire=dep:23&le={DAY}&curseur={forged}",
        f"/structures/?territoire=dep:23&le={DAY}&apres={forged}",
    ):
        assert faces.client.get(address).status_code == 400


def test_a_fifth_territory_is_refused_in_the_same_words_on_every_face(faces: Any) -> None:
    codes, sentence = ("23001", "23002", "23003", "23004", "23005"), "5 territoires sont demandés"
    code, _, error = faces.run("comparer", *codes)
    assert code > 2
    assert sentence in error
    query = "&".join(f"territoire={one}" for one in codes)
    for address in ("/territoires/comparer/", "/api/v1/comparaisons"):
        answer = faces.client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert sentence in html.unescape(answer.content.decode())


def test_a_structure_that_says_it_is_made_up_is_shown_so(faces: Any) -> None:
    assert faces.task("grille_texte", {"texte": [JUDGED]})["fictitious"]
    sent = SimpleUploadedFile("essai.yaml", JUDGED.encode())
    page = faces.client.post("/grille/fichier/", {"fichier": sent}).content.decode()
    assert "fictives" in page.lower()


def test_the_name_of_a_file_says_its_shape(faces: Any, tmp_path: Path) -> None:
    told, text = tmp_path / "critères.JSON", tmp_path / "critères.txt"
    for file in (told, text):
        assert faces.run("grille", "criteres", "--sortie", str(file))[0] == 0
    assert len(json.loads(told.read_text("utf-8"))["items"]) == 15
    assert "Les quinze critères" in text.read_text("utf-8")


def test_the_shapes_of_some_topics_alone_are_those_that_the_topics_take() -> None:
    for shape in FORMATS.values():
        takers = {name for name in TOPICS if shape.suits(topic_of(name))}
        assert takers == PARTICULAR.get(shape.id, set(TOPICS)), shape.id


def test_a_search_is_fictitious_when_a_structure_it_found_is(faces: Any) -> None:
    for kind, fictitious in {"structure": True, "territoire": False}.items():
        assert faces.library("recherche", {"q": ["gueret"], "sorte": [kind]})["fictitious"] is fictitious
        page = html.unescape(faces.client.get(f"/recherche/?q=gueret&sorte={kind}").content.decode())
        assert ("fictives" in page.lower()) is fictitious


def test_every_question_is_asked_here() -> None:
    assert {case.name for case in CASES} == set(QUESTIONS)


def strict(model: type[BaseModel]) -> type[BaseModel]:
    """The model, refusing the keys that its schema does not name, at every depth."""
    if issubclass(model, RootModel):
        return model
    return create_model(
        model.__name__,
        __config__={**model.model_config, "extra": "forbid", "strict": True},
        **{name: (_strict_type(one.annotation), one) for name, one in model.model_fields.items()},
    )


def _strict_type(annotation: Any) -> Any:
    from types import UnionType
    from typing import Union, get_args, get_origin

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return strict(annotation)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return Union[tuple(_strict_type(part) for part in parts)]  # noqa: UP007 built at run time
    return origin[tuple(_strict_type(part) for part in parts)] if origin and parts else annotation
