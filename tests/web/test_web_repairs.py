"""Each repair in the words of each face: a command that runs, a sentence, a link, a JSON object."""

import ast
import html
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from django.test import RequestFactory

import ancrage
from ancrage import errors
from ancrage import repairs as r
from ancrage.api.repairs import ToldRepair, as_json
from ancrage.cli.main import app
from ancrage.desk.advice import for_visitors, visitors_hint
from ancrage.repairs import Repair
from ancrage.shell import command_of, option_of, sentence, steps
from ancrage.web.offers import offers

SOURCES = Path(ancrage.__file__).parent
EXAMPLES: tuple[Repair, ...] = (
    r.SynchroniseSources(),
    r.SynchroniseSources(("siae", "contours-communes"), mirror=True),
    r.BuildEdition(),
    r.RevertEdition(),
    r.InstallAgain(),
    r.AskDay(),
    r.AskDay(date(2021, 3, 31)),
    r.GiveField("par", ("epci", "zone")),
    r.GiveField("detail"),
    r.OmitField("mirror"),
    r.ChooseAmong(("dep:75", "reg:75")),
    r.Search("territory"),
    r.Search("structure"),
    r.Search("aid"),
    r.See("territory", "dep:23"),
    r.See("structure", "12345678200010"),
    r.See("aid", "urgencess"),
    r.See("fact"),
    r.See("lever", "1"),
    r.See("tool"),
    r.See("tool", "7"),
    r.See("monograph", "un_cas"),
    r.See("case"),
    r.See("case", "ambiance_bois"),
    r.See("source"),
    r.See("source", "siae"),
    r.AskAids("23077", date(2026, 11, 23)),
    r.StartFromModel("capital"),
    r.StartFromModel("financing"),
    r.StartFromModel("impact"),
    r.StartFromModel("grid"),
    r.StartFromModel("monograph"),
    r.ImportAids(),
    r.TryLater(),
)
COMMAND = re.compile(r"\bancrage [a-z]|(?<![\w-])--[a-z]")


def test_every_sort_of_repair_has_an_example_here():
    assert {type(one) for one in EXAMPLES} == set(get_args(Repair))


@pytest.mark.parametrize("repair", [one for one in EXAMPLES if command_of(one)], ids=repr)
def test_a_command_told_is_one_that_the_command_line_accepts(repair):
    command = typer.main.get_command(app)
    name, *words = str(command_of(repair)).split()
    while words and words[0] in getattr(command, "commands", {}):
        name = words.pop(0)
        command = command.commands[name]
    command.make_context(name, words)


@cache
def options() -> dict[str, set[bool]]:
    """Every option of the command line, and whether it takes a value (somewhere it may, elsewhere not)."""
    found: dict[str, set[bool]] = {}
    waiting: list[Any] = [typer.main.get_command(app)]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        for one in command.params:
            for name in one.opts:
                found.setdefault(name, set()).add(not getattr(one, "is_flag", False))
    return found


def calls(of: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the code of a class of these names, with its place."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in of:
                yield f"{path.relative_to(SOURCES)}:{node.lineno}", node


def test_every_option_told_exists_and_takes_a_value_when_one_is_told():
    told = list(calls({"GiveField", "OmitField"}))
    assert told
    for place, call in told:
        name = "--" + ast.literal_eval(call.args[0]).replace("_", "-")
        assert name in options(), place
        if ast.unparse(call.func).endswith("GiveField"):
            assert (len(call.args) > 1) in options()[name], place


FAILURES = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
}


def test_no_failure_says_a_command_in_its_sentences():
    found = list(calls(FAILURES))
    assert len(found) > 200
    for place, call in found:
        texts = (node.value for node in ast.walk(call) if isinstance(node, ast.Constant))
        assert not [text for text in texts if isinstance(text, str) and COMMAND.search(text)], place


