"""The register of pairs: a run whose file names no shoe gets the default pair of its day, marked
as a guess; what a file or the runner says stands.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    CYCLING,
    SETTINGS,
    START,
    garmin_entry,
    garmin_json,
    home_at,
    run_fit,
    strava_csv,
    strava_row,
    zipped,
)
from tightlog.home.sections.shoe_sections import Shoe
from tightlog.home.settings import Home
from tightlog.journal.writing import correct_activity
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

DAY = timedelta(days=1)
FIRST = START.date()


def with_pairs(*shoes: Shoe) -> Any:
    return replace(SETTINGS, shoes=shoes, fingerprint=repr(shoes))


def runs_of(home: Home, *shoes: Shoe, from_scratch: bool = False) -> list[dict[str, Any]]:
    refresh(home, with_pairs(*shoes), from_scratch=from_scratch)
    query = (
        "select activity_id, shoe, shoe_source, shoe_start_m, distance_m from activity "
        "order by started_at"
    )
    return store.query(store.published_version(home), query).to_dicts()


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["shoe"], row["shoe_source"], row["shoe_start_m"]) for row in rows]


def four_runs(folder: Path) -> Home:
    """A run on each of four days, 3.36 km each."""
    return home_at(folder, **{f"r{day}_fit": run_fit(START + day * DAY) for day in range(4)})


def test_without_a_register_no_shoe_is_guessed(tmp_path: Path) -> None:
    assert told(runs_of(four_runs(tmp_path))) == [(None, None, None)] * 4
    assert told(runs_of(four_runs(tmp_path), Shoe("spare", 9_000.0))) == [(None, None, None)] * 4


def test_each_day_has_its_default_pair_and_the_kilometres_are_its_own(tmp_path: Path) -> None:
    home = four_runs(tmp_path)
    old = Shoe("old", 500_000.0, is_default=True)
    new = Shoe("new", 2_000.0, first_day=FIRST + 2 * DAY, is_default=True)
    rows = runs_of(home, old, new)
    assert told(rows) == [("old", "settings", 500_000.0)] * 2 + [("new", "settings", 2_000.0)] * 2
    days = store.query(
        store.published_version(home), "select shoe_distance_m from day order by day"
    ).to_series()
    # 500 km + 3.36 km, + 3.36 km; then 2 km + 3.36 km, + 3.36 km
    assert days.drop_nulls().to_list() == pytest.approx([503_360, 506_720, 5_360, 8_720])


def test_a_retired_pair_is_worn_to_its_last_day_and_not_after(tmp_path: Path) -> None:
    home = four_runs(tmp_path)
    retired = Shoe("old", first_day=FIRST + DAY, last_day=FIRST + 2 * DAY, is_default=True)
    assert [row["shoe"] for row in runs_of(home, retired)] == [None, "old", "old", None]


def test_a_default_pair_is_for_its_kind_of_sport_only(tmp_path: Path) -> None:
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        b_fit=run_fit(START + DAY),
        c_fit=run_fit(START + 2 * DAY, sport=CYCLING),
    )
    road = Shoe("road", first_day=date(2000, 1, 1), is_default=True)
    trail = Shoe("trail", is_default=True, sport="trail")
    walk = Shoe("walk", is_default=True, sport="walking")
    first, *_ = runs_of(home, road, trail, walk)
    correct_activity(home.journal, first["activity_id"], {"sub_sport": "trail"})
    assert [row["shoe"] for row in runs_of(home, road, trail, walk)] == ["trail", "road", None]


def test_what_a_file_or_the_runner_says_stands_and_gets_the_start_of_its_pair(
    tmp_path: Path,
) -> None:
    export = strava_csv(
        strava_row(number=1, gear="BLUE pair"),
        strava_row(START + DAY, number=2, gear="unknown to it"),
        strava_row(START + 2 * DAY, number=3),
        strava_row(START + 3 * DAY, number=4),
    )
    home = home_at(tmp_path, activities_csv=export)
    pairs = (Shoe("Blue pair", 7_000.0, last_day=date(2000, 1, 1)), Shoe("red", is_default=True))
    rows = runs_of(home, *pairs)
    correct_activity(home.journal, rows[2]["activity_id"], {"shoe": "blue pair"})
    correct_activity(home.journal, rows[3]["activity_id"], {"shoe": "borrowed"})
    expected = [
        ("Blue pair", "file", 7_000.0),
        ("unknown to it", "file", 0.0),
        ("Blue pair", "correction", 7_000.0),
        ("borrowed", "correction", 0.0),
    ]
    assert told(runs_of(home, *pairs)) == expected
    assert told(runs_of(home, *pairs, from_scratch=True)) == expected


def test_a_correction_taken_back_leaves_the_default_pair(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    pair = Shoe("red", is_default=True)
    (row,) = runs_of(home, pair)
    correct_activity(home.journal, row["activity_id"], {"shoe": "blue"})
    assert told(runs_of(home, pair)) == [("blue", "correction", 0.0)]
    correct_activity(home.journal, row["activity_id"], {"shoe": None})
    assert told(runs_of(home, pair)) == [("red", "settings", 0.0)]
    assert told(runs_of(home)) == [(None, None, None)], "a pair taken out of the register is gone"


def test_r16_is_watched_by_a_default_pair_alone_and_names_it(tmp_path: Path) -> None:
    home = four_runs(tmp_path)
    query = (
        "select is_watched, (select max(evidence) from pattern_match where pattern = 'R16') "
        "from pattern where pattern = 'R16'"
    )
    runs_of(home)
    assert store.query(store.published_version(home), query).row(0) == (False, None)
    runs_of(home, Shoe("old'; drop table day", 795_000.0, is_default=True))
    watched, said = store.query(store.published_version(home), query).row(0)
    # 795 km + 2 x 3.36 km are the first 800 km passed
    assert watched and "has 802 km, 795 km from before your files and 7 km as" in said
    assert "old'; drop table day" in said


def gear_json(shoe: str, *activities: int) -> bytes:
    pair = {"gearPk": 5, "gearTypeName": "Shoes", "displayName": shoe}
    uses = {"5": [{"activityId": one, "gearPk": 5} for one in activities]}
    return json.dumps([{"gearDTOS": [pair], "gearActivityDTOs": uses}]).encode()


def test_garmins_list_of_gear_names_the_shoe_of_recordings_and_of_listed_runs(
    tmp_path: Path,
) -> None:
    listed = garmin_json(
        garmin_entry(number=71),
        garmin_entry(START + DAY, number=72, kind="cycling"),
        garmin_entry(START + 2 * DAY, number=73),
        garmin_entry(START + 3 * DAY, number=74),
    )
    folder = "DI_CONNECT/DI-Connect-Fitness/me"
    export = zipped(
        {
            f"{folder}_0_summarizedActivities.json": listed,
            f"{folder}_gear.json": gear_json("blue", 71, 72, 73),
        }
    )
    home = home_at(tmp_path, export_zip=export, a_fit=run_fit())
    pairs = (Shoe("Blue", 40_000.0), Shoe("red", is_default=True))
    blue = ("Blue", "file", 40_000.0)
    assert told(runs_of(home, *pairs)) == [
        blue,
        (None, None, None),
        blue,
        ("red", "settings", 0.0),
    ]
    # A later export, in which the runner gave one of the runs another pair.
    (home.raw / "me_gear.json").write_bytes(gear_json("green", 73, 74))
    assert [row["shoe"] for row in runs_of(home, *pairs)] == ["Blue", None, "green", "green"]
    (home.raw / "me_gear.json").unlink()
    assert [row["shoe"] for row in runs_of(home, *pairs)] == ["Blue", None, "Blue", "red"]


def test_half_a_letter_in_a_list_costs_that_letter_and_not_the_refresh(tmp_path: Path) -> None:
    listed = garmin_json(garmin_entry(number=71, name="long \ud800 run"))
    home = home_at(tmp_path, list_json=listed, gear_json=gear_json("blue \udfff", 71))
    assert [row["shoe"] for row in runs_of(home)] == ["blue \ufffd"]
    names = store.query(store.published_version(home), "select name from activity").to_series()
    assert names.to_list() == ["long \ufffd run"]
