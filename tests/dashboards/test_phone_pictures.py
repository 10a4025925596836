"""Pictures on a phone: all of a chart for the physio is in sight, and the pictures of an exercise
stand on one ground.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.dashboards.looking import PHONE, drawn, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Width of each chart in sight, and of the paper it stands on.
CHARTS = """() => [...document.querySelectorAll('.report img.chart')]
  .filter(one => one.checkVisibility())
  .map(one => [one.getBoundingClientRect().right,
               one.closest('.report').getBoundingClientRect().right,
               13 * one.getBoundingClientRect().width / one.naturalWidth])"""
# For each row of pictures, how far apart their lower edges are.
GROUNDS = """() => [...document.querySelectorAll('.tl-figures')].flatMap(figures => {
  const rows = [];
  let before = Infinity;
  for (const svg of figures.querySelectorAll('figure svg')) {
    const {left, bottom} = svg.getBoundingClientRect();
    if (left <= before) rows.push([]);
    rows.at(-1).push(bottom);
    before = left;
  }
  return rows.map(grounds => Math.max(...grounds) - Math.min(...grounds));
})"""


def measured(browser: Browser, address: str, script: str) -> Any:
    """What a script says of a page on a phone."""
    with window(browser, PHONE) as watch:
        drawn(watch.page, f"http://{address}")
        return watch.page.evaluate(script)


def test_the_newest_days_of_a_chart_are_in_sight_and_its_words_can_be_read(
    served: Callable[[str], str], browser: Browser
) -> None:
    charts = measured(browser, f"{served('sample')}/physio", CHARTS)
    # Scores on the sheet and in the appendix, kilometres and load.
    assert len(charts) == 4
    assert all(right <= paper for right, paper, _ in charts)
    assert all(letter_px >= 12 for _, _, letter_px in charts)


def test_pictures_of_an_exercise_stand_on_one_ground(
    served: Callable[[str], str], browser: Browser
) -> None:
    apart = measured(browser, f"{served('sample')}/exercises", GROUNDS)
    assert len(apart) > 5 and max(apart) < 1
