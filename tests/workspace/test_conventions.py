"""A convention: drafted from the plan with its texts, frozen, signed by both sides, amended, kept to."""

import io
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from people_here import AT, Place, Team, action_of, organisation, somebody

from ancrage.conventions.catalogue import read_deeds
from ancrage.conventions.drafting import Filled, draft, dues
from ancrage.errors import InvalidQuestionError, NotAllowedError, RetiredError, UnknownObjectError
from ancrage.journal.verifying import verify
from ancrage.people.habilitations import give
from ancrage.people.models import Nature
from ancrage.people.roles import Role
from ancrage.web.space.atelier.deed_sheet import file_of, sheet_of_text
from ancrage.workspace.ateliers import open_atelier
from ancrage.workspace.attaching import content_of, digest_of, verify_documents
from ancrage.workspace.contracting import declare_signature, write_contract
from ancrage.workspace.deed_reading import changes, read_book, written
from ancrage.workspace.deeds import Frozen, edit_convention, fix, sign, take_back, write_convention
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.giving import declare
from ancrage.workspace.models import (
    Content,
    Contribution,
    Convention,
    ConventionSignature,
    ConventionText,
    Obligation,
    Signature,
)
from ancrage.workspace.plan import withdraw
from ancrage.workspace.proving import OTHERS, OWN
from ancrage.workspace.reading import read_plan
from ancrage.workspace.sides import declare_resource, reply

pytestmark = [pytest.mark.both_engines]
ON = AT.date()
SAID = {
    "utilisation": "Loyer et animation du lieu.",
    "versement": "En une fois, à la signature.",
    "exercice": "12",
    "societe": "non",
    "suivi": "Un comité par an.",
    "evaluation": "Le nombre de structures accueillies.",
}


@pytest.fixture
def convention(team: Team) -> Convention:
    """Between the intercommunality and the association, on an action with money and a room."""
    by, action = team.by(team.anne), action_of(team)
    declare_resource(
        by, action, year=2027, funder=team.epci.pk, funder_name="CC", stage="accordee", granted="15000"
    )
    given = {"giver": team.epci.pk, "receiver": team.association.pk, "year": 2027}
    declare(by, action, nature="locaux", label="Salle de 40 m²", quantity="40", unit="m²", **given)
    return write_convention(
        by,
        team.atelier,
        sort="cpo",
        title="Faire vivre le lieu",
        lead=team.epci.pk,
        others=[str(team.association.pk)],
        purpose="ouvrir le lieu deux soirs par semaine",
        actions=[str(action.pk)],
        begin=date(2027, 1, 1),
        end=date(2028, 12, 31),
        said=SAID,
    )


def frozen(team: Team, row: Convention, about: str = "") -> Frozen:
    found = written(read_plan(team.atelier, on=ON), row, on=ON)
    last = row.texts.filter(retired_at=None).last()
    apart = tuple(changes(last.content, found.content)) if last else ()
    sheet = sheet_of_text(found.content, amendment=about, apart=apart)
    laws = {name: text.title for name, text in read_deeds().texts.items()}
    return Frozen(found.content, file_of(sheet), ON, found.dues, found.draft.missing, about, laws)


def fixed(team: Team, row: Convention, about: str = "") -> ConventionText:
    return fix(team.by(team.anne), row, row.version, frozen(team, row, about))


def words(written_file: bytes) -> str:
    document = Document(io.BytesIO(written_file))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_every_sort_has_articles_whose_texts_were_read_and_dated() -> None:
    deeds = read_deeds()
    names = ("cpo", "subvention", "locaux", "materiel", "personnel", "partenariat", "groupement", "ptce")
    assert tuple(deeds.sorts) == names
    for text in deeds.texts.values():
        assert text.basis in ("texte_lu", "page_lue"), text.title


@pytest.mark.parametrize(("day", "told"), [("2015-12-31", False), ("2016-01-01", True)])
def test_an_article_quotes_the_words_that_the_law_had_that_day(day: str, told: bool) -> None:
    filled = Filled(None, None, {}, {})
    found = draft(read_deeds().sorts["subvention"], filled, on=date.fromisoformat(day))
    payment = next(one for one in found.articles if one.id == "versement")
    quoted = " ".join(text for _, text in payment.texts)
    assert ("les modalités de versement" in quoted) is told
    assert "conditions d'utilisation" in quoted


