"""A guided routine in a real browser, on a moved clock: by keyboard to its end and once into the
diary; left early, it logs nothing unless asked to.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.dashboards.looking import PHONE, Watched, assert_sound, window
from tests.dashboards.serving import dashboard
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Of the plank: ready, hold, rest, hold.
PLANK_S = (8, 30, 30, 30)
# Notes each lock of the screen the browser gives.
NOTED_LOCKS = """
window.locks = [];
const given = navigator.wakeLock.request.bind(navigator.wakeLock);
navigator.wakeLock.request = async kind => {
  const lock = await given(kind);
  window.locks.push(lock);
  return lock;
};
"""
WAKE_LOCKS = "window.locks.map(lock => lock.released)"
# More than each phase, for it ends with the tick after its time.
TICK_S = 0.4


@pytest.fixture
def walked(empty_home: Home, browser: Browser) -> Iterator[tuple[Watched, str]]:
    """A phone's page with a clock that can be moved, and the address of a dashboard."""
    with dashboard(empty_home, "127.0.0.1") as address, window(browser, PHONE) as watch:
        watch.page.clock.install()
        yield watch, f"http://{address}/routine"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(button(page, "Start")).to_be_visible(timeout=60_000)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def wait(page: Page, seconds: float) -> None:
    """Time that passes in the browser."""
    page.clock.run_for(int(seconds * 1000))


def press(page: Page, name: str) -> None:
    """A button pressed as one does without a mouse."""
    button(page, name).focus()
    page.keyboard.press("Enter")


def done(home: Home) -> list[tuple[str, float | None]]:
    return [(one.intervention, one.minutes) for one in read_journal(home.journal).interventions]


def test_a_routine_runs_to_its_end_by_keyboard_and_is_logged_once(
    walked: tuple[Watched, str], empty_home: Home
) -> None:
    (watch, address), page = walked, walked[0].page
    # A browser that cannot keep the screen on: nothing breaks.
    page.add_init_script("delete Navigator.prototype.wakeLock")
    opened(page, f"{address}?do=C1,X1")
    assert_sound(watch)
    press(page, "Sound on")
    expect(button(page, "Sound off")).to_be_visible()
    press(page, "Start")
    wait(page, PLANK_S[0] + TICK_S)
    expect(page.locator(".phase")).to_have_text("Go")
    press(page, "Pause")
    wait(page, 60)
    expect(page.locator(".phase")).to_have_text("Paused")
    # The page runs again, and what is counted stays.
    button(page, "Did it").click()
    expect(page.get_by_text("✓ Done today")).to_be_visible()
    press(page, "Go on")
    wait(page, PLANK_S[1] + TICK_S)
    expect(page.locator(".phase")).to_have_text("Rest")
    wait(page, PLANK_S[2] + PLANK_S[3] + 2 * TICK_S)
    expect(page.get_by_text("Logged: Plank 1.5 min.")).to_be_visible()
    assert done(empty_home) == [("X1", None), ("C1", 1.5)]
    wait(page, 60)
    press(page, "Once more")
    expect(button(page, "Start")).to_be_focused()
    page.reload()
    expect(button(page, "Start")).to_be_visible(timeout=60_000)
    assert done(empty_home) == [("X1", None), ("C1", 1.5)]
    assert watch.strangers == [] and watch.complaints == []


def test_a_routine_left_early_is_logged_only_when_the_runner_says_so(
    walked: tuple[Watched, str], empty_home: Home
) -> None:
    (watch, address), page = walked, walked[0].page
    page.add_init_script(NOTED_LOCKS)
    opened(page, f"{address}?do=C1,S1")
    button(page, "Start").click()
    wait(page, PLANK_S[0] + 18 + TICK_S)
    assert page.evaluate(WAKE_LOCKS) == [False]
    button(page, "Leave").click()
    assert page.evaluate(WAKE_LOCKS) == [True]
    expect(page.get_by_text("So far: Plank 0.3 min. Log it?")).to_be_visible()
    button(page, "Leave without logging").click()
    expect(page.get_by_text("Nothing was logged.")).to_be_visible()
    assert done(empty_home) == []

    opened(page, f"{address}?do=C1,S1")
    button(page, "Start").click()
    wait(page, PLANK_S[0] + 18 + TICK_S)
    button(page, "Leave").click()
    button(page, "Log it").click()
    expect(page.get_by_text("Logged: Plank 0.3 min.")).to_be_visible()
    assert done(empty_home) == [("C1", 0.3)]

    # What was skipped, and what passed while the screen was off, was not done.
    opened(page, f"{address}?do=C1,S1")
    button(page, "Start").click()
    page.clock.fast_forward(600_000)
    expect(page.get_by_text("Paused while the screen was off.")).to_be_visible()
    for _ in range(8):
        button(page, "Next").click()
    expect(page.get_by_text("every exercise was skipped")).to_be_visible()
    assert done(empty_home) == [("C1", 0.3)]
    assert watch.strangers == [] and watch.complaints == []
