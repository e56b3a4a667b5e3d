"""A coroutine on a loop of its own: a browser driven in the same process keeps one running in its thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def completed(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it to its end, in a thread; what it raises is raised here."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, coroutine).result()