def test_a_clause_that_hangs_on_an_answer_is_written_for_that_answer_only() -> None:
    def titles(**said: str) -> list[str]:
        found = draft(read_deeds().sorts["locaux"], Filled(None, None, {}, said), on=ON)
        return [one.id for one in found.articles]

    assert {"titre", "redevance"} <= set(titles(domaine="public"))
    assert "selection" in titles(domaine="public", economique="oui")
    assert "selection" not in titles(domaine="public", economique="non")
    assert "domaine_prive" in titles(domaine="prive")
    assert not {"titre", "domaine_prive", "redevance", "loyer"} & set(titles())


@pytest.mark.parametrize(
    ("month", "days"),
    [
        ("12", ["2028-06-30", "2029-06-30"]),
        ("8", ["2028-02-29", "2029-02-28", "2030-02-28"]),
        ("", []),
    ],
)
def test_the_financial_report_is_due_six_months_after_each_year_that_the_convention_touches(
    month: str, days: list[str]
) -> None:
    filled = Filled(date(2027, 1, 1), date(2028, 12, 31), {}, {"exercice": month})
    found = [one for one in dues(read_deeds().sorts["cpo"], filled) if one.id == "compte_rendu"]
    assert [str(one.on) for one in found] == days


def test_it_is_drafted_from_the_plan_and_an_unknown_value_is_said_unknown(
    team: Team, convention: Convention
) -> None:
    told = words(frozen(team, convention).file.written)
    for one in (
        "CC Creuse Grand Sud",
        "L’Établi de Felletin",
        "sans SIREN",
        "Prêter un local",
        "15\u202f000",
        "Salle de 40 m²",
    ):
        assert one in told
    assert "inconnu" in told
    assert "dans les six mois suivant la fin de l’exercice" in told
    assert frozen(team, convention).file.written == frozen(team, convention).file.written


def test_what_is_missing_is_named_and_nothing_is_frozen(team: Team, convention: Convention) -> None:
    edit_convention(team.by(team.anne), convention, 1, said={"exercice": "12"})
    convention.refresh_from_db()
    with pytest.raises(InvalidQuestionError) as refused:
        fixed(team, convention)
    assert "Modalités de versement" in str(refused.value)
    assert not ConventionText.objects.exists()
    assert not Content.objects.exists()


def test_a_frozen_text_is_signed_by_both_sides_then_changed_by_an_amendment_only(
    team: Team, convention: Convention
) -> None:
    text = fixed(team, convention)
    assert digest_of(content_of(text)) == text.digest
    with pytest.raises(InvalidQuestionError, match="attend ses signatures"):
        edit_convention(team.by(team.anne), convention, 1, title="Autre")
    sign(team.by(team.anne), text, team.epci.pk, ON)
    said = sign(team.by(team.anne), text, team.association.pk, ON)
    book = read_book(team.atelier, on=ON)
    assert (book.state(convention), said.verdict.value) == ("à signer", "a_verifier")
    assert [one for one, _ in book.awaited({str(team.association.pk)})] == [convention]
    reply(team.by(team.bruno), said, 1, confirmed=True)
    assert read_book(team.atelier, on=ON).state(convention) == "signée le 02/11/2026"
    with pytest.raises(InvalidQuestionError, match="avenant"):
        take_back(team.by(team.anne), text, 1)
    with pytest.raises(InvalidQuestionError, match="rien n’a changé"):
        fixed(team, convention, "Rien")
    edit_convention(team.by(team.anne), convention, 1, end=date(2029, 12, 31))
    convention.refresh_from_db()
    with pytest.raises(InvalidQuestionError, match="ce que change"):
        fixed(team, convention)
    amendment = fixed(team, convention, "Une année de plus.")
    assert (amendment.rank, ConventionText.objects.get(rank=1).digest) == (2, text.digest)
    told = words(content_of(amendment))
    assert "Une année de plus." in told
    assert "2029" in told
    assert read_book(team.atelier, on=ON).state(convention) == "avenant à signer"
    live = Obligation.objects.filter(retired_at=None, title__startswith="Compte rendu").values_list(
        "due", flat=True
    )
    assert [str(one) for one in live] == ["2028-06-30", "2029-06-30", "2030-06-30"]
    verify()
    assert verify_documents() == 0


