"""The FIT writer, held to two independent decoders."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import fitdecode
import fitparse
import numpy as np
import pytest

from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

START = fit_timestamp(datetime(2026, 3, 1, 7, 0, tzinfo=UTC))


def decoded(data: bytes) -> list[fitdecode.FitDataMessage]:
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [frame for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]


def test_header_and_checksums_satisfy_two_other_decoders() -> None:
    data = fit_file(
        [
            FitMessage(0, {0: ("enum", [4])}),
            FitMessage(20, {253: ("uint32", [START, START + 1]), 3: ("uint8", [120, 121])}),
        ]
    )
    assert [message.name for message in decoded(data)] == ["file_id", "record", "record"]
    assert [message.name for message in fitparse.FitFile(data).get_messages()] == [
        "file_id",
        "record",
        "record",
    ]


@pytest.mark.parametrize("is_big_endian", [False, True])
def test_values_come_back_in_their_units(is_big_endian: bool) -> None:
    fields: dict[int, tuple[str, Sequence[Any] | np.ndarray]] = {
        253: ("uint32", np.array([START])),
        5: ("uint32", [123456]),
        0: ("sint32", [-(2**30)]),
        53: ("uint8", [64]),
    }
    (message,) = decoded(fit_file([FitMessage(20, fields, is_big_endian=is_big_endian)]))
    assert message.get_value("timestamp") == datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
    assert message.get_value("distance") == 1234.56
    assert message.get_value("position_lat") == -(2**30)
    assert message.get_value("fractional_cadence") == 0.5


def test_missing_is_written_as_the_invalid_value_of_its_type() -> None:
    fields: dict[int, tuple[str, Sequence[Any] | np.ndarray]] = {
        253: ("uint32", [START, START + 1]),
        3: ("uint8", [None, 140]),
        7: ("uint16", np.array([np.nan, 250.4])),
        13: ("sint8", [None, -5]),
    }
    first, second = decoded(fit_file([FitMessage(20, fields)]))
    assert [first.get_value(name) for name in ("heart_rate", "power", "temperature")] == [
        None,
        None,
        None,
    ]
    assert [second.get_value(name) for name in ("heart_rate", "power", "temperature")] == [
        140,
        250,
        -5,
    ]


def test_text_and_developer_fields_are_written() -> None:
    messages = [
        FitMessage(207, {3: ("uint8", [0])}),
        FitMessage(
            206,
            {
                0: ("uint8", [0]),
                1: ("uint8", [7]),
                2: ("uint8", [0x84]),
                3: ("string:16", ["Lean"]),
            },
        ),
        FitMessage(20, {253: ("uint32", [START])}, developer_fields={(0, 7): ("uint16", [321])}),
    ]
    assert decoded(fit_file(messages))[-1].get_value("Lean") == 321


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        fit_file([FitMessage(20, {3: ("uint8", [1, 2]), 4: ("uint8", [1])})])
