"""Energy as files state it: kept in kcal from every format that says it, and missing elsewhere."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import (
    SETTINGS,
    START,
    STRAVA_HEADER,
    garmin_entry,
    garmin_json,
    home_at,
    run_gpx,
    strava_csv,
    strava_row,
)
from tightlog.readers.exports.garmin import read_garmin_list
from tightlog.readers.exports.strava import read_strava_csv
from tightlog.readers.fit import read_fit
from tightlog.readers.xml.tcx import read_tcx
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp
from tightlog.warehouse import store

CALORIES = STRAVA_HEADER.index("Calories")


@pytest.mark.parametrize(("stated", "energy_kcal"), [(412, 412.0), (0, None), (None, None)])
def test_a_fit_session_states_kcal(stated: int | None, energy_kcal: float | None) -> None:
    start = fit_timestamp(START)
    data = fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [start])}),
            FitMessage(
                18,
                {
                    253: ("uint32", [start + 1800]),
                    2: ("uint32", [start]),
                    5: ("enum", [1]),
                    7: ("uint32", [1_800_000]),
                    11: ("uint16", [stated]),
                },
            ),
        ]
    )
    (activity,) = read_fit(data, "a.fit").activities
    assert activity.energy_kcal == energy_kcal


@pytest.mark.parametrize(
    ("laps", "energy_kcal"),
    [(("250", "162"), 412.0), (("250", None), None), (("0", "0"), None), (("250", "0"), 250.0)],
)
def test_laps_of_a_tcx_add_up_where_each_states_it(
    laps: tuple[str | None, ...], energy_kcal: float | None
) -> None:
    written = "".join(
        f'<Lap StartTime="{START + timedelta(minutes=10 * index):%Y-%m-%dT%H:%M:%SZ}">'
        "<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>1680</DistanceMeters>"
        f"{f'<Calories>{stated}</Calories>' if stated else ''}</Lap>"
        for index, stated in enumerate(laps)
    )
    text = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f"<Id>{START:%Y-%m-%dT%H:%M:%SZ}</Id>{written}</Activity></Activities>"
        "</TrainingCenterDatabase>"
    )
    (activity,) = read_tcx(text.encode(), "a.tcx").activities
    assert activity.energy_kcal == energy_kcal


def test_lists_state_kcal_or_kj() -> None:
    (strava,) = read_strava_csv(strava_csv(strava_row() | {CALORIES: "412.0"})).activities
    (garmin,) = read_garmin_list(garmin_json(garmin_entry(calories=412 * 4.184))).activities
    assert strava.energy_kcal == 412.0
    assert garmin.energy_kcal == pytest.approx(412.0)


def test_a_recording_takes_the_energy_its_entry_of_a_list_states(tmp_path: Path) -> None:
    home = home_at(
        tmp_path / "home",
        run_gpx=run_gpx(),
        activities_csv=strava_csv(strava_row(file="run.gpx") | {CALORIES: "412.0"}),
    )
    refresh(home, SETTINGS)
    (kept,) = store.relation(store.published_version(home), "activity").iter_rows(named=True)
    assert kept["energy_kcal"] == 412.0 and "energy_kcal" in kept["from_twin"]