def test_a_text_nobody_signed_is_taken_back_and_what_it_made_due_with_it(
    team: Team, convention: Convention
) -> None:
    text = fixed(team, convention)
    with pytest.raises(RetiredError, match="avenant"):
        withdraw(team.by(team.anne, reason="x"), convention, 1)
    take_back(team.by(team.anne, reason="une faute"), text, 1)
    assert not Obligation.objects.filter(retired_at=None).exists()
    assert read_book(team.atelier, on=ON).state(convention) == "projet"
    assert fixed(team, convention).rank == 1


def test_a_draft_is_retired_with_a_reason(team: Team, convention: Convention) -> None:
    withdraw(team.by(team.anne, reason="en double"), convention, 1)
    assert read_book(team.atelier, on=ON).conventions == []


def test_a_party_writes_its_own_conventions_and_nobody_signs_for_another(
    team: Team, convention: Convention
) -> None:
    other = somebody("Chloé")
    lavoir = organisation("Le lavoir", Nature.ASSOCIATION, other)
    give(team.atelier.pk, lavoir, Role.PARTENAIRE, team.anne, at=AT)
    with pytest.raises(NotAllowedError):
        edit_convention(team.by(other), convention, 1, title="Autre")
    edit_convention(team.by(team.bruno), convention, 1, title="Autre")
    convention.refresh_from_db()
    text = fixed(team, convention)
    with pytest.raises(NotAllowedError):
        sign(team.by(other), text, team.epci.pk, ON)
    with pytest.raises(InvalidQuestionError, match="pas partie"):
        sign(team.by(other), text, lavoir.pk, ON)
    said = sign(team.by(team.bruno), text, team.association.pk, ON)
    assert said.verdict.value == "oui"


def test_export_import_and_replay_bring_back_the_same_convention_with_its_file(
    team: Team, convention: Convention
) -> None:
    text = fixed(team, convention)
    sign(team.by(team.anne), text, team.epci.pk, ON)
    sign(team.by(team.bruno), text, team.association.pk, ON)
    said = exported(team.atelier)
    other = open_atelier(team.by(team.anne, key="autre"), team.anne, team.epci, "Autre", Place())  # type: ignore[arg-type]
    assert put_back(team.by(team.anne), other, said).doubted == {OWN: 1, OTHERS: 1}
    again = exported(other)

    def whole(one: dict[str, Any]) -> dict[str, Any]:
        return {name: one[name] for name in ("convention", "convention_texte", "obligation", "fichiers")}

    assert whole(again) == whole(said)
    assert len(again["fichiers"]) == 1
    assert content_of(ConventionText.objects.get(atelier=other))
    left = ConventionSignature.objects.get(atelier=other)
    assert (left.organisation, left.verdict.value) == (team.association.pk, "a_verifier")
    sign(team.by(team.anne), left.text, team.epci.pk, ON)
    verify()


