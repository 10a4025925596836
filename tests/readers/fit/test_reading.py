"""What a FIT file means: each trap of real watches, one promise."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA
from tightlog.readers.fit import read_fit
from tightlog.simulation.files.fit_file import Column, FitMessage, fit_file, fit_timestamp

START = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
T0 = fit_timestamp(START)
RUNNING, CYCLING, TRANSITION, SWIMMING, MULTISPORT = 1, 2, 3, 5, 18

Columns = Mapping[int, tuple[str, Any]]


def file_id(file_type: int = 4, **more: Any) -> FitMessage:
    return FitMessage(
        0,
        {0: ("enum", [file_type]), **{int(number[1:]): column for number, column in more.items()}},
    )


def records(seconds: int = 60, at: int = T0, **columns: Any) -> FitMessage:
    """Rows at 1 Hz: 3 m/s, 85 strides a minute, heart rate 150, in one place; keyword `f4=…`
    sets field 4, None drops it.
    """
    fields: dict[int, tuple[str, Any]] = {
        253: ("uint32", at + np.arange(seconds)),
        0: ("sint32", np.full(seconds, 500_000_000)),
        1: ("sint32", np.full(seconds, 100_000_000)),
        3: ("uint8", np.full(seconds, 150)),
        4: ("uint8", np.full(seconds, 85)),
        5: ("uint32", np.arange(seconds) * 300),
        6: ("uint16", np.full(seconds, 3000)),
    }
    return FitMessage(20, with_changes(fields, columns))


def session(
    seconds: int = 60, at: int = T0, sport: int | None = RUNNING, sub_sport: int = 0, **columns: Any
) -> FitMessage:
    fields: dict[int, tuple[str, Any]] = {
        253: ("uint32", [at + seconds]),
        2: ("uint32", [at]),
        5: ("enum", [sport]),
        6: ("enum", [sub_sport]),
        7: ("uint32", [seconds * 1000]),
        8: ("uint32", [seconds * 1000]),
        9: ("uint32", [(seconds - 1) * 300]),
    }
    return FitMessage(18, with_changes(fields, columns))


def with_changes(fields: dict[int, tuple[str, Any]], changes: Mapping[str, Any]) -> Columns:
    changed = fields | {
        int(number[1:]): column for number, column in changes.items() if column is not None
    }
    return {
        number: column
        for number, column in changed.items()
        if changes.get(f"f{number}", column) is not None
    }


def timer(*switches: tuple[int, int]) -> FitMessage:
    """Timer events: (seconds from the start, event type)."""
    at, kinds = zip(*switches, strict=True)
    return FitMessage(
        21, {253: ("uint32", T0 + np.array(at)), 0: ("enum", [0] * len(at)), 1: ("enum", kinds)}
    )


def activity_message(local_s: int | None) -> FitMessage:
    return FitMessage(
        34,
        {
            253: ("uint32", [T0 + 60]),
            1: ("uint16", [1]),
            5: ("uint32", [None if local_s is None else T0 + 60 + local_s]),
        },
    )


def activity_of(*messages: FitMessage) -> Activity:
    reading = read_fit(fit_file([file_id(), *messages]), "run.fit")
    assert reading.status is FileStatus.READ, reading.reason
    (activity,) = reading.activities
    return activity


# Totals


def test_totals_come_from_the_session_in_their_units() -> None:
    activity = activity_of(
        records(),
        session(
            f22=("uint16", [41]), f23=("uint16", [39]), f16=("uint8", [148]), f193=("uint8", [60])
        ),
    )
    assert (activity.started_at, activity.elapsed_s, activity.moving_s, activity.distance_m) == (
        START,
        60.0,
        60.0,
        177.0,
    )
    assert (activity.ascent_m, activity.descent_m, activity.heart_rate_bpm, activity.rpe) == (
        41.0,
        39.0,
        148.0,
        6.0,
    )
    assert activity.speed_mps == pytest.approx(2.95)
    assert (activity.sport, activity.sub_sport, activity.session_index, activity.is_indoor) == (
        "running",
        "generic",
        0,
        False,
    )


def test_frames_have_exactly_the_agreed_schema() -> None:
    activity = activity_of(records(), session())
    assert dict(activity.records.schema) == dict(RECORD_SCHEMA)
    assert dict(activity.laps.schema) == dict(LAP_SCHEMA)


def test_start_is_the_session_not_the_creation_of_the_file() -> None:
    later = ("uint32", [T0 + 5 * 86_400])
    reading = read_fit(fit_file([file_id(f4=later), records(), session()]), "run.fit")
    assert reading.activities[0].started_at == START


def test_what_the_file_does_not_say_is_none_not_zero() -> None:
    activity = activity_of(records(f3=None, f4=None), session())
    assert (
        activity.heart_rate_bpm,
        activity.cadence_spm,
        activity.cadence_rule,
        activity.power_w,
    ) == (None, None, None, None)
    assert (activity.ascent_m, activity.rpe, activity.utc_offset_s, activity.has_barometer) == (
        None,
        None,
        None,
        None,
    )
    assert activity.records["cadence_spm"].null_count() == 60


def test_edited_total_is_the_truth_and_scales_the_records() -> None:
    activity = activity_of(records(), session(f9=("uint32", [20_000])))
    assert activity.distance_m == 200.0
    assert activity.records["distance_m"][-1] == pytest.approx(200.0)


def test_records_that_break_off_are_not_taken_for_an_edited_total() -> None:
    activity = activity_of(records(30), session(60))
    assert activity.distance_m == 177.0
    assert activity.records["distance_m"][-1] == pytest.approx(87.0)


def test_missing_total_is_the_last_record() -> None:
    assert activity_of(records(), session(f9=None)).distance_m == 177.0


# Cadence


def test_strides_are_doubled_and_the_raw_value_is_kept() -> None:
    activity = activity_of(records(), session())
    assert (activity.cadence_raw, activity.cadence_spm) == (85.0, 170.0)
    assert "x 2" in (activity.cadence_rule or "")
    assert activity.records["cadence_spm"].unique().to_list() == [170.0]


def test_fraction_of_the_cadence_counts() -> None:
    activity = activity_of(records(f53=("uint8", np.full(60, 64))), session())
    assert activity.cadence_spm == 171.0


def test_cadence_in_256ths_is_read_where_the_plain_one_is_missing() -> None:
    activity = activity_of(records(f4=None, f52=("uint16", np.full(60, 85.5 * 256))), session())
    assert activity.cadence_spm == 171.0


def test_cycling_cadence_is_not_doubled() -> None:
    assert activity_of(records(), session(sport=CYCLING)).cadence_spm == 85.0


def test_zero_cadence_stays_in_the_records_and_out_of_the_mean() -> None:
    activity = activity_of(records(f4=("uint8", [0] * 20 + [None] * 20 + [85] * 20)), session())
    assert activity.cadence_spm == 170.0
    assert activity.records["cadence_spm"].to_list() == [0.0] * 20 + [None] * 20 + [170.0] * 20


def test_cadence_of_a_pause_is_left_out() -> None:
    cadence = ("uint8", [85] * 20 + [40] * 20 + [85] * 20)
    activity = activity_of(records(f4=cadence), timer((0, 0), (19, 4), (40, 0), (60, 4)), session())
    assert activity.cadence_spm == 170.0
    assert (
        activity.records["is_timer_running"].to_list() == [True] * 20 + [False] * 20 + [True] * 20
    )


def test_timer_runs_throughout_a_file_without_timer_events() -> None:
    assert activity_of(records(), session()).records["is_timer_running"].all()


def test_without_recorded_cadence_the_session_average_is_named_as_the_source() -> None:
    activity = activity_of(records(f4=None), session(f18=("uint8", [86]), f92=("uint8", [64])))
    assert (activity.cadence_raw, activity.cadence_spm) == (86.5, 173.0)
    assert (activity.cadence_rule or "").startswith("fit session average: strides x 2")


def test_developer_cadence_does_not_touch_the_native_one() -> None:
    described = FitMessage(
        206, {0: ("uint8", [0]), 1: ("uint8", [4]), 2: ("uint8", [2]), 3: ("string:8", ["Cadence"])}
    )
    plain = records()
    stryd = FitMessage(20, plain.fields, developer_fields={(0, 4): ("uint8", np.full(60, 171))})
    assert activity_of(described, stryd, session()).cadence_raw == 85.0


# Records


def test_enhanced_and_plain_values_fill_each_other_in() -> None:
    speed = {
        "f6": ("uint16", [3000] * 40 + [None] * 20),
        "f73": ("uint32", [None] * 30 + [3500] * 30),
    }
    altitude = {"f2": ("uint16", np.full(60, 3000)), "f78": ("uint32", [None] * 60)}
    frame = activity_of(records(60, T0, **speed, **altitude), session()).records
    assert frame["speed_mps"].to_list() == [3.0] * 30 + [3.5] * 30
    assert frame["altitude_m"].unique().to_list() == [100.0]


def test_zero_heart_rate_is_no_signal() -> None:
    activity = activity_of(records(f3=("uint8", [0] * 30 + [150] * 30)), session())
    assert activity.heart_rate_bpm == 150.0
    assert activity.records["heart_rate_bpm"].null_count() == 30


def test_place_zero_zero_is_no_place() -> None:
    places = {
        "f0": ("sint32", [0] * 10 + [500_000_000] * 50),
        "f1": ("sint32", [0] * 10 + [100_000_000] * 50),
    }
    frame = activity_of(records(60, T0, **places), session()).records
    assert frame["latitude_deg"].null_count() == frame["longitude_deg"].null_count() == 10
    assert frame["latitude_deg"][-1] == pytest.approx(41.9095, abs=1e-4)


def test_running_dynamics_come_in_millimetres_milliseconds_and_percent() -> None:
    dynamics = {
        "f39": ("uint16", [0] * 30 + [84.0 * 10] * 30),
        "f41": ("uint16", np.full(60, 2430)),
        "f83": ("uint16", np.full(60, 812)),
        "f84": ("uint16", np.full(60, 4930)),
        "f85": ("uint16", np.full(60, 10_500)),
    }
    activity = activity_of(records(60, T0, **dynamics), session())
    assert (activity.vertical_oscillation_mm, activity.ground_contact_ms) == (84.0, 243.0)
    assert activity.vertical_ratio_pct == pytest.approx(8.12)
    assert activity.ground_contact_left_pct == pytest.approx(49.3)
    assert activity.step_length_mm == 1050.0


def test_old_watches_packed_speed_and_distance_are_unpacked_over_the_rollover() -> None:
    metres = np.arange(60) * 10
    sixteenths = (metres * 16) % 4096
    packed = np.stack(
        [300 & 0xFF + np.zeros(60, int), 300 >> 8 | (sixteenths & 0xF) << 4, sixteenths >> 4],
        axis=1,
    )
    frame = activity_of(records(f5=None, f6=None, f8=("byte:3", packed)), session(f9=None)).records
    assert frame["distance_m"].to_list() == metres.tolist()
    assert frame["speed_mps"].unique().to_list() == [3.0]


def test_repeated_timestamps_keep_their_rows() -> None:
    frame = activity_of(records(f253=("uint32", T0 + np.arange(60) // 2)), session()).records
    assert frame["record_index"].to_list() == list(range(60))
    assert frame["elapsed_s"].n_unique() == 30


def test_records_without_time_stay_with_a_null_time() -> None:
    activity = activity_of(records(f253=None), session(sport=SWIMMING))
    assert activity.records["recorded_at"].null_count() == 60
    assert (activity.sport, activity.started_at) == ("swimming", START)


# One file, several activities


def test_multisport_is_one_activity_per_leg_with_its_own_records() -> None:
    legs = [session(60, T0, SWIMMING), session(20, T0 + 60, TRANSITION), session(100, T0 + 80)]
    reading = read_fit(fit_file([file_id(), records(180), *legs]), "tri.fit")
    assert [(leg.session_index, leg.sport, leg.records.height) for leg in reading.activities] == [
        (0, "swimming", 60), (1, "transition", 20), (2, "running", 100),
    ]  # fmt: skip


def test_distance_that_counts_on_over_the_legs_starts_again_in_each() -> None:
    legs = [session(60, f9=("uint32", [17_700])), session(120, T0 + 60, f9=("uint32", [36_000]))]
    reading = read_fit(fit_file([file_id(), records(180), *legs]), "brick.fit")
    assert [leg.records["distance_m"][-1] for leg in reading.activities] == [
        pytest.approx(177.0),
        pytest.approx(360.0),
    ]


def test_session_written_twice_counts_once() -> None:
    reading = read_fit(fit_file([file_id(), records(), session(), session()]), "run.fit")
    assert len(reading.activities) == 1


def test_multisport_total_is_no_leg() -> None:
    total = session(120, sport=MULTISPORT)
    reading = read_fit(
        fit_file([file_id(), records(120), session(60), session(60, T0 + 60, CYCLING), total]),
        "tri.fit",
    )
    assert [leg.sport for leg in reading.activities] == ["running", "cycling"]


def test_chained_files_are_several_activities_each_with_its_own_offset() -> None:
    first = fit_file([file_id(), records(), session(), activity_message(3600)])
    second = fit_file(
        [file_id(), records(at=T0 + 7200), session(at=T0 + 7200), activity_message(None)]
    )
    reading = read_fit(first + second, "chain.fit")
    assert reading.status is FileStatus.READ
    assert [
        (one.session_index, one.started_at, one.utc_offset_s, one.records.height)
        for one in reading.activities
    ] == [
        (0, START, 3600, 60),
        (1, START + timedelta(hours=2), None, 60),
    ]


def test_same_activity_chained_twice_counts_once() -> None:
    once = fit_file([file_id(), records(), session()])
    assert len(read_fit(once + once, "twice.fit").activities) == 1


def test_settings_chained_behind_an_activity_do_not_matter() -> None:
    reading = read_fit(
        fit_file([file_id(), records(), session()]) + fit_file([file_id(2)]), "both.fit"
    )
    assert (reading.status, len(reading.activities)) == (FileStatus.READ, 1)


# Summary or records alone


def test_session_without_records_is_a_summary_only_activity() -> None:
    activity = activity_of(session(3600, f16=("uint8", [141]), f18=("uint8", [84])))
    assert (
        activity.records.height,
        activity.distance_m,
        activity.heart_rate_bpm,
        activity.cadence_spm,
    ) == (0, 10_797.0, 141.0, 168.0)
    assert dict(activity.records.schema) == dict(RECORD_SCHEMA)
    assert activity.is_indoor is None


def test_records_without_session_give_a_derived_activity_and_say_so() -> None:
    reading = read_fit(
        fit_file(
            [file_id(), FitMessage(12, {0: ("enum", [RUNNING])}), records(), timer((0, 0), (40, 4))]
        ),
        "run.fit",
    )
    (activity,) = reading.activities
    assert (activity.sport, activity.started_at, activity.elapsed_s, activity.moving_s) == (
        "running",
        START,
        59.0,
        40.0,
    )
    assert (activity.distance_m, activity.heart_rate_bpm, activity.cadence_spm) == (
        177.0,
        150.0,
        170.0,
    )
    assert reading.status is FileStatus.PARTIAL
    assert "no session summary" in (reading.reason or "")


# Sport, place, device


@pytest.mark.parametrize(
    ("sport", "sub_sport", "names"),
    [
        (5, 17, ("swimming", "lap_swimming")),
        (10, 20, ("training", "strength_training")),
        (10, 43, ("training", "yoga")),
        (84, 0, ("jump_rope", "generic")),
        (254, 254, ("all", "all")),
        (200, 201, ("unknown_200", "unknown_201")),
        (None, 0, ("generic", "generic")),
    ],
)
def test_sports_have_their_profile_names(
    sport: int | None, sub_sport: int, names: tuple[str, str]
) -> None:
    activity = activity_of(records(f4=None), session(sport=sport, sub_sport=sub_sport))
    assert (activity.sport, activity.sub_sport) == names


def test_treadmill_and_run_without_any_place_are_indoor() -> None:
    assert activity_of(records(), session(sub_sport=1)).is_indoor is True
    assert activity_of(records(f0=None, f1=None), session()).is_indoor is True
    assert activity_of(records(f0=None, f1=None), session(sport=10, sub_sport=43)).is_indoor is None


def test_device_is_named_in_words() -> None:
    def device(**fields: Any) -> str | None:
        return (
            read_fit(fit_file([file_id(**fields), records(), session()]), "run.fit")
            .activities[0]
            .device
        )

    assert device(f1=("uint16", [1]), f2=("uint16", [3992])) == "Garmin fr255"
    assert (
        device(f1=("uint16", [294]), f2=("uint16", [841]), f8=("string:16", ["COROS PACE 3"]))
        == "COROS PACE 3"
    )
    assert device(f1=("uint16", [1]), f2=("uint16", [65000])) == "Garmin product 65000"
    assert device() is None


# Time


@pytest.mark.parametrize(
    ("local_s", "offset_s"),
    [
        (7200, 7200),
        (-12_600, -12_600),
        (7188, 7200),
        (0, 0),
        (None, None),
        (15 * 3600, 15 * 3600),  # stated, and asked about, but never used
        (-T0 - 60, None),
    ],
)
def test_offset_is_local_less_utc_to_the_quarter_hour(
    local_s: int | None, offset_s: int | None
) -> None:
    assert activity_of(records(), session(), activity_message(local_s)).utc_offset_s == offset_s


@pytest.mark.parametrize(
    "start",
    [
        17_217_864,
        fit_timestamp(datetime(2000, 1, 1, 12, tzinfo=UTC)),
        fit_timestamp(datetime(2080, 5, 1, tzinfo=UTC)),
    ],
)
def test_unset_clock_is_a_reason_not_a_day(start: int) -> None:
    reading = read_fit(fit_file([file_id(), records(at=start), session(at=start)]), "run.fit")
    assert (reading.status, reading.activities) == (FileStatus.UNREADABLE, ())
    assert "clock" in (reading.reason or "")


def test_bogus_session_start_yields_to_the_records() -> None:
    assert activity_of(records(), session(f2=("uint32", [77]))).started_at == START


def test_one_leg_without_a_date_does_not_cost_the_other() -> None:
    reading = read_fit(
        fit_file([file_id(), records(), session(), session(at=1000, sport=CYCLING)]), "two.fit"
    )
    assert reading.status is FileStatus.PARTIAL
    assert [activity.sport for activity in reading.activities] == ["running"]


# Laps


def test_laps_have_names_for_their_triggers_and_the_cadence_of_the_activity() -> None:
    laps = FitMessage(19, {
        253: ("uint32", [T0 + 30, T0 + 60]),
        2: ("uint32", [T0, T0 + 30]),
        7: ("uint32", [30_000, 30_000]),
        8: ("uint32", [30_000, 29_000]),
        9: ("uint32", [9_000, 8_700]),
        15: ("uint8", [149, 0]),
        17: ("uint8", [84, None]),
        80: ("uint8", [64, None]),
        24: ("enum", [2, 7]),
    })  # fmt: skip
    frame = activity_of(records(), laps, session()).laps
    assert frame["trigger"].to_list() == ["distance", "session_end"]
    assert frame["cadence_spm"].to_list() == [169.0, None]
    assert frame["heart_rate_bpm"].to_list() == [149.0, None]
    assert frame["started_at"].to_list() == [START, START + timedelta(seconds=30)]
    assert frame.select("elapsed_s", "moving_s", "distance_m").row(1) == (30.0, 29.0, 87.0)


def test_laps_belong_to_the_leg_they_began_in() -> None:
    laps = FitMessage(
        19, {2: ("uint32", [T0, T0 + 60, T0 + 90]), 7: ("uint32", [60_000, 30_000, 30_000])}
    )
    reading = read_fit(
        fit_file([file_id(), records(120), laps, session(60, sport=CYCLING), session(60, T0 + 60)]),
        "brick.fit",
    )
    assert [leg.laps["lap_index"].to_list() for leg in reading.activities] == [[0], [0, 1]]


def test_big_endian_watch_says_the_same() -> None:
    plain = [records(), session()]
    swapped = [
        FitMessage(message.global_number, message.fields, is_big_endian=True) for message in plain
    ]
    left, right = activity_of(*plain), activity_of(*swapped)
    assert left.records.equals(right.records)
    assert (left.distance_m, left.started_at) == (right.distance_m, right.started_at)


def test_record_times_are_utc_instants() -> None:
    frame = activity_of(records(), session()).records
    assert frame["recorded_at"][59] == START + timedelta(seconds=59)
    assert frame["recorded_at"].dtype == pl.Datetime("us", "UTC")


@pytest.mark.parametrize(("sub_sport", "distance_m"), [(1, None), (0, 0.0)])
def test_a_distance_of_nothing_on_a_treadmill_was_not_measured(
    sub_sport: int, distance_m: float | None
) -> None:
    start = fit_timestamp(START)
    rows = np.arange(601)
    fields: dict[int, Column] = {253: ("uint32", start + rows), 5: ("uint32", rows * 0)}
    if not sub_sport:
        fields |= {0: ("sint32", [560_000_000] * 601), 1: ("sint32", [99_000_000] * 601)}
    session = {2: ("uint32", [start]), 5: ("enum", [1]), 6: ("enum", [sub_sport])}
    totals = {7: ("uint32", [600_000]), 9: ("uint32", [0])}
    data = fit_file([FitMessage(20, fields), FitMessage(18, session | totals)])
    (run,) = read_fit(data, "a.fit").activities
    assert run.distance_m == distance_m
