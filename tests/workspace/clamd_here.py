"""The antivirus of Debian on this machine, with one signature of its own: nothing is downloaded."""

import hashlib
import shutil
import subprocess
import time
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""Harmless, and refused by every antivirus: https://www.eicar.org/download-anti-malware-testfile/."""
CLAMD = shutil.which("clamd")


def begun(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A clamd that listens, and its address."""
    signatures = folder / "signatures"
    signatures.mkdir()
    known = f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Essai.Eicar\n"  # noqa: S324 the format of its lists
    (signatures / "essai.hdb").write_text(known, encoding="ascii")
    folder.chmod(0o755)
    where = folder / "clamd.ctl"
    settings = folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {where}\nDatabaseDirectory {signatures}\nForeground yes\nUser root\n", encoding="utf-8"
    )
    process = subprocess.Popen(
        [str(CLAMD), "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(300):
        if where.exists():
            return process, f"unix://{where}"
        time.sleep(0.1)
    process.kill()
    raise RuntimeError("clamd did not start")