def test_nobody_signs_for_another_by_a_file_that_says_so(team: Team, convention: Convention) -> None:
    sign(team.by(team.bruno), fixed(team, convention), team.association.pk, ON)
    here = [{"code": "200040657", "name": "CC Creuse Grand Sud", "on": "2026-11-02"}]
    contract = write_contract(team.by(team.anne), team.atelier, sort="crte", title="CRTE", perimeter=here)
    declare_signature(team.by(team.bruno), contract, team.association.pk, signed_on=ON)
    said = exported(team.atelier)
    for kind in ("signature", "convention_signature", "participation", "contribution"):
        for one in said[kind]:
            # Forged: the association said it, and who imports is asked to confirm it.
            one |= {"declared_by": str(team.association.pk), "awaited_from": str(team.epci.pk)}
    other = open_atelier(team.by(team.anne, key="autre"), team.anne, team.epci, "Autre", Place())  # type: ignore[arg-type]
    put_back(team.by(team.anne), other, said)
    for model in (Signature, ConventionSignature, Contribution):
        row = model.objects.get(atelier=other)  # type: ignore[attr-defined]
        assert row.awaited() == {str(team.association.pk)}, model
        with pytest.raises(NotAllowedError):
            reply(team.by(team.anne), row, row.version, confirmed=True)


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_pages_lead_from_a_sort_to_a_signed_file_that_a_browser_only_saves(team: Team) -> None:
    action = action_of(team)
    anne, bruno = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    bruno.force_login(team.bruno)
    here = f"/espace/ateliers/{team.atelier.pk}/conventions/"
    assert "Prêt de matériel" in text_of(anne.get(f"{here}nouvelle/?action={action.pk}"))
    form = {
        "title": "Prêt du minibus",
        "lead": str(team.epci.pk),
        "others": [str(team.association.pk)],
        "purpose": "prêter le minibus",
        "begin": "2027-01-01",
        "end": "2027-12-31",
        "article_biens": "Un minibus.",
        "jeton": "a",
    }
    assert (
        'value="Prêt de matériel, Prêter un local"'
        in anne.get(f"{here}nouvelle/materiel/?action={action.pk}").content.decode()
    )
    page = anne.post(f"{here}nouvelle/materiel/", form)["Location"]
    assert "À compléter avant de signer : Usage ; Entretien et charges ; Assurance." in text_of(
        anne.get(page)
    )
    more = {
        "article_usage": "Les sorties.",
        "article_entretien": "L’EPCI.",
        "article_assurance": "L’emprunteur.",
        "version": "1",
    }
    assert anne.post(f"{page}modifier/", form | more | {"jeton": "b"}).status_code == 302
    stale = anne.post(f"{page}modifier/", form | more | {"jeton": "c", "article_usage": "Autre"})
    assert (stale.status_code, "Les sorties." in text_of(stale)) == (409, True)
    assert anne.post(f"{page}arreter/", {"version": "2", "jeton": "d"}).status_code == 302
    text = ConventionText.objects.get()
    assert text.digest in text_of(anne.get(page))
    signing = f"/espace/ateliers/{team.atelier.pk}/textes/{text.pk}/signer/"
    for who, side in ((anne, team.epci), (bruno, team.association)):
        assert (
            who.post(
                signing, {"organisation": str(side.pk), "signed_on": "2026-11-02", "jeton": "e"}
            ).status_code
            == 302
        )
    assert "Signée le 02/11/2026" in text_of(bruno.get(page))
    saved = bruno.get(f"/espace/ateliers/{team.atelier.pk}/textes/{text.pk}/fichier")
    assert digest_of(saved.content) == text.digest
    assert saved["Content-Disposition"].startswith("attachment")
    assert "sandbox" in saved["Content-Security-Policy"]
    for shape in ("docx", "pdf"):
        assert anne.get(f"{page}projet.{shape}").status_code == 200


def test_a_retouched_document_is_the_one_frozen_and_a_program_is_not(
    team: Team, convention: Convention
) -> None:
    anne = Client(SERVER_NAME="localhost")
    anne.force_login(team.anne)
    page = f"/espace/ateliers/{team.atelier.pk}/conventions/{convention.pk}/arreter/"
    refused = anne.post(page, {"version": "1", "fichier": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")})
    assert (refused.status_code, ConventionText.objects.count()) == (422, 0)
    anne.post(page, {"version": "1", "fichier": SimpleUploadedFile("signe.exe", b"%PDF-1.7 corps")})
    text = ConventionText.objects.get()
    assert (text.mime, text.filename, content_of(text)) == (
        "application/pdf",
        "signe.exe.pdf",
        b"%PDF-1.7 corps",
    )
    Content.objects.all().delete()
    with pytest.raises(UnknownObjectError):
        content_of(text)
    assert verify_documents() == 1
