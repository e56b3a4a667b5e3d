"""What a page weighs and when it is painted, in a real browser, as Lighthouse throttles a telephone."""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

PAINTED = """() => new Promise(answer => new PerformanceObserver(list =>
  answer(Math.max(...list.getEntries().map(entry => entry.startTime)))).observe(
  {type: 'largest-contentful-paint', buffered: true}))"""
RUNS = 5
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
SLOWER_PROCESSOR = 4


@contextmanager
def telephone() -> Iterator[tuple[Page, CDPSession]]:
    """A narrow screen, a slow network, a processor four times slower."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-quic"]
        )
        page = browser.new_context(viewport={"width": 412, "height": 823}, locale="fr-FR").new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield page, session
        browser.close()


def weight_kb(address: str, *, without: str) -> float:
    """Kilobytes that cross the network for a first visit, all files but those whose address has this."""
    with telephone() as (page, session):
        left: set[str] = set()
        received: list[float] = []

        def asked(told: dict[str, Any]) -> None:
            if without in told["request"]["url"]:
                left.add(told["requestId"])

        def come(told: dict[str, Any]) -> None:
            if told["requestId"] not in left:
                received.append(told["encodedDataLength"])

        session.on("Network.requestWillBeSent", asked)
        session.on("Network.loadingFinished", come)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return sum(received) / 1000


def largest_paint_ms(address: str) -> float:
    """Median time of the largest paint, throttled."""
    times = []
    for _ in range(RUNS):
        with telephone() as (page, session):
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
            page.goto(address)
            page.wait_for_load_state("load")
            page.wait_for_timeout(500)
            times.append(page.evaluate(PAINTED))
    return statistics.median(times)
