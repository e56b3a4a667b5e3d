"""What the zonings say of real communes, on the days where the answer changes."""

from collections import Counter, defaultdict
from datetime import date

import published_lists
import pytest

from ancrage.edition.geography import read_thread
from ancrage.reasoning import Verdict, spread
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.resolving import resolve, whole
from ancrage.territories.territory import Territory
from ancrage.territories.zonings import reading
from ancrage.territories.zonings.answering import answer_all, answer_each
from ancrage.territories.zonings.declaration import get_zoning, load_zonings

pytestmark = pytest.mark.mirror

OUI, NON, PARTIEL, A_VERIFIER = Verdict.OUI, Verdict.NON, Verdict.PARTIEL, Verdict.A_VERIFIER
WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)
FAUX, GUERET, TOULOUSE, BASSE_TERRE = "23077", "23096", "31555", "97105"


@pytest.fixture(scope="module")
def told(real_atlas):
    """Answer of one zoning for every commune of a day, asked once a day."""
    asked = {}

    def tell(zoning, on):
        if (zoning, on) not in asked:
            answers = answer_each(real_atlas, get_zoning(zoning), on=on)
            asked[zoning, on] = {answer.commune: answer for answer in answers}
        return asked[zoning, on]

    return tell


@pytest.fixture(scope="module")
def said(told):
    """Verdict of one zoning for every commune of a day."""
    return lambda zoning, on: {code: answer.verdict for code, answer in told(zoning, on).items()}


@pytest.fixture(scope="module")
def answers(real_atlas):
    def answer(code, on):
        return {found.zoning.id: found for found in answer_all(real_atlas, resolve(real_atlas, code, on=on))}

    return answer


@pytest.mark.parametrize(
    ("zoning", "code", "on", "verdict"),
    [
        ("zrr", FAUX, date(2021, 1, 1), OUI),
        ("zrr", FAUX, date(2024, 6, 30), OUI),
        ("zrr", FAUX, date(2024, 7, 1), NON),
        ("frr", FAUX, date(2024, 6, 30), NON),
        ("frr", FAUX, date(2024, 7, 1), A_VERIFIER),
        ("frr", FAUX, date(2024, 12, 31), A_VERIFIER),
        ("frr", FAUX, date(2025, 1, 1), OUI),
        ("frr_plus", FAUX, date(2024, 12, 31), NON),
        ("frr_plus", FAUX, date(2025, 1, 1), OUI),
        ("frr_plus", GUERET, TODAY, NON),
        ("qpv", FAUX, WEBINAR, A_VERIFIER),
        ("qpv", FAUX, date(2023, 12, 31), A_VERIFIER),
        ("qpv", FAUX, date(2024, 1, 1), NON),
        ("qpv", FAUX, TODAY, NON),
        ("qpv", GUERET, date(2023, 12, 31), A_VERIFIER),
        ("qpv", GUERET, date(2024, 1, 1), PARTIEL),
        ("qpv", TOULOUSE, WEBINAR, PARTIEL),
        ("qpv", BASSE_TERRE, date(2024, 12, 31), A_VERIFIER),
        ("qpv", BASSE_TERRE, date(2025, 1, 1), PARTIEL),
    ],
)
def test_the_verdict_on_the_day_before_and_on_the_day_itself(said, zoning, code, on, verdict):
    assert said(zoning, on)[code] is verdict


@pytest.mark.parametrize(
    ("on", "present", "absent"),
    [
        (date(2024, 6, 30), "zrr", {"frr", "frr_plus"}),
        (date(2024, 7, 1), "frr", {"zrr", "frr_plus"}),
        (date(2025, 1, 1), "frr_plus", {"zrr"}),
    ],
)
def test_a_territory_is_told_only_the_zonings_that_exist_on_its_day(answers, on, present, absent):
    told = answers(FAUX, on).keys()
    assert present in told
    assert not absent & told


def test_faux_la_montagne_on_the_day_of_the_webinar(answers, real_atlas):
    found = answers(FAUX, WEBINAR)
    assert found["zrr"].verdict is OUI
    assert found["zrr"].edition.source == "zrr-2017"
    assert found["qpv"].verdict is A_VERIFIER
    assert "Aucune liste disponible" in found["qpv"].reason
    epci = [
        parent for parent in resolve(real_atlas, FAUX, on=WEBINAR).parents if parent.code.kind is Kind.EPCI
    ]
    assert [(str(parent.code), parent.name) for parent in epci] == [("200044014", "CC Creuse Grand Sud")]


def test_gueret_has_its_quarter_today(answers, real_atlas):
    found = answers(GUERET, TODAY)["qpv"]
    assert (found.verdict, found.details) == (PARTIEL, ("L'Albatros (QN02301M)",))
    quarter = answers("qpv:QN02301M", TODAY)["qpv"]
    assert quarter.verdict is OUI


def test_the_same_town_has_quarters_of_2015_then_of_2024(answers):
    before = answers(TOULOUSE, date(2023, 12, 31))["qpv"].details
    after = answers(TOULOUSE, date(2024, 1, 1))["qpv"].details
    assert all("(QP031" in quarter for quarter in before)
    assert all("(QN031" in quarter for quarter in after)


def test_in_2021_only_occitanie_has_answers_on_quarters(said, real_atlas):
    occitanie = set(whole(real_atlas, TerritoryCode(Kind.REGION, "76"), on=WEBINAR).communes)
    verdicts = said("qpv", WEBINAR)
    assert {verdicts[code] for code in occitanie} == {NON, PARTIEL}
    assert {verdicts[code] for code in verdicts.keys() - occitanie} == {A_VERIFIER}