def test_what_follows_from_a_synchronisation_is_told_with_it_and_options_are_together():
    assert steps((r.SynchroniseSources(("siae",)), r.BuildEdition(), r.AskDay(), r.OmitField("mirror"))) == (
        ("Synchronisez la source", "ancrage sources sync siae, puis ancrage entrepot construire"),
        ("Options", "--on AAAA-MM-JJ ou sans --mirror"),
    )
    assert sentence("Comparez autrement.", (r.GiveField("par", ("epci", "zone")),)) == (
        "Comparez autrement. Option : --par epci|zone"
    )
    assert sentence("Attendez.", ()) == "Attendez."


def test_a_territory_that_a_shell_would_split_stays_one_word():
    told = str(command_of(r.AskAids("@mes communes.txt", date(2026, 11, 23))))
    assert "'@mes communes.txt'" in told


@pytest.mark.parametrize("repair", EXAMPLES, ids=repr)
def test_a_visitor_is_never_told_to_type_anything(repair):
    told = f"{for_visitors([repair])} {' '.join(one.label for one in offers(asked(), [repair]))}"
    assert not COMMAND.search(told)


def asked(path: str = "/territoires/23077/survie/?par=qpv") -> Any:
    return RequestFactory().get(path)


def test_a_visitor_is_led_to_the_same_question_on_another_day():
    (offer,) = offers(asked(), (r.AskDay(date(2021, 3, 31)), r.AskDay()))
    assert offer.label == "Voir cette page au 31/03/2021"
    assert offer.href == "/territoires/23077/survie/?par=qpv&le=2021-03-31"


def test_what_only_the_publisher_can_do_is_said_once():
    failure = errors.MissingSourceError("Rien.", "", r.SynchroniseSources(("siae",)), r.BuildEdition())
    assert visitors_hint(failure) == "La personne qui publie ce site peut compléter ses données."
    assert visitors_hint(errors.UnknownTerritoryError("xyz")) == "Cherchez-le par son nom."


@pytest.mark.parametrize("repair", EXAMPLES, ids=repr)
def test_the_api_gives_each_repair_with_its_sort_and_its_own_fields(repair):
    told = json.loads(json.dumps(as_json(repair)))
    assert told["type"] == repair.type
    assert set(told) == set(repair.__dataclass_fields__)
    read = ToldRepair.model_validate(told).model_dump(mode="json")
    assert {key: read[key] for key in told} == told


def test_an_option_is_no_command_and_a_command_no_option():
    for one in EXAMPLES:
        assert not (command_of(one) and option_of(one))


PAGES = (
    *("/", "/recherche/?q=gueret", "/territoires/", "/territoires/comparer/?codes=23077&codes=23096"),
    *("/structures/", "/aides/", "/aides/direct_award/", "/sources/", "/grille/", "/monographies/"),
    *("/leviers/", *(f"/leviers/outils/{number}/" for number in range(1, 20))),
    *(
        f"/territoires/{code}/{page}"
        for code in ("23077", "dep:23")
        for page in ("", "leviers/", "accompagnement/", "survie/", "dynamiques/")
    ),
    *("/territoires/dep:23/survie/?par=zonage", "/territoires/reg:84/survie/", "/territoires/fr/survie/"),
    "/grille/evaluation/?nom=X&commune=23077&n_tresorerie=1",
)
MISTAKES = (
    *("/territoires/xqzxqz/", "/territoires/27058/", "/territoires/75/", "/territoires/23077/?le=1900-01-01"),
    *("/structures/12345678200010/", "/aides/inconnue/"),
    *("/territoires/23077/accompagnement/?ouvrir=3",),
    *("/territoires/23077/survie/?par=nimporte", "/leviers/outils/99/", "/monographies/inconnue/"),
)


def words_of(page: str) -> str:
    """What a visitor reads, links and attributes left out."""
    body = re.sub(r"<(script|svg|head|style).*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_speaks_to_a_terminal(site, address):
    answer = site.get(address)
    assert answer.status_code == 200
    assert not COMMAND.findall(words_of(answer.content.decode()))


@pytest.mark.parametrize("address", MISTAKES)
def test_no_refusal_speaks_to_a_terminal(site, address):
    answer = site.get(address)
    assert answer.status_code >= 300
    assert not COMMAND.findall(words_of(answer.content.decode()))
