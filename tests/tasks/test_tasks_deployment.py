"""What is given to host Ancrage holds together: files copied exist, bases are pinned, nobody runs as root."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
import yaml

from ancrage.config.databases import encrypted

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = ROOT / "compose.yaml"
UNIT = ROOT / "deploy" / "ancrage.service"
PINNED = re.compile(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+")


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with what follows it, on one line."""
    text = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def test_every_base_of_the_image_is_pinned() -> None:
    bases = [rest.split()[0] for name, rest in instructions() if name == "FROM"]
    assert len(bases) == 3
    assert [base for base in bases if not PINNED.fullmatch(base)] == []


def test_every_file_the_image_copies_is_in_the_repository_and_not_left_out() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for name, rest in instructions():
        if name == "COPY" and "--from" not in rest:
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source.split("/")[0] in let_in, source


def test_the_image_ends_with_somebody_who_is_not_root_and_is_watched() -> None:
    last = instructions()[max(rank for rank, one in enumerate(instructions()) if one[0] == "FROM") :]
    users = [rest for name, rest in last if name == "USER"]
    assert users
    assert users[-1].split(":")[0] not in ("root", "0")
    assert any(name == "HEALTHCHECK" and "/sante" in rest for name, rest in last)
    assert ("ENTRYPOINT", '["ancrage"]') in last


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return found


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgres://a:b@base.example:5432/a", "require"),
        ("postgres://a:b@base.example/a?sslmode=verify-full", "verify-full"),
        ("postgres://a:b@base/a?sslmode=disable", "disable"),
        ("postgres://a:b@127.0.0.1:5432/a", None),
        ("postgres://a:b@%2Fvar%2Frun%2Fpostgresql/a", None),
        ("sqlite:////tmp/a.sqlite3", None),
    ],
)
def test_a_database_of_another_machine_is_asked_in_tls_unless_its_address_says_how(
    address: str, mode: str | None
) -> None:
    assert encrypted(dj_database_url.parse(address)).get("OPTIONS", {}).get("sslmode") == mode


def test_compose_pins_its_images_and_holds_no_password() -> None:
    assert PINNED.fullmatch(services()["base"]["image"])
    assert services()["site"]["depends_on"]["base"]["condition"] == "service_healthy"
    for told in (
        services()["base"]["environment"]["POSTGRES_PASSWORD"],
        services()["site"]["environment"]["DATABASE_URL"],
    ):
        assert "${ANCRAGE_MOT_DE_PASSE" in told
    assert all(port.startswith("127.0.0.1:") for port in services()["site"]["ports"])


def test_docker_reads_the_composition(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None or _run(docker, "compose", "version").returncode:
        pytest.skip("the client of Docker is not there")
    done = _run(docker, "compose", "--file", str(COMPOSE), "config", "--quiet", ANCRAGE_MOT_DE_PASSE="essai")
    assert done.returncode == 0, done.stderr


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not there")
    text = UNIT.read_text(encoding="utf-8")
    (tmp_path / UNIT.name).write_text(
        re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE)
    )
    done = _run(analyze, "verify", "--man=no", str(tmp_path / UNIT.name))
    told = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert told == []


def test_the_unit_serves_without_privileges() -> None:
    text = UNIT.read_text(encoding="utf-8")
    for line in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "KillMode=mixed"):
        assert line in text.splitlines()


def test_the_unit_writes_its_log_where_who_serves_can_neither_read_nor_change_it() -> None:
    text = UNIT.read_text(encoding="utf-8")
    assert {"StandardOutput=journal", "StandardError=journal"} <= {*text.splitlines()}
    for door in ("SupplementaryGroups", "ReadWritePaths", "LogsDirectory", "StandardError=append"):
        assert door not in text, door


def _run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | variables, timeout=60
    )