def test_an_island_without_intercommunality_answers_like_any_commune(answers):
    found = answers("22016", TODAY)
    assert (found["crte"].verdict, found["qpv"].verdict, found["rural"].verdict) == (NON, NON, OUI)


def test_la_reunion_has_partial_communes_in_2021(answers):
    found = answers("dep:974", WEBINAR)["zrr"]
    assert found.verdict is PARTIEL
    assert found.share is None
    assert found.communes == {OUI: 3, NON: 1, PARTIEL: 20}


def test_tessy_bocage_born_of_a_classified_and_an_unclassified_commune_is_partial(answers):
    found = answers("50592", WEBINAR)["zrr"]
    assert found.verdict is PARTIEL
    assert found.reason == "Commune née de communes au statut différent : classée en ZRR et non classée."


def test_each_commune_of_2021_has_the_zrr_verdict_its_origins_give(mirror, said):
    """Second opinion: the lists and the events replayed day by day with dictionaries."""
    statuses = {code: {status} for code, status in published_lists.zrr(mirror).items()}
    by_day = defaultdict(list)
    for event in published_lists.events(mirror):
        if event.kind_before == event.kind_after == "COM" and date(2017, 1, 1) < event.on <= WEBINAR:
            by_day[event.on].append((event.code_before, event.code_after))
    for day in sorted(by_day):
        statuses = replay(statuses, by_day[day])
    verdicts = said("zrr", WEBINAR)
    expected = {code: verdict_of(found) for code, found in statuses.items()}
    assert {code: verdicts[code] for code in expected} == expected
    assert {verdicts[code] for code in verdicts.keys() - expected.keys()} == {A_VERIFIER}
    assert Counter(expected.values()) == {OUI: 17_694, NON: 17_235, PARTIEL: 36}


def replay(statuses, edges):
    leaving = {before for before, _ in edges}
    later = {code: set(found) for code, found in statuses.items() if code not in leaving}
    passing = {after for _, after in edges} & leaving - statuses.keys()
    for before, after in edges:
        for final in [last for first, last in edges if first == after] if after in passing else [after]:
            if before not in passing:
                later.setdefault(final, set()).update(statuses[before])
    return later


def verdict_of(statuses):
    answers = {NON if status == "NC" else PARTIEL if status == "P" else OUI for status in statuses}
    return answers.pop() if len(answers) == 1 else PARTIEL


FRR_WORDS = {
    "FRR+": OUI,
    "FRR socle": OUI,
    "FRR bénéficiaire": OUI,
    "Classée FRR partiellement": PARTIEL,
    "FRR bénéficiaire partiellement": PARTIEL,
    "Non classée": NON,
}


@pytest.mark.parametrize("on", [date(2025, 1, 1), TODAY])
def test_each_of_the_34_875_communes_of_the_frr_list_has_the_verdict_its_words_give(mirror, said, on):
    published = published_lists.frr(mirror)
    assert len(published) == 34_875
    verdicts = said("frr", on)
    assert {code: verdicts[code] for code in published} == {
        code: FRR_WORDS[words] for code, words in published.items()
    }
    plus = {code for code, verdict in said("frr_plus", on).items() if verdict is OUI}
    assert plus == {code for code, words in published.items() if words == "FRR+"}
    assert len(plus) == 4_456


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_4_467_communes_of_the_mayors_association_are_those_of_older_codes(mirror, embedded, year):
    """The association announced 4,467 FRR+ communes, the list has 4,456: some merged in between."""
    plus = {code for code, words in published_lists.frr(mirror).items() if words == "FRR+"}
    thread = read_thread(embedded, ())
    successors = thread.between(year, 2025).successors
    assert sum(1 for heirs in successors.values() if heirs <= plus) == 4_467


@pytest.mark.parametrize(("on", "communes"), [(WEBINAR, 35_059), (TODAY, 34_969)])
def test_every_commune_answers_every_zoning_with_a_reason(told, on, communes):
    for zoning in load_zonings():
        answers = told(zoning, on)
        assert len(answers) == communes
        assert {answer.reason[-1:] for answer in answers.values()} == {"."}
        assert all(answer.edition for answer in answers.values() if answer.verdict in (OUI, PARTIEL))


def test_every_intercommunality_of_2021_answers_every_zoning(real_atlas, said):
    members = defaultdict(list)
    for row in real_atlas.warehouse.rows(
        "FROM commune WHERE vintage = 2021 AND epci IS NOT NULL ORDER BY code"
    ):
        members[row["epci"]].append(row["code"])
    assert len(members) == 1_254
    zonings = [zoning.id for zoning in load_zonings().values() if WEBINAR in zoning.period]
    verdicts = {zoning: said(zoning, WEBINAR) for zoning in zonings}
    for epci, communes in members.items():
        code = TerritoryCode(Kind.EPCI, epci)
        found = answer_all(real_atlas, Territory(code, epci, WEBINAR, 2021, None, tuple(communes)))
        assert [answer.zoning.id for answer in found] == zonings
        for answer in found:
            assert answer.communes == Counter(verdicts[answer.zoning.id][commune] for commune in communes)
            assert answer.verdict is spread(answer.communes)


@pytest.mark.parametrize("day", ["2021-03-31", "2026-11-23"])
def test_a_verdict_alone_is_that_of_the_whole_answer(embedded_atlas, day: str) -> None:
    on = date.fromisoformat(day)
    rows = embedded_atlas.warehouse.rows("SELECT text FROM zoning_pattern ORDER BY pattern")
    for text in (None, *(row["text"] for row in rows[::9])):
        for zoning in load_zonings().values():
            assert (
                reading.verdict_of(zoning, text, on=on) is reading.read_text(zoning, text, on=on).verdict
            ), zoning.id
