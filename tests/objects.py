"""A local server of S3's protocol, in an environment of its own: « make test » installs it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyarrow import fs

from ports_here import free_port

SERVER = Path(sys.prefix) / "s3" / "bin" / "moto_server"
PATIENCE_S = 120


@contextmanager
def object_store(variables: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of a bucket, empty, of a store that the variables of this process name."""
    if not SERVER.exists():
        pytest.skip("no server of S3's protocol: « make test » installs it")
    port = free_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "essai",
        "AWS_SECRET_ACCESS_KEY": "essai",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        variables.setenv(name, value)
    command = (SERVER, "-H", "127.0.0.1", "-p", str(port))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_it_listens(port, process)
        address = {"endpoint_override": f"127.0.0.1:{port}", "scheme": "http", "region": "us-east-1"}
        fs.S3FileSystem(**address, allow_bucket_creation=True).create_dir("ancrage")
        yield "s3://ancrage"
    finally:
        process.kill()
        process.wait()


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server of S3's protocol does not start")
