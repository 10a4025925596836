"""FIT files a simulated watch writes beside activities: monitoring of a day, a night, nightly heart
rate variability; for the sample and for tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

MONITORING_FILE, SLEEP_FILE, HRV_FILE = 32, 49, 68
GARMIN, PRODUCT = 1, 3_906
STAGE_NUMBERS: Mapping[str, int] = {"unmeasurable": 0, "awake": 1, "light": 2, "deep": 3, "rem": 4}
RUNNING, WALKING = 1, 6


@dataclass(frozen=True)
class WatchNight:
    """A night: its start (with the watch's offset) and its stages as (name, minutes), in order."""

    began: datetime
    stages: Sequence[tuple[str, int]]
    created: datetime
    has_events: bool = True

    @property
    def ended(self) -> datetime:
        return self.began + timedelta(minutes=sum(lasting for _, lasting in self.stages))


def file_id(kind: int, created: datetime) -> FitMessage:
    """The first message of a file of this type."""
    return FitMessage(
        0,
        {
            0: ("enum", [kind]),
            1: ("uint16", [GARMIN]),
            2: ("uint16", [PRODUCT]),
            4: ("uint32", [fit_timestamp(created)]),
        },
    )


def sleep_fit(*nights: WatchNight) -> bytes:
    """The sleep file of a night, or of several: each stage stands at its end."""
    messages = [file_id(SLEEP_FILE, nights[-1].created)]
    for night in nights:
        ends, at = [], night.began
        for _, lasting_min in night.stages:
            at += timedelta(minutes=lasting_min)
            ends.append(fit_timestamp(at))
        levels = [STAGE_NUMBERS[name] for name, _ in night.stages]
        if night.has_events:
            messages.append(_events(night))
        if levels:
            messages.append(FitMessage(275, {253: ("uint32", ends), 0: ("enum", levels)}))
    return fit_file(messages)


def _events(night: WatchNight) -> FitMessage:
    both = [night.began, night.ended]
    return FitMessage(
        21,
        {
            253: ("uint32", [fit_timestamp(at) for at in both]),
            0: ("enum", [74, 74]),
            1: ("enum", [0, 1]),
            3: ("uint32", [local_seconds(at) for at in both]),
        },
    )


def hrv_fit(woke: datetime, rmssd_ms: float | None, created: datetime) -> bytes:
    """The file of a night's heart rate variability; the mean is missing in the first nights."""
    raw = [None if rmssd_ms is None else round(rmssd_ms * 128)]
    return fit_file(
        [
            file_id(HRV_FILE, created),
            FitMessage(
                162,
                {253: ("uint32", [fit_timestamp(woke)]), 3: ("uint32", [local_seconds(woke)])},
            ),
            FitMessage(
                370,
                {
                    253: ("uint32", [fit_timestamp(woke)]),
                    0: ("uint16", [61 * 128]),
                    1: ("uint16", raw),
                },
            ),
        ]
    )


def day_fit(
    start: datetime,
    counts: Sequence[tuple[int, int, int]],
    stress: Sequence[tuple[int, int]] = (),
    resting: Sequence[tuple[int, int, int | None]] = (),
    pulses: Sequence[int] = (),
) -> bytes:
    """The monitoring of a day from its local midnight on, with offset: steps so far as (minute,
    way of moving, count), stress as (minute, value), resting heart rate as (minute, mean of the
    week, of the day), and minutes of a pulse written with 16 bits of its time.
    """
    base, local = fit_timestamp(start), local_seconds(start)
    messages = [
        file_id(MONITORING_FILE, start),
        FitMessage(103, {253: ("uint32", [base]), 0: ("uint32", [local])}),
    ]
    for minute in pulses:
        low = (base + minute * 60) & 0xFFFF
        messages.append(FitMessage(55, {26: ("uint16", [low]), 27: ("uint8", [60])}))
    for minute, kind, count in counts:
        low = (base + minute * 60) & 0xFFFF
        messages.append(
            FitMessage(
                55,
                {26: ("uint16", [low]), 3: ("uint32", [count]), 24: ("byte", [kind | 2 << 5])},
            )
        )
    if stress:
        at = [base + minute * 60 for minute, _ in stress]
        values = [value for _, value in stress]
        messages.append(FitMessage(227, {1: ("uint32", at), 0: ("sint16", values)}))
    if resting:
        messages.append(_resting(base, resting))
    return fit_file(messages)


def _resting(base: int, resting: Sequence[tuple[int, int, int | None]]) -> FitMessage:
    return FitMessage(
        211,
        {
            253: ("uint32", [base + minute * 60 for minute, _, _ in resting]),
            0: ("uint8", [mean for _, mean, _ in resting]),
            1: ("uint8", [value for _, _, value in resting]),
        },
    )


def local_seconds(at: datetime) -> int:
    """An instant as the watch's clock shows it, in FIT seconds."""
    offset = at.utcoffset() or timedelta()
    return fit_timestamp(at) + round(offset.total_seconds())
