"""HTTPS: the configuration of nginx given does what it says; what comes in clear is not answered."""

import datetime
import json
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import Client

from ports_here import free_port

GIVEN = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
NAME = "ancrage.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


class _Told(BaseHTTPRequestHandler):
    """Says back what it received."""

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        told = {"headers": dict(self.headers), "read": len(self.rfile.read(length)), "path": self.path}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 the name that http.server calls

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "k.pem").write_bytes(pem)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[httpx.Client, int, int]]:
    """The configuration given, its ports and its certificate changed; behind, a server that tells all."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    behind = ThreadingHTTPServer(("127.0.0.1", 0), _Told)
    Thread(target=behind.serve_forever, args=(0.05,), daemon=True).start()
    clear, closed = free_port(), free_port()
    _certificate(tmp_path)
    told = GIVEN.read_text(encoding="utf-8")
    for before, after in {
        "listen 80": f"listen 127.0.0.1:{clear}",
        "listen 443": f"listen 127.0.0.1:{closed}",
        "127.0.0.1:8000": f"127.0.0.1:{behind.server_port}",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": f"{tmp_path}/c.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": f"{tmp_path}/k.pem",
    }.items():
        assert before in told
        told = told.replace(before, after)
    (tmp_path / "site.conf").write_text(told, encoding="utf-8")
    paths = "".join(
        f"{one}_temp_path {tmp_path}/{one}; " for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; user root; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} "
        f"http {{ access_log off; {paths} include {tmp_path}/site.conf; }}",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [str(NGINX), "-c", str(tmp_path / "nginx.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    trusted = ssl.create_default_context(cafile=str(tmp_path / "c.pem"))
    with httpx.Client(verify=trusted) as visitor:
        for _ in range(100):
            try:
                visitor.get(f"http://127.0.0.1:{clear}/", headers={"Host": NAME})
                break
            except httpx.TransportError:
                assert process.poll() is None, (tmp_path / "error.log").read_text()
                time.sleep(0.05)
        yield visitor, clear, closed
    process.terminate()
    process.wait()
    behind.shutdown()
    behind.server_close()


def asked(visitor: httpx.Client, port: int, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    """Ask over TLS, under the name of the site."""
    sent = {"Host": NAME, **more.pop("headers", {})}
    return visitor.request(
        method,
        f"https://127.0.0.1:{port}{path}",
        headers=sent,
        extensions={"sni_hostname": NAME},
        **more,
    )


def test_the_configuration_of_nginx_leads_to_https_and_believes_no_header_of_a_visitor(served: Any) -> None:
    visitor, clear, closed = served
    here = f"http://127.0.0.1:{clear}"
    page = visitor.get(f"{here}/aides/?q=a", headers={"Host": NAME})
    assert (page.status_code, page.headers["Location"]) == (301, f"https://{NAME}/aides/?q=a")
    assert visitor.get(f"{here}/api/v1/aides", headers={"Host": NAME}).status_code == 403
    assert visitor.post(f"{here}/espace/", headers={"Host": NAME}).status_code == 403
    with pytest.raises(httpx.TransportError):
        visitor.get(f"{here}/", headers={"Host": "autre.example.org"})
    lies = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    told = asked(visitor, closed, "/t/23077", headers=lies).json()
    seen = {name.lower(): value for name, value in told["headers"].items()}
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"], seen["host"]) == ("127.0.0.1", "https", NAME)


def test_the_configuration_of_nginx_takes_a_document_and_no_more(served: Any) -> None:
    visitor, _, closed = served
    assert asked(visitor, closed, "/joindre/", "POST", content=b"a" * 4_400_000).json()["read"] == 4_400_000
    assert asked(visitor, closed, "/joindre/", "POST", content=b"a" * 4_700_000).status_code == 413


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_tls_of_old_and_a_name_that_is_not_ours_are_refused(served: Any) -> None:
    _, _, closed = served
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    for sent, most in (("autre.example.org", None), (NAME, ssl.TLSVersion.TLSv1_1)):
        if most:
            old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, most
            old.set_ciphers("ALL:@SECLEVEL=0")
        with httpx.Client(verify=old) as visitor, pytest.raises(httpx.ConnectError):
            visitor.get(f"https://127.0.0.1:{closed}/", extensions={"sni_hostname": sent})


def test_of_tls_1_2_only_suites_that_keep_the_past_secret_are_taken(served: Any) -> None:
    _, _, closed = served
    for suites, taken in (
        ("ECDHE+AESGCM", True),
        ("ALL:!AESGCM:!CHACHA20:@SECLEVEL=0", False),
        ("AES128-GCM-SHA256:@SECLEVEL=0", False),
    ):
        asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
        asking.maximum_version = ssl.TLSVersion.TLSv1_2
        asking.set_ciphers(suites)
        with (
            httpx.Client(verify=asking) as visitor,
            nullcontext() if taken else pytest.raises(httpx.ConnectError),
        ):
            assert asked(visitor, closed, "/").status_code == 200


@pytest.mark.django_db
def test_what_the_proxy_says_came_in_clear_is_led_to_https_or_refused(settings: Any, client: Client) -> None:
    in_clear: Any = {"HTTP_X_FORWARDED_PROTO": "http"}
    assert client.get("/leviers/", **in_clear).status_code == 200
    settings.SECURE, settings.SITE_ORIGIN = True, f"https://{NAME}"
    page = client.get("/leviers/?a=b", **in_clear)
    assert (page.status_code, page["Location"]) == (301, f"https://{NAME}/leviers/?a=b")
    for refused in (client.get("/api/v1/aides", **in_clear), client.post("/espace/connexion/", **in_clear)):
        assert (refused.status_code, NAME in refused.content.decode()) == (403, True)
    assert client.get("/sante", headers={"accept": "application/json"}, **in_clear).status_code in (200, 503)
