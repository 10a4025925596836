"""Whatever arrives, is corrected or is taken back, in any order: each refresh ends in exactly what
a rebuild from raw makes.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.builders import SETTINGS, home_at, run_fit, run_gpx
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.journal.writing import correct, correct_activity, did, rate, withdraw
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.varied_run import FIRST, short_run
from tightlog.warehouse import store
from tightlog.warehouse.build import relation_names

RUNS, DAYS = 16, 90
TODAY = FIRST.date() + timedelta(days=DAYS + 20)
# When it was read is not what was read.
OF_ITS_TIME = {
    "source_file": ("first_seen_at", "is_new", "stat_fingerprint"),
    "publication": ("refreshed_at",),
}


def moment(draw: Random, hour: int) -> Moment:
    day = FIRST.date() + timedelta(days=draw.randrange(DAYS + 15))
    return Moment(day, datetime.combine(day, time(hour), UTC))


def run_arrives(home: Home, draw: Random) -> None:
    number = draw.randrange(DAYS + 10)
    (home.raw / f"run{number}.fit").write_bytes(short_run(number))


def twin_arrives(home: Home, draw: Random) -> None:
    start = FIRST + timedelta(days=draw.randrange(DAYS), seconds=5)
    (home.raw / f"phone{start:%j}.gpx").write_bytes(run_gpx(start))


def ride_arrives(home: Home, draw: Random) -> None:
    start = FIRST + timedelta(days=draw.randrange(DAYS), hours=9)
    ride = run_fit(start, sport=2, speed_mps=7.0, heart_rate=draw.randrange(110, 190))
    (home.raw / f"ride{start:%j}.fit").write_bytes(ride)


def file_goes(home: Home, draw: Random) -> None:
    files = sorted(home.raw.glob("*.*"))
    draw.choice(files).unlink()


def file_is_replaced(home: Home, draw: Random) -> None:
    files = sorted(home.raw.glob("*.fit"))
    if files:
        draw.choice(files).write_bytes(short_run(draw.randrange(DAYS)))


def table_arrives(home: Home, draw: Random) -> None:
    lines = [
        f"{FIRST.date() + timedelta(days=number)},{draw.randrange(8)},{draw.uniform(5, 9):.1f}"
        for number in range(0, DAYS, 2)
    ]
    (home.raw / "diary.csv").write_text("date,tightness,sleep_h\n" + "\n".join(lines) + "\n")


def score_is_given(home: Home, draw: Random) -> None:
    rate(home.journal, draw.randrange(8), moment(draw, 5), part_of_day="morning")


def something_is_done(home: Home, draw: Random) -> None:
    did(home.journal, draw.choice(("S1", "C1", "G1")), moment(draw, 19))


def entry_is_corrected(home: Home, draw: Random) -> None:
    scores = read_journal(home.journal).scores
    correct(home.journal, draw.choice(scores).entry_id, {"score": draw.randrange(8)})


def entry_is_withdrawn(home: Home, draw: Random) -> None:
    scores = read_journal(home.journal).scores
    withdraw(home.journal, draw.choice(scores).entry_id)


def activity_is_corrected(home: Home, draw: Random) -> None:
    version = store.published_version(home)
    known = store.query(version, "select activity_id from activity order by all").to_series()
    if len(known):
        changes = draw.choice(
            ({"sport": "cycling"}, {"sport": "running"}, {"is_ignored": True}, {"rpe": 7})
        )
        correct_activity(home.journal, draw.choice(known.to_list()), changes)


EVENTS: tuple[Callable[[Home, Random], None], ...] = (
    run_arrives,
    twin_arrives,
    ride_arrives,
    file_goes,
    file_is_replaced,
    table_arrives,
    score_is_given,
    something_is_done,
    entry_is_corrected,
    entry_is_withdrawn,
    activity_is_corrected,
)
NIGHTS = st.lists(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=3), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three months of runs, scores and what was done, refreshed."""
    home, draw = home_at(tmp_path_factory.mktemp("history")), Random(7)
    for number in draw.sample(range(DAYS), RUNS):
        (home.raw / f"run{number}.fit").write_bytes(short_run(number))
    for number in range(DAYS):
        day = FIRST.date() + timedelta(days=number)
        at = Moment(day, datetime.combine(day, time(5), UTC))
        if draw.random() < 0.85:
            rate(home.journal, draw.randrange(6), at, part_of_day="morning")
        if draw.random() < 0.3:
            did(home.journal, "S1", Moment(day, datetime.combine(day, time(19), UTC)))
    refreshed(home)
    return home


def refreshed(home: Home, *, from_scratch: bool = False) -> None:
    refresh(home, SETTINGS, today=TODAY, from_scratch=from_scratch)


def relations(home: Home) -> Mapping[str, pl.DataFrame]:
    """Every relation, in an order of its own."""
    version = store.published_version(home)
    return {name: _ordered(name, store.relation(version, name)) for name in relation_names()}


def _ordered(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    kept = rows.drop(OF_ITS_TIME.get(name, ()), strict=False)
    plain = [column for column, kind in kept.schema.items() if not kind.is_nested()]
    return kept.sort(plain, nulls_last=True)


def assert_as_rebuilt(home: Home) -> None:
    step_by_step = relations(home)
    refreshed(home, from_scratch=True)
    for name, rebuilt in relations(home).items():
        assert_frame_equal(step_by_step[name], rebuilt, check_exact=True)


def played(history: Home, nights: list[list[Callable[[Home, Random], None]]], seed: int) -> None:
    draw = Random(seed)
    home = Home(history.folder.with_name(f"{history.folder.name}-played"))
    shutil.rmtree(home.folder, ignore_errors=True)
    shutil.copytree(history.folder, home.folder, symlinks=True)
    for night in nights:
        for event in night:
            event(home, draw)
        refreshed(home)
    assert_as_rebuilt(home)


ANY_ORDER = given(nights=NIGHTS, seed=st.integers(0, 2**16))
QUICK = settings(
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(QUICK, max_examples=3)
@ANY_ORDER
def test_any_order_of_arrivals_and_corrections_ends_in_what_a_rebuild_makes(
    history: Home, nights: list[list[Callable[[Home, Random], None]]], seed: int
) -> None:
    played(history, nights, seed)


@pytest.mark.measure
@pytest.mark.timeout(0)
@settings(QUICK, max_examples=100)
@ANY_ORDER
def test_a_hundred_histories_end_in_what_a_rebuild_makes(
    history: Home, nights: list[list[Callable[[Home, Random], None]]], seed: int
) -> None:
    played(history, nights, seed)
