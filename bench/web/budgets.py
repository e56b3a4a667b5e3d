"""What a page weighs and when it is painted, in a real browser, as Lighthouse throttles a telephone."""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager

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


def weight_kb(address: str) -> float:
    """Kilobytes that cross the network for a first visit, all files together."""
    with telephone() as (page, session):
        received: list[float] = []
        session.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
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
