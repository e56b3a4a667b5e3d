"""Commands as who installed Ancrage runs them: its code compiled once, whatever this shell says."""

import atexit
import os
import tempfile
from collections.abc import Mapping


def environment() -> Mapping[str, str]:
    """This environment, where Python keeps the code it compiles, in a folder that lasts as the bench does."""
    kept = tempfile.TemporaryDirectory(prefix="ancrage-bench-code-")
    atexit.register(kept.cleanup)
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return told | {"PYTHONPYCACHEPREFIX": kept.name}
