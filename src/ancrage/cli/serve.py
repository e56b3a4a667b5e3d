"""Command that opens the site, and works out what is asked of it in the background."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

MEMORY_MIB = 480
"""Memory past which a process that answers gives its place to a fresh one (``ANCRAGE_MEMOIRE``).

It keeps a process under 600: it grows until the fresh one is ready, and a first simulation may load Polars.
See also ``relay.GROWTH``.
"""
GIVEN_BACK = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "262144",
    "MALLOC_TRIM_THRESHOLD_": "262144",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
}
"""What glibc is told: each thread would keep memory for itself, and a large block, once freed, stay taken.

Arrow then takes its memory there, and Polars gives its own back at once: a first simulation takes 68 MB of a
process instead of 81.
"""
HEADERS_MILLISECONDS = 20_000
"""What a connection is given to say what it asks, the first time and between two requests."""
CONNECTIONS = 1_024
"""Most connections a process keeps open: the next ones wait at the door of the machine."""


def serve(
    hote: Annotated[str, typer.Option("--hote", help="Adresse où écouter.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port où écouter.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processus qui répondent.")] = 2,
    sans_travaux: Annotated[
        bool, typer.Option("--sans-travaux", help="Ne pas faire ici les travaux de fond.")
    ] = False,
    courriels_ici: Annotated[
        bool,
        typer.Option(
            "--courriels-ici",
            help="Garder ici les courriels au lieu de les envoyer, pour essayer : /espace/courriels/.",
        ),
    ] = False,
) -> None:
    """Ouvre le site et l'API sur cette machine, et fait les travaux de fond ; Ctrl-C l'arrête."""
    import logging

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
    os.environ.setdefault("ANCRAGE_HOSTS", f"localhost,127.0.0.1,[::1],{hote}")
    os.environ["ANCRAGE_SERVI"] = str(os.getpid())
    for name, most in GIVEN_BACK.items():
        os.environ.setdefault(name, most)
    os.environ.setdefault(
        "ANCRAGE_PARTAGE", "debits"
    )  # several processes: a rate must be that of all of them
    from ancrage.cli.first_answer import told_once_answering
    from ancrage.cli.relay import marks_kept
    from ancrage.desk.publisher import publisher

    publisher()
    with _counted(), marks_kept(), _mail_kept(asked=courriels_ici, site=f"http://{hote}:{port}"):
        _migrate()
        typer.echo("Le site s'ouvre…", err=True)
        _prepare()
        told = f"Ancrage répond sur http://{hote}:{port} (Ctrl-C pour arrêter)."
        with (
            _working(asked=not sans_travaux),
            told_once_answering(hote, port, lambda: typer.echo(told, err=True)),
        ):
            _listen(hote, port, workers)
    logging.shutdown()


def _listen(hote: str, port: int, workers: int) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    from ancrage.cli.relay import WATCHED_EACH, Relay

    Relay(
        "ancrage.config.asgi:application",
        address=hote,
        port=port,
        interface=Interfaces.ASGINL,
        # The version that says when a connection that tells nothing is given up.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MILLISECONDS),
        websockets=False,
        workers=workers,
        backpressure=CONNECTIONS,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        rss_sample_interval=WATCHED_EACH,
        workers_max_rss=int(os.environ.get("ANCRAGE_MEMOIRE", MEMORY_MIB)) or None,
    ).serve()


@contextmanager
def _mail_kept(*, asked: bool, site: str) -> Iterator[None]:
    """A server of messages on this machine, that keeps what it receives: for trying, never for real."""
    if not asked:
        yield
        return
    from ancrage.errors import MailError
    from ancrage.location import data_directory
    from ancrage.people.mailbox import serving

    folder = data_directory() / "courriels"
    try:
        with serving(folder) as port:
            os.environ.setdefault("ANCRAGE_ORIGINE", site)  # their links open on this machine
            os.environ |= {"ANCRAGE_SMTP": f"smtp://127.0.0.1:{port}", "ANCRAGE_BOITE": str(folder)}
            yield
    except ModuleNotFoundError as error:
        raise MailError(
            "Le serveur de messagerie de développement (aiosmtpd) n'est pas installé.",
            "Installez-le, ou réglez ANCRAGE_SMTP pour que les courriels partent.",
        ) from error


@contextmanager
def _counted() -> Iterator[None]:
    """A folder where the processes of this server put their counts together, for ``/metriques``."""
    from tempfile import TemporaryDirectory

    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="ancrage-metriques-", ignore_cleanup_errors=True) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@contextmanager
def _working(*, asked: bool) -> Iterator[None]:
    """A worker beside the server, started again should it fail, ended with it."""
    if not asked:
        yield
        return
    from ancrage.tasks.beside import WorkerBeside

    worker = WorkerBeside()
    worker.start()
    try:
        yield
    finally:
        worker.stop()


def _migrate() -> None:
    """Bring the workspace database to the version of this code; one that does not answer is told, no more.

    Territories, aids and levers need no database: the site opens, and the worker waits for it.
    """
    import django

    django.setup()
    from ancrage.errors import DatabaseUnavailableError
    from ancrage.location import data_directory
    from ancrage.shell import sentence
    from ancrage.tasks.migrating import migrate

    _writable(data_directory())
    try:
        migrate(data_directory())
    except DatabaseUnavailableError as error:
        what_to_do = sentence(error.hint, error.repairs)
        typer.echo(f"{error.message} Le site s'ouvre sans travaux de fond. {what_to_do}", err=True)


def _prepare() -> None:
    """Ask the first questions here, for all the processes that will answer: named, as the site they serve."""
    from django.utils.module_loading import import_string

    import_string("ancrage.config.warming.warm_for_all")()


def _writable(data: Path) -> None:
    from ancrage.declarations.system import reason_of
    from ancrage.errors import StorageError

    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"Le dossier de données « {data} » ne peut pas servir ({reason_of(error)}).",
            "Donnez-en un autre par la variable ANCRAGE_DATA.",
        ) from error
