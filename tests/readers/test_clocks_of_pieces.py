"""Clocks that jump between laps, segments and timer events, and records of one time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.fit import read_fit
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import read_tcx
from tightlog.simulation.files.fit_file import Column, FitMessage, fit_file, fit_timestamp

AT = datetime(2026, 5, 4, 6, tzinfo=UTC)
Moved = Callable[[int], float]
STEP_S, HALF, COUNT = 5, 180, 361
M_PER_DEG = 111_195.0


def at(row: int, moved: Moved) -> str:
    return f"{AT + timedelta(seconds=row * STEP_S + moved(row)):%Y-%m-%dT%H:%M:%SZ}"


def latitude(row: int, is_loop: bool = False) -> float:
    way_m = 2.8 * STEP_S * (min(row, COUNT - 1 - row) if is_loop else row)
    return 47.0 + way_m / M_PER_DEG


def gpx(moved: Moved, is_loop: bool = False, order: tuple[int, ...] = (0, 1)) -> bytes:
    """A run of 30 min in two segments, in this order."""
    points = [
        f'<trkpt lat="{latitude(row, is_loop):.7f}" lon="8.3"><time>{at(row, moved)}</time></trkpt>'
        for row in range(COUNT)
    ]
    halves = ("".join(points[:HALF]), "".join(points[HALF:]))
    body = "".join(f"<trkseg>{halves[half]}</trkseg>" for half in order)
    return f'<gpx version="1.1"><trk><type>running</type>{body}</trk></gpx>'.encode()


def tcx(moved: Moved, totals: bool = True) -> bytes:
    """The same run in two laps, without a position."""
    laps = []
    for first, stop in ((0, HALF), (HALF, COUNT)):
        points = "".join(
            f"<Trackpoint><Time>{at(row, moved)}</Time>"
            f"<DistanceMeters>{14 * row}</DistanceMeters></Trackpoint>"
            for row in range(first, stop)
        )
        length = "<TotalTimeSeconds>900</TotalTimeSeconds>" if totals else ""
        laps.append(f'<Lap StartTime="{at(first, moved)}">{length}<Track>{points}</Track></Lap>')
    return (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f"<Id>{at(0, moved)}</Id>{''.join(laps)}</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def fit(moved: Moved, elapsed_s: int | None = 1800, has_session: bool = True) -> bytes:
    """The same run with a pause of a minute at 25:00, a lap at 15:00 and its session."""
    start = fit_timestamp(AT)
    seconds = np.array([start + row * STEP_S + round(moved(row)) for row in range(COUNT)])
    switches = [0, 300, 312, COUNT - 1]
    laps = seconds[[0, HALF]]
    session: dict[int, Column] = {
        253: ("uint32", [int(seconds[-1])]),
        2: ("uint32", [int(seconds[0])]),
        5: ("enum", [1]),
        7: ("uint32", [None if elapsed_s is None else elapsed_s * 1000]),
        9: ("uint32", [504_000]),
    }
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [start])}),
            FitMessage(
                21,
                {
                    253: ("uint32", seconds[switches]),
                    0: ("enum", [0] * 4),
                    1: ("enum", [0, 4, 0, 4]),
                },
            ),
            FitMessage(20, {253: ("uint32", seconds), 5: ("uint32", np.arange(COUNT) * 1400)}),
            FitMessage(
                19,
                {
                    253: ("uint32", laps + 900),
                    2: ("uint32", laps),
                    7: ("uint32", [900_000, 900_000]),
                },
            ),
            *([FitMessage(18, session)] if has_session else []),
        ]
    )


def from_half(by_s: float) -> Moved:
    return lambda row: by_s if row >= HALF else 0.0


def until_third(by_s: float) -> Moved:
    return lambda row: by_s if row < COUNT // 3 else 0.0


def steady_run(activity: Activity, reason: str | None) -> None:
    assert reason is not None and "its clock jumped by" in reason
    assert activity.elapsed_s == pytest.approx(1800, abs=10)
    assert activity.distance_m == pytest.approx(5040, rel=0.01)


@pytest.mark.parametrize("by_s", [-3600.0, -600.0, 86_400.0, 60 * 86_400.0 + 17])
def test_a_clock_that_jumps_between_two_segments_is_repaired(by_s: float) -> None:
    reading = read_gpx(gpx(from_half(by_s)), "a.gpx")
    (activity,) = reading.activities
    steady_run(activity, reading.reason)


@pytest.mark.parametrize(("by_s", "is_repaired"), [(-3600.0, True), (-3700.0, False)])
def test_on_a_loop_only_a_step_back_by_a_zone_is_a_clock_s(by_s: float, is_repaired: bool) -> None:
    (activity,) = read_gpx(gpx(from_half(by_s), is_loop=True), "a.gpx").activities
    assert (activity.elapsed_s == 1800.0) is is_repaired


def test_segments_in_another_order_are_no_jump() -> None:
    reading = read_gpx(gpx(lambda _: 0.0, order=(1, 0)), "a.gpx")
    (activity,) = reading.activities
    assert (reading.reason, activity.elapsed_s) == (None, 1800.0)


@pytest.mark.parametrize("by_s", [-3600.0, 86_400.0])
def test_a_clock_that_jumps_between_two_laps_is_repaired(by_s: float) -> None:
    reading = read_tcx(tcx(from_half(by_s)), "a.tcx")
    (activity,) = reading.activities
    steady_run(activity, reading.reason)
    starts = activity.laps["started_at"]
    assert (starts[1] - starts[0]).total_seconds() == pytest.approx(900, abs=10)


@pytest.mark.parametrize(
    ("more_s", "is_repaired"), [(0, True), (10, True), (11, False), (-10, True), (-11, False)]
)
def test_a_step_of_whole_days_is_a_clock_s_and_another_parts_two_outings(
    more_s: int, is_repaired: bool
) -> None:
    activities = read_gpx(gpx(from_half(86_400.0 + more_s)), "a.gpx").activities
    assert ([one.elapsed_s for one in activities] == [1800.0]) is is_repaired
    assert len(activities) == (1 if is_repaired else 2)


@pytest.mark.parametrize("moved", [from_half(-3600.0), until_third(-1024 * 7 * 86_400.0)])
def test_laps_pauses_and_lengths_of_a_fit_file_go_with_its_repaired_clock(moved: Moved) -> None:
    # Such watches write the length between the two clocks.
    reading = read_fit(fit(moved, elapsed_s=900_000), "a.fit")
    (activity,) = reading.activities
    steady_run(activity, reading.reason)
    assert activity.moving_s == 1740.0
    stopped = activity.records.filter(~activity.records["is_timer_running"])["elapsed_s"]
    assert (stopped.min(), stopped.max()) == (1505.0, 1555.0)
    starts = activity.laps["started_at"]
    assert [(one - activity.started_at).total_seconds() for one in starts] == [0.0, 900.0]


@pytest.mark.parametrize(("elapsed_s", "kept_s"), [(2580, 2580.0), (2581, 1800.0), (1036, 1800.0)])
def test_a_written_length_near_the_repaired_records_stays(elapsed_s: int, kept_s: float) -> None:
    (activity,) = read_fit(fit(from_half(-3600.0), elapsed_s=elapsed_s), "a.fit").activities
    assert activity.elapsed_s == kept_s


def at_once(row: int) -> float:
    return -float(row * STEP_S)


@pytest.mark.parametrize(
    "reading",
    [
        read_gpx(gpx(at_once), "a.gpx"),
        read_tcx(tcx(at_once, totals=False), "a.tcx"),
        read_fit(fit(at_once, elapsed_s=0), "a.fit"),
        read_fit(fit(at_once, has_session=False), "a.fit"),
    ],
)
def test_of_records_of_one_time_start_and_distance_are_known_and_no_length(
    reading: Reading,
) -> None:
    (activity,) = reading.activities
    assert reading.status is FileStatus.PARTIAL
    assert "all have the same time: how long" in str(reading.reason)
    assert activity.started_at == AT
    assert activity.distance_m == pytest.approx(5040, rel=0.01)
    assert (activity.elapsed_s, activity.speed_mps) == (None, None)


def test_a_length_a_lap_says_is_kept_where_records_have_one_time() -> None:
    reading = read_tcx(tcx(at_once), "a.tcx")
    (activity,) = reading.activities
    assert (reading.status, activity.moving_s) == (FileStatus.PARTIAL, 1800.0)


def test_a_place_and_a_time_alone_is_no_way() -> None:
    point = f'<trkpt lat="47" lon="8"><time>{at(0, at_once)}</time></trkpt>'
    text = f"<gpx><trk><type>running</type><trkseg>{point * 3}</trkseg></trk></gpx>"
    (activity,) = read_gpx(text.encode(), "a.gpx").activities
    assert (activity.distance_m, activity.elapsed_s) == (0.0, None)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("{at:%d.%m.%Y %H:%M:%S}", FileStatus.PARTIAL),
        ("{at:%m/%d/%Y %I:%M:%S %p}", FileStatus.PARTIAL),
        ("{at:%b %d, %Y %I:%M:%S %p}", FileStatus.PARTIAL),
        ("{at:%I:%M:%S %p}", FileStatus.UNREADABLE),
        ("{at:%d/%m/%Y %H:%M:%S}", FileStatus.UNREADABLE),
    ],
)
def test_times_in_other_orders_are_read_or_named_never_taken_for_a_route(
    form: str, status: FileStatus
) -> None:
    points = "".join(
        f'<trkpt lat="{latitude(row)}" lon="8"><time>'
        f"{form.format(at=AT + timedelta(seconds=5 * row))}</time></trkpt>"
        for row in range(60)
    )
    text = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    reading = read_gpx(text.encode(), "a.gpx")
    assert reading.status is status
    if status is FileStatus.UNREADABLE:
        assert "its times cannot be read (such as" in str(reading.reason)
    else:
        assert reading.activities[0].started_at == AT


@pytest.mark.parametrize(("count", "lasting_s"), [(2, 0.0), (3, None)])
def test_three_records_of_one_time_say_no_length_and_two_are_a_start_and_its_stop(
    count: int, lasting_s: float | None
) -> None:
    points = "".join(
        f'<trkpt lat="{latitude(row)}" lon="8"><time>{at(0, at_once)}</time></trkpt>'
        for row in range(count)
    )
    text = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    (activity,) = read_gpx(text.encode(), "a.gpx").activities
    assert activity.elapsed_s == lasting_s


@pytest.mark.parametrize(("step_m", "way_m"), [(299.0, 598.0), (301.0, 0.0)])
def test_without_times_a_long_step_is_a_jump_of_the_receiver(step_m: float, way_m: float) -> None:
    points = "".join(
        f'<trkpt lat="{47 + row * step_m / M_PER_DEG}" lon="8">'
        f"<time>{at(0, at_once)}</time></trkpt>"
        for row in range(3)
    )
    text = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    (activity,) = read_gpx(text.encode(), "a.gpx").activities
    assert activity.distance_m == pytest.approx(way_m, abs=0.5)
