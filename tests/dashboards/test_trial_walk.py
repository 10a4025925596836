"""Two weeks of a coin-flip trial in a real browser, day by day with a moved clock."""

import re
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.dashboards.looking import CHROMIUM_ARGUMENTS, PHONE, assert_sound, watched_page
from tests.dashboards.moved_clock import MovedClock
from tests.dashboards.serving import dashboard
from tightlog.answers.actions import entries, trials
from tightlog.domain.trials import LoggedTrial, TrialEnding
from tightlog.errors import TrialRefused
from tightlog.home.settings import Home
from tightlog.journal.append import append_entries
from tightlog.journal.entry import FORMAT, RATE
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.trials.logged import follows_seed
from tightlog.trials.schedule import seed_hash
from tightlog.warehouse import store

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.measure]

WALKED_D, START_S = 14, 180
MISSED, EASY, UNANSWERED = 4, 6, 8
TOSSES = WALKED_D - 2
COIN = re.compile(r"Coin: (do|leave) it today\.")


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    """Waits longer than usual: one slow page among thirty is no failure of the walk."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def scored_home(empty_home: Home) -> Home:
    """A home with two months of morning scores before the walk begins."""
    empty_home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    first = _day(-60 - WALKED_D)
    # Logged on their days: the dashboard's clock believes no line of its future.
    append_entries(
        empty_home.journal,
        [_morning(first + timedelta(days=number), 2 + number % 4) for number in range(60)],
    )
    return empty_home


def test_two_weeks_of_a_trial(
    scored_home: Home, tmp_path: Path, playwright: Playwright, chromium: str
) -> None:
    clock = MovedClock.made(tmp_path / "clock", -WALKED_D)
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
    watch = watched_page(browser.new_page(viewport=PHONE))
    page = watch.page
    page.set_default_timeout(60_000)
    with dashboard(
        scored_home, "127.0.0.1", "--no-browser", environment=clock.environment
    ) as address:
        _await_health(address)
        _opened(page, f"http://{address}/experiment", "Experiment")
        expect(page.get_by_text("What will happen")).to_be_visible()
        expect(page.get_by_text("for 2 points")).to_be_visible()
        page.get_by_role("button", name="Start the trial").click()
        expect(page.get_by_text("0 of 80 tosses made")).to_be_visible()
        for number in range(WALKED_D):
            clock.move(number - WALKED_D)
            if number != MISSED:
                _one_morning(page, f"http://{address}", number)
        assert_sound(watch)
        _answered_late(page, f"http://{address}", scored_home)
        _flagged(page, f"http://{address}", clock)
        _not_resumed(page, scored_home)
        assert_sound(watch)
    browser.close()
    [trial] = read_journal(scored_home.journal).trials
    _assert_as_walked(trial)


def _await_health(address: str) -> None:
    """Until the dashboard has imported what its pages need: it listens before it answers."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the dashboard did not answer within {START_S} s")


def _one_morning(page: Page, address: str, number: int) -> None:
    """Score, toss and answer of one day, as the page of Today offers them."""
    _opened(page, address, "Today")
    expect(page.get_by_text("The coin comes after today's score")).to_be_visible()
    expect(page.get_by_text(COIN)).to_have_count(0)
    score = 1 if number == EASY else 3 + number % 2
    page.get_by_role("button", name=f"{score}", exact=True).click()
    if number == EASY:
        expect(page.get_by_text("No toss today")).to_be_visible()
        return
    page.get_by_role("button", name="Toss the coin").click()
    expect(page.get_by_text(COIN)).to_be_visible()
    if number != UNANSWERED:
        name = "Done" if "do it" in page.get_by_text(COIN).inner_text() else "Not done"
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("button", name=f"✓ {name}", exact=True)).to_be_visible()


def _answered_late(page: Page, address: str, home: Home) -> None:
    """The day without an answer is asked for on Experiment, and answered there."""
    _opened(page, f"{address}/experiment", "Experiment")
    expect(page.get_by_text(f"{TOSSES} of 80 tosses made")).to_be_visible()
    missing = page.locator(".st-key-coin_of_" + _day(UNANSWERED - WALKED_D).isoformat())
    missing.get_by_role("button", name="Not done", exact=True).click()
    expect(page.get_by_text("Was it done?")).to_have_count(0)
    seed_file = next(home.sealed_seeds.iterdir())
    assert seed_file.read_text(encoding="ascii").strip() not in page.content()


def _flagged(page: Page, address: str, clock: MovedClock) -> None:
    """A score of 9 stops the trial at once."""
    clock.move(0)
    _opened(page, address, "Today")
    page.get_by_role("button", name="9", exact=True).click()
    expect(page.locator(".tl-red").first).to_be_visible()
    expect(page.locator(".st-key-coin")).to_have_count(0)
    _opened(page, f"{address}/experiment", "Experiment")
    expect(page.get_by_text("no trial runs and none can begin")).to_be_visible()


def _not_resumed(page: Page, home: Home) -> None:
    """Once the sign is cleared the trial stays stopped, and its answer is on the page."""
    with pytest.raises(TrialRefused, match="no trial is running"):
        trials.toss(home, _day(0))
    entries.clear_red_flag(home, Moment(_day(0), datetime.now(UTC)))
    page.reload()
    expect(page.get_by_role("button", name="Start the trial")).to_be_visible()
    page.get_by_role("button", name="Refresh").first.click()
    ending = f"Stopped by a warning sign after {TOSSES} of 80 tosses"
    expect(page.get_by_text(ending)).to_be_visible(timeout=120_000)
    said = store.query(store.published_version(home), "select sentence from trial").item()
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("seed, fingerprint and tosses belong together")).to_be_visible()


def _assert_as_walked(trial: LoggedTrial) -> None:
    days = [_day(number - WALKED_D) for number in range(WALKED_D) if number not in (MISSED, EASY)]
    assert [toss.day for toss in trial.tosses] == days
    assert trial.ending is TrialEnding.RED_FLAG and trial.ended_on == _day(0)
    assert all(toss.is_done is not None for toss in trial.tosses)
    assert trial.seed is not None and seed_hash(trial.seed) == trial.seed_hash
    assert follows_seed(trial, trial.seed)


def _opened(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    expect(page.locator(".tl-footer")).to_be_attached()


def _day(number: int) -> date:
    """A day from the one on which the walk ends."""
    return TODAY + timedelta(days=number)


def _morning(day: date, score: int) -> dict[str, object]:
    at = datetime.combine(day, clock_time(7), UTC).isoformat()
    return {
        "format": FORMAT, "entry_id": f"r{day:%Y%m%d}", "kind": RATE, "logged_at": at,
        "day": day.isoformat(), "at": at, "score": score, "moment": None, "is_sharp": None,
        "red_flags": [], "note": None,
    }  # fmt: skip


# Fixed at the start, so that a walk over midnight stays in one calendar.
TODAY = datetime.now(UTC).date()
