"""The homes on which pages are looked at, by what a runner would call them: from a new folder to
ten years of recordings.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from tests.builders import home_at, settled_here
from tests.corpus import CORPUS
from tests.dashboards.ten_years import ten_years
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import make_sample_home, write_sample

SILENT_D, SIMULATED_MONTHS, SCORED_D = 20, 120, 400
RECORDINGS = ("qian-coros", "asplit-garmin-gpx", "cdryzun-igpsport-garmin", "zoo")
# From a finished sample home, and an empty folder to make another in.
Maker = Callable[[Home, Path], Home]


def sample(finished: Home, folder: Path) -> Home:
    shutil.copytree(finished.folder, folder / "home", symlinks=True)
    return settled_here(Home(folder / "home"))


def flagged(finished: Home, folder: Path) -> Home:
    """A warning sign was ticked today."""
    home = sample(finished, folder)
    rate(home.journal, 4, moment_of(None, settings_of(home).zone), red_flags=["leg_weakness"])
    refresh(home, settings_of(home))
    return home


def empty(finished: Home, folder: Path) -> Home:
    return home_folder(str(folder / "home"))


def stale(finished: Home, folder: Path) -> Home:
    """Neither a file nor a score for weeks."""
    last = moment_of(None, settings_of(finished).zone).day - timedelta(days=SILENT_D)
    write_sample(folder / "home", last, months=2)
    home = home_folder(str(folder / "home"))
    home.sample_marker.unlink(missing_ok=True)
    rate(home.journal, 4, Moment(last, None))
    refresh(home, settings_of(home))
    return home


def listed_years(finished: Home, folder: Path) -> Home:
    """Ten years as an export's list has them, without a recording."""
    return ten_years(folder)


def simulated_years(finished: Home, folder: Path) -> Home:
    """Ten years of recordings and mornings."""
    made = make_sample_home(folder / "home", months=SIMULATED_MONTHS)
    home = Home(made.home)
    home.sample_marker.unlink()
    refresh(home, settings_of(home))
    return home


def real_years(finished: Home, folder: Path) -> Home:
    """What watches of many makes and ages recorded, whole and damaged; scores are invented."""
    home = home_at(folder / "home")
    for name in RECORDINGS:
        shutil.copytree(CORPUS / name, home.raw / name)
    last, drawn = datetime.now(UTC).date(), np.random.default_rng(3)
    scores = [
        f"{last - timedelta(days=number)} 07:00,{drawn.integers(0, 7)}"
        for number in range(SCORED_D)
        if drawn.random() < 0.8
    ]
    (home.raw / "scores.csv").write_text("\n".join(["time,score", *scores]), encoding="utf-8")
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    return home


HOMES: Mapping[str, Maker] = MappingProxyType(
    {
        "sample": sample,
        "flagged": flagged,
        "empty": empty,
        "stale": stale,
        "listed years": listed_years,
        "simulated years": simulated_years,
        "real years": real_years,
    }
)
# Minutes to make.
LONG = {"simulated years", "real years"}
# Only looked at, never written into: a copy would take longer than the look.
NOT_COPIED = {"listed years", "simulated years", "real years"}


def kinds(names: Iterable[str] = HOMES) -> list[Any]:
    """The kinds of homes as parameters of a test: what takes minutes is measured by hand, and what
    is not there is skipped.
    """
    parameters = []
    for name in names:
        marks = [pytest.mark.measure, pytest.mark.timeout(1800)] if name in LONG else []
        if name == "real years":
            marks.append(pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real files"))
        parameters.append(pytest.param(name, id=name.replace(" ", "-"), marks=marks))
    return parameters
