"""A home of ten years as an export's list and a table of scores have it: made and analysed in
seconds, because no recording is read.
"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import numpy as np

from tests.builders import home_at, strava_csv, strava_row
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh

YEARS, RUN_EVERY_D, SCORED_D = 10, 3, 180
# A year of very long runs.
STRANGE_YEAR = 4


def ten_years(folder: Path) -> Home:
    """Ten years of a run every third day that end yesterday, and scores of the last half year up to
    today, for it is the scores that take long to analyse.
    """
    today = datetime.now(UTC).date()
    last = today - timedelta(days=1)
    days = [last - timedelta(days=number) for number in range(YEARS * 365)]
    drawn = np.random.default_rng(10)
    runs = [
        strava_row(
            datetime.combine(day, time(17, 30), UTC),
            number=number,
            minutes=240 if _is_strange(number) else 50,
            distance_m=float(drawn.integers(6_000, 12_000)) * (5 if _is_strange(number) else 1),
        )
        for number, day in enumerate(days[::RUN_EVERY_D])
    ]
    scores = [
        f"{day} 07:00,{drawn.integers(0, 7)}"
        for day in (today, *days[:SCORED_D])
        if day == today or drawn.random() < 0.8
    ]
    home = home_at(folder / "home", activities_csv=strava_csv(*reversed(runs)))
    (home.raw / "scores.csv").write_text("\n".join(["time,score", *scores]), encoding="utf-8")
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    return home


def _is_strange(number: int) -> bool:
    return number * RUN_EVERY_D // 365 == STRANGE_YEAR
