"""A file that is brought is read once the antivirus looked at it; nothing passes for want of an answer."""

import json
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from clamd_here import CLAMD, EICAR, begun
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people_here import Team, action_of

from ancrage.config.antivirus import antivirus
from ancrage.desk.health import checks
from ancrage.errors import ScannerUnavailableError, UnsafeFileError, WorkspaceFileError
from ancrage.workspace import antivirus as scanner
from ancrage.workspace.attaching import attach
from ancrage.workspace.documents import checked
from ancrage.workspace.exporting import exported, put_back
from ancrage.workspace.models import Attachment
from ports_here import free_port

SEEN = "L’antivirus de ce site refuse ce fichier (Essai.Eicar"
LOST = "L’antivirus de ce site ne répond pas"


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[None]:
    """The antivirus of Debian, where it is installed."""
    if CLAMD is None:
        pytest.skip("clamd is not installed")
    process, settings.ANTIVIRUS = begun(tmp_path)
    yield
    process.kill()
    process.wait()


@pytest.fixture
def saying(settings: Any) -> Iterator[Any]:
    """A server of this machine that listens as clamd does, and says what a test wants."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.ANTIVIRUS = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        said: dict[str, Any] = {"answer": b"stream: OK\0", "heard": b""}

        def serve() -> None:
            try:
                one, _ = server.accept()
            except OSError:
                return
            with one:
                one.settimeout(5)
                while said["until"] not in said["heard"] and (more := one.recv(1 << 20)):
                    said["heard"] += more
                one.sendall(said["answer"])

        said["until"] = bytes(4)
        Thread(target=serve, daemon=True).start()
        yield said


def test_a_real_antivirus_lets_a_sound_file_in_and_refuses_the_other(clamd: None) -> None:
    scanner.look_at(b"Bonjour." * 100_000)
    assert scanner.answers()
    with pytest.raises(UnsafeFileError) as refusal:
        scanner.look_at(EICAR)
    assert refusal.value.message.startswith(SEEN)


def test_each_piece_is_sent_after_its_length(saying: dict[str, Any]) -> None:
    scanner.look_at(b"a" * ((1 << 16) + 3))
    assert saying["heard"] == (
        b"zINSTREAM\0" + (1 << 16).to_bytes(4, "big") + b"a" * (1 << 16) + b"\0\0\0\3aaa" + bytes(4)
    )


@pytest.mark.parametrize(
    "answer", [b"", b"stream: ", b"stream: OK?", b"INSTREAM size limit exceeded. ERROR\0", b"\xff" * 2_000]
)
def test_an_answer_that_does_not_say_that_all_is_well_lets_nothing_in(
    saying: dict[str, Any], answer: bytes
) -> None:
    saying["answer"] = answer
    with pytest.raises(ScannerUnavailableError):
        scanner.look_at(b"Bonjour.")


def test_a_scanner_that_says_nothing_is_not_waited_for(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.ANTIVIRUS = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        begun_at = time.monotonic()
        with pytest.raises(ScannerUnavailableError):
            scanner.look_at(b"Bonjour.")
    assert time.monotonic() - begun_at < 5


@pytest.mark.parametrize(
    "typed", ["clamd", "/run/clamav/clamd.ctl", "unix:", "tcp://", "http://127.0.0.1:3310"]
)
def test_an_address_with_a_slip_does_not_let_the_site_start(typed: str) -> None:
    with pytest.raises(ValueError, match="ANCRAGE_ANTIVIRUS"):
        antivirus(typed)
    assert antivirus(" ") == ""


@pytest.mark.django_db
def test_health_says_when_it_does_not_answer(settings: Any) -> None:
    told = {one.id: one for one in checks()}["antivirus"]
    assert (told.well, told.told) == (True, "Aucun n’est réglé : les fichiers reçus ne sont pas regardés.")
    settings.ANTIVIRUS = f"tcp://127.0.0.1:{free_port()}"
    assert not {one.id: one for one in checks()}["antivirus"].well


def test_a_form_with_a_file_says_it_and_keeps_what_was_typed(team: Team, settings: Any, saying: Any) -> None:
    action = action_of(team)
    where = f"/espace/ateliers/{team.atelier.pk}/pieces/action/{action.pk}/joindre/"
    anne = Client()
    anne.force_login(team.anne)

    def joined() -> Any:
        file = SimpleUploadedFile("essai.txt", EICAR)
        return anne.post(where, {"title": "Le devis", "fichier": file})

    saying["answer"] = b"stream: Essai.Eicar FOUND\0"
    refused = joined()
    assert (refused.status_code, SEEN in refused.content.decode()) == (422, True)
    settings.ANTIVIRUS = f"tcp://127.0.0.1:{free_port()}"
    lost = joined()
    assert (lost.status_code, LOST in lost.content.decode()) == (503, True)
    assert 'value="Le devis"' in lost.content.decode()
    assert not Attachment.objects.exists()
    settings.ANTIVIRUS = ""
    assert joined().status_code == 302
    assert Attachment.objects.get().filename == "essai.txt"


def test_a_file_of_a_public_form_is_looked_at_too(settings: Any, client: Client) -> None:
    settings.ANTIVIRUS = f"tcp://127.0.0.1:{free_port()}"
    answer = client.post("/grille/fichier/", {"fichier": SimpleUploadedFile("g.yaml", b"structure: x")})
    assert (answer.status_code, LOST in answer.content.decode()) == (503, True)


def exported_with_a_document(team: Team) -> dict[str, Any]:
    attach(team.by(team.anne), action_of(team), "Devis", checked("devis.txt", b"Bonjour."))
    told: dict[str, Any] = json.loads(json.dumps(exported(team.atelier)))
    return told


@pytest.mark.parametrize(
    ("written", "why"),
    [(b"<html><script>1</script>", "Ce type de fichier"), (b"MZ\x90\0\3", "Ce type"), (b"", "vide")],
)
def test_a_document_of_an_export_is_held_to_what_a_document_joined_is(
    team: Team, written: bytes, why: str
) -> None:
    from ancrage.workspace.attaching import digest_of

    said = exported_with_a_document(team)
    said["fichiers"] = {"x": b64encode(written).decode()}
    said["piece"][0] |= {"digest": digest_of(written), "mime": "application/pdf", "filename": "a.pdf"}
    with pytest.raises(WorkspaceFileError, match=why):
        put_back(team.by(team.anne, key="autre"), team.atelier, said)


@pytest.mark.parametrize(
    "lie",
    [{"mime": "text/html"}, {"mime": "text/plain\r\nX-A: b"}, {"mime": ""}],
)
def test_a_document_that_is_not_in_its_export_has_a_type_that_is_accepted(
    team: Team, lie: dict[str, str]
) -> None:
    said = exported_with_a_document(team)
    said["fichiers"] = {}
    said["piece"][0] |= lie
    with pytest.raises(WorkspaceFileError):
        put_back(team.by(team.anne, key="autre"), team.atelier, said)


def test_what_an_export_says_of_its_documents_is_not_believed(team: Team) -> None:
    said = exported_with_a_document(team)
    said["piece"][0] |= {
        "mime": "text/html",
        "filename": "a/../<b>.html",
        "size": 1,
        "about_kind": "decision",
    }
    put_back(team.by(team.anne, key="autre"), team.atelier, said)
    row = Attachment.objects.exclude(filename="devis.txt").get()
    assert (row.mime, row.filename, row.size, row.about_kind) == ("text/plain", "b .html.txt", 8, "action")
    anne = Client()
    anne.force_login(team.anne)
    assert anne.get(f"/espace/ateliers/{team.atelier.pk}/pieces/").status_code == 200


def test_the_documents_of_an_export_are_looked_at(team: Team, saying: dict[str, Any]) -> None:
    said = exported_with_a_document(team)
    saying["answer"] = b"stream: Essai.Eicar FOUND\0"
    with pytest.raises(UnsafeFileError):
        put_back(team.by(team.anne, key="autre"), team.atelier, said)
