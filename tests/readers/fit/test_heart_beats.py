"""Heart rate a strap hands over after a swim: beats beside the records, placed in their time."""

import io

import fitparse
import numpy as np
import pytest

from tests.builders import START
from tightlog.readers.fit import read_fit
from tightlog.readers.fit.envelope import envelopes
from tightlog.readers.fit.heart_beats import beats_of
from tightlog.readers.fit.messages import tables
from tightlog.readers.fit.profile import HEART_BEATS
from tightlog.simulation.files.fit_file import Column, FitMessage, fit_file, fit_timestamp

AT = fit_timestamp(START)
# Beats 0.8 s apart, a bit faster each time; the strap has counted for 3,600.25 s.
EVENTS_S = 3600.25 + 0.8 * np.arange(161)
RATES = 90 + np.arange(161) // 8


def packed(ticks: list[int]) -> list[int]:
    """Eight times of 12 bits in 12 bytes."""
    found = []
    for one, other in zip(ticks[::2], ticks[1::2], strict=True):
        low, high = one % 4096, other % 4096
        found += [low & 0xFF, low >> 8 | (high & 0x0F) << 4, high >> 4]
    return found


def beat_messages(first_s: int = AT) -> list[FitMessage]:
    ticks = np.rint(EVENTS_S * 1024).astype(int)
    rows = ticks[1:].reshape(-1, 8).tolist()
    return [
        FitMessage(
            132,
            {
                253: ("uint32", [first_s]),
                0: ("uint16", [8_192]),
                9: ("uint32", [int(ticks[0])]),
                6: ("uint8", [int(RATES[0])]),
            },
        ),
        FitMessage(
            132,
            {
                6: ("uint8:8", RATES[1:].reshape(-1, 8)),
                10: ("byte:12", [packed(row) for row in rows]),
            },
        ),
    ]


def swim(
    heart_rate: list[int | None] | None = None, beside: list[FitMessage] | None = None
) -> bytes:
    """A swim of 128 s with a record a second."""
    seconds = np.arange(129)
    records: dict[int, Column] = {253: ("uint32", AT + seconds), 5: ("uint32", seconds * 100)}
    if heart_rate:
        records[3] = ("uint8", heart_rate)
    session = {253: ("uint32", [AT + 128]), 2: ("uint32", [AT]), 5: ("enum", [5])}
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", [AT])}),
            FitMessage(20, records),
            *(beside or []),
            FitMessage(18, session | {7: ("uint32", [128_000])}),
        ]
    )


CHAINED = swim() + fit_file([FitMessage(0, {0: ("enum", [4])}), *beat_messages()])


@pytest.mark.parametrize("data", [swim(beside=beat_messages()), CHAINED])
def test_records_without_a_heart_rate_take_the_nearest_beat_s(data: bytes) -> None:
    (activity,) = read_fit(data, "swim.fit").activities
    recorded = activity.records["heart_rate_bpm"].to_numpy()
    # The first beat came a quarter of a second after the start.
    nearest = [
        int(np.abs(0.25 + EVENTS_S - EVENTS_S[0] - second).argmin()) for second in range(129)
    ]
    assert recorded.tolist() == RATES[nearest].tolist()
    assert activity.heart_rate_bpm == pytest.approx(recorded.mean())


def test_a_recorded_heart_rate_stays() -> None:
    rates: list[int | None] = [150] * 60 + [None] * 69
    (activity,) = read_fit(swim(rates, beat_messages()), "swim.fit").activities
    recorded = activity.records["heart_rate_bpm"]
    assert recorded[:60].to_list() == [150.0] * 60
    assert recorded[60:].null_count() == 0 and recorded[60:].min() == 99.0


@pytest.mark.parametrize(("later_s", "filled"), [(132, 1), (133, 0), (-133, 1), (-134, 0)])
def test_a_beat_more_than_five_seconds_away_says_nothing(later_s: int, filled: int) -> None:
    # The beats last 128 s, the first comes a quarter of a second later than dated.
    (activity,) = read_fit(swim(beside=beat_messages(AT + later_s)), "swim.fit").activities
    assert (activity.records["heart_rate_bpm"].count() > 0) is bool(filled)


def test_fitparse_finds_the_same_beats_the_same_time_apart() -> None:
    data = swim(beside=beat_messages())
    ours = beats_of(tables(data, one, [HEART_BEATS])[0][HEART_BEATS] for one in envelopes(data))
    theirs = [
        (field.value, rate)
        for message in list(fitparse.FitFile(io.BytesIO(data)).get_messages("hr"))[1:]
        for field, rate in zip(
            (one for one in message.fields if one.name == "event_timestamp"),
            message.get_value("filtered_bpm"),
            strict=True,
        )
    ]
    # fitparse begins its 12 bits at 0 instead of the first event: the times differ by a constant.
    assert np.diff(ours.time_s[1:]) == pytest.approx(np.diff([at for at, _ in theirs]), abs=1e-6)
    assert ours.bpm[1:].tolist() == [rate for _, rate in theirs]


def test_beats_without_a_date_or_cut_off_are_left_out() -> None:
    dateless = beat_messages()[1:]
    (activity,) = read_fit(swim(beside=dateless), "swim.fit").activities
    assert activity.records["heart_rate_bpm"].count() == 0
