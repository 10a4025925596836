"""How long the dashboard of ten years takes to show something, in a real Chromium, beside an empty
Streamlit app in the same run.

    python -m benchmarks.dashboard [HOME]

Without a folder: the simulated runner's FIT and GPX files and diary of thirteen years, 3,700
activities and 10 million records, read by a real refresh. A folder that holds no home yet is filled
with them and kept for the next time; one that is a home is refreshed and measured as it is. Every
page of the navigation is visited. A page is ready when its script has ended and each of its charts
is drawn.
"""

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.memory import children, rollup
from tightlog.home.settings import home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import make_sample_home
from tightlog.warehouse import store

MONTHS, REPEATS, LONGEST_MS = 160, 5, 60_000
# Wide enough for every link of the navigation.
LAPTOP: ViewportSize = {"width": 1400, "height": 900}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EMPTY_APP = 'import streamlit as st\nst.title("Empty")\n'
IS_THERE = """before => {
  const app = document.querySelector('.stApp'), heading = document.querySelector('h1');
  const charts = [...document.querySelectorAll('.stVegaLiteChart')];
  return app && app.dataset.testScriptState === 'notRunning'
    && heading && heading.innerText !== before
    && !document.querySelector('[data-stale="true"]')
    && charts.every(chart => chart.querySelector('canvas, svg'));
}"""
LINKS = ".st-key-navigation a:visible"
FIRST_CHART = ".stVegaLiteChart canvas, .stVegaLiteChart svg"


def main() -> None:
    """Prints times in seconds and memory in MB."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if sys.argv[1:] else Path(scratch) / "home"
        print(made(folder))
        empty = Path(scratch) / "empty.py"
        empty.write_text(EMPTY_APP, encoding="utf-8")
        ports = free_port(), free_port()
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        bare, ours = commands(folder, empty, ports)
        with (
            served(urls[0], bare) as (_, bare_up_s),
            served(urls[1], ours) as (process, up_s),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                args=CHROMIUM_ARGUMENTS,
            )
            # In turns, so that other work on the machine slows both.
            turns = [
                (
                    opened_s(browser, urls[0], "h1"),
                    opened_s(browser, f"{urls[1]}/trends", FIRST_CHART),
                )
                for _ in range(REPEATS)
            ]
            say_first(bare_up_s, up_s, turns)
            walk(browser, urls[1])
            sizes = [rollup(one) for one in (process.pid, *children(process.pid))]
            print(
                "memory of the app's processes afterwards: "
                f"{sum(pss for pss, _ in sizes) / 1024:.0f} MB PSS, "
                f"{sum(rss for _, rss in sizes) / 1024:.0f} MB RSS"
            )
            browser.close()


def commands(folder: Path, empty: Path, ports: tuple[int, int]) -> tuple[list[str], list[str]]:
    """What starts the empty app, and what starts the dashboard on the home, each on its port."""
    streamlit = [sys.executable, "-m", "streamlit", "run", str(empty)]
    options = ["--server.headless=true", "--server.address=127.0.0.1"]
    quiet = ["--browser.gatherUsageStats=false", f"--server.port={ports[0]}"]
    tightlog = [str(Path(sys.executable).with_name("tightlog")), "--home", str(folder)]
    return (
        [*streamlit, *options, *quiet],
        [*tightlog, "dashboard", "--no-browser", f"--port={ports[1]}"],
    )


def made(folder: Path) -> str:
    """Contents of the home, after it was created if necessary and refreshed."""
    home = home_folder(str(folder))
    began = time.perf_counter()
    if not home.database.exists():
        shutil.rmtree(folder)
        make_sample_home(folder, months=MONTHS)
    written = time.perf_counter()
    refresh(home, settings_of(home))
    print(
        f"simulated in {written - began:.0f} s, refreshed in {time.perf_counter() - written:.0f} s"
    )
    counted = store.query(
        store.published_version(home),
        "select (select count(*) from activity), (select count(*) from record), "
        "(select count(*) from tightness), (select count(*) from day)",
    ).row(0)
    return "{:,} activities, {:,} records, {:,} scores, {:,} days".format(*counted)


def opened_s(browser: Browser, url: str, awaited: str) -> float:
    """Seconds from asking for an address to an element in sight, in a browser that has seen
    nothing before.
    """
    with visit(browser) as page:
        began = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_selector(awaited, timeout=LONGEST_MS)
        return time.perf_counter() - began


def say_first(bare_up_s: float, up_s: float, turns: list[tuple[float, float]]) -> None:
    """Prints the start, the first visit after it, and the medians of the later ones."""
    later = (
        statistics.median(bare for bare, _ in turns[1:]),
        statistics.median(ours for _, ours in turns[1:]),
    )
    print(f"{'':34}{'empty app':>10}{'dashboard':>11}{'allowed':>9}")
    print(f"{'start until it answers':34}{bare_up_s:10.2f}{up_s:11.2f}")
    for what, (reference, measured) in (
        ("first chart, first visit", turns[0]),
        ("first chart, later visits", later),
    ):
        print(f"{what:34}{reference:10.2f}{measured:11.2f}{1.5 * reference + 1:9.2f}")


def walk(browser: Browser, url: str) -> None:
    """Prints how long each page of the navigation takes when it is tapped: the first time, and
    the median of later ones.
    """
    with visit(browser) as page:
        page.goto(url)
        arrived(page, "")
        page.wait_for_selector(LINKS)
        names = page.locator(LINKS).all_inner_texts()
        rounds = [
            {name: switched_s(page, name) for name in (*names[1:], names[0])}
            for _ in range(REPEATS)
        ]
        print(f"{'page, s from the tap':34}{'first':>10}{'later':>11}")
        for name in names:
            later_s = statistics.median(one[name] for one in rounds[1:])
            print(f"{name:34}{rounds[0][name]:10.2f}{later_s:11.2f}")
        switched_s(page, "Trends")
        began = time.perf_counter()
        page.get_by_role("radio", name="All", exact=True).click()
        arrived(page, "")
        print(f"{'Trends, all years':34}{time.perf_counter() - began:10.2f}")


def switched_s(page: Page, name: str) -> float:
    """Seconds from a tap in the navigation to the page."""
    before = page.locator("h1").first.inner_text()
    began = time.perf_counter()
    page.locator(LINKS).get_by_text(name, exact=True).click()
    arrived(page, before)
    return time.perf_counter() - began


def arrived(page: Page, before: str) -> None:
    """Waits until a page with another heading is there."""
    # Streamlit shows that the script runs only after the tap has gone to the server and back.
    page.wait_for_timeout(50)
    page.wait_for_function(IS_THERE, arg=before, timeout=LONGEST_MS)


@contextmanager
def visit(browser: Browser) -> Iterator[Page]:
    """A page in a browser that knows nothing yet."""
    context = browser.new_context(viewport=LAPTOP)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def served(url: str, command: list[str]) -> "Iterator[tuple[subprocess.Popen[bytes], float]]":
    """A server until the block ends, and how many seconds it took to answer."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not answers(url):
                if process.poll() is not None:
                    raise SystemExit("the server ended by itself")
                time.sleep(0.05)
            yield process, time.perf_counter() - began
        finally:
            process.terminate()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
