"""Whatever the bytes: a Reading, the rows that can be had, and a reason a runner understands."""

import pickle
import struct
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pytest
from fastcrc import crc16
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.fit import is_fit, read_fit
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

START = fit_timestamp(datetime(2026, 3, 1, 7, 0, tzinfo=UTC))
SECONDS = 60


def small_file(file_type: int = 4) -> bytes:
    seconds = START + np.arange(SECONDS)
    records = {
        253: ("uint32", seconds),
        5: ("uint32", np.arange(SECONDS) * 300),
        4: ("uint8", np.full(SECONDS, 85)),
    }
    session = {
        253: ("uint32", [START + SECONDS]),
        2: ("uint32", [START]),
        5: ("enum", [1]),
        7: ("uint32", [59_000]),
        9: ("uint32", [17_700]),
    }
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [file_type])}),
            FitMessage(20, records),
            FitMessage(18, session),
        ]
    )


def row_count(reading: Reading) -> int:
    return sum(activity.records.height for activity in reading.activities)


FILE = small_file()
OPEN_HEADER = FILE[:4] + b"\0\0\0\0" + FILE[8:14]  # says nothing of where its messages end


def test_sound_file_is_read_without_a_reason() -> None:
    reading = read_fit(FILE, "run.fit")
    assert (reading.status, reading.reason, row_count(reading)) == (FileStatus.READ, None, SECONDS)


@pytest.mark.parametrize("length", range(0, len(FILE), 7))
def test_cut_file_keeps_every_whole_row(length: int) -> None:
    reading = read_fit(FILE[:length], "run.fit")
    rows_at = FILE.index(struct.pack("<BI", 1, START))
    whole_rows = min(SECONDS, max(0, (length - rows_at) // 10))
    # One moment alone is no run.
    assert row_count(reading) == (whole_rows if whole_rows > 1 else 0)
    assert reading.status is (FileStatus.PARTIAL if whole_rows > 1 else FileStatus.UNREADABLE)
    assert reading.reason


def test_wrong_checksum_keeps_everything_and_says_so() -> None:
    reading = read_fit(FILE[:-1] + bytes((FILE[-1] ^ 0xFF,)), "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.PARTIAL, SECONDS)
    assert reading.reason is not None
    assert "checksum" in reading.reason


def test_missing_checksum_keeps_everything_and_says_so() -> None:
    reading = read_fit(FILE[:-2], "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.PARTIAL, SECONDS)


def test_trailing_bytes_keep_everything_and_say_so() -> None:
    reading = read_fit(FILE + b"\x00" * 37, "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.PARTIAL, SECONDS)
    assert reading.reason == "37 bytes after its end were ignored"


@pytest.mark.parametrize("size", [0, 40, len(FILE) * 3])
def test_wrong_size_in_the_header_loses_no_row(size: int) -> None:
    data = FILE[:4] + struct.pack("<I", size) + FILE[8:]
    reading = read_fit(data, "run.fit")
    assert row_count(reading) == (SECONDS if size != 40 else 0)
    assert reading.status is (FileStatus.PARTIAL if size != 40 else FileStatus.UNREADABLE)


def test_stale_size_with_a_valid_checksum_at_the_end_is_followed_to_the_end() -> None:
    body = FILE[:4] + struct.pack("<I", 40) + FILE[8:-2]
    reading = read_fit(body + struct.pack("<H", crc16.arc(body)), "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.PARTIAL, SECONDS)


def test_twelve_byte_header_is_read() -> None:
    body = b"\x0c" + FILE[1:12] + FILE[14:-2]
    reading = read_fit(body + struct.pack("<H", crc16.arc(body)), "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.READ, SECONDS)


def test_second_file_of_a_chain_is_read_when_the_first_is_cut() -> None:
    later = fit_file(
        [
            FitMessage(0, {0: ("enum", [4])}),
            FitMessage(
                18, {2: ("uint32", [START + 9000]), 5: ("enum", [1]), 7: ("uint32", [60_000])}
            ),
        ]
    )
    reading = read_fit(FILE[: len(FILE) // 2] + later, "run.fit")
    assert reading.status is FileStatus.PARTIAL
    assert [activity.records.height > 10 for activity in reading.activities] == [True, False]


def test_message_without_definition_stops_the_reading_but_keeps_what_came_before() -> None:
    at = FILE.index(struct.pack("<BI", 1, START + 30))
    reading = read_fit(FILE[:at] + b"\x0d" + FILE[at + 1 :], "run.fit")
    assert (reading.status, row_count(reading)) == (FileStatus.PARTIAL, 30)


@pytest.mark.parametrize(
    ("file_type", "word"),
    [
        (2, "settings"),
        (5, "workout"),
        (6, "course"),
        (15, "monitoring"),
        (32, "monitoring"),
        (44, "type 44"),
        (49, "sleep"),
    ],
)
def test_files_that_hold_no_activity_say_what_they_are(file_type: int, word: str) -> None:
    reading = read_fit(small_file(file_type), "thing.fit")
    assert (reading.status, reading.activities) == (FileStatus.NO_ACTIVITY, ())
    assert word in (reading.reason or "")


def test_activity_file_without_session_or_record_holds_no_activity() -> None:
    reading = read_fit(fit_file([FitMessage(0, {0: ("enum", [4])})]), "empty.fit")
    assert reading.status is FileStatus.NO_ACTIVITY


def zipped() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.fit", FILE)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\0" * 900, "zeros"),
        (zipped(), "ZIP"),
        (pickle.dumps({"run": 1}), "pickle"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"nothing of the kind", "run.fit"),
    ],
)
def test_what_is_no_fit_file_is_unreadable_and_named(data: bytes, word: str) -> None:
    reading = read_fit(data, "run.fit")
    assert reading.status is FileStatus.UNREADABLE
    assert word in (reading.reason or "")
    assert not is_fit(data)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_give_a_reading(tail: bytes) -> None:
    assert read_fit(OPEN_HEADER + tail, "x.fit").reason
    assert read_fit(tail, "x.fit").reason


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(14, len(FILE) - 1), st.integers(0, 255)), min_size=1, max_size=20
    )
)
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    data = bytearray(FILE)
    for at, value in changes:
        data[at] = value
    assert isinstance(read_fit(bytes(data), "x.fit"), Reading)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        OPEN_HEADER + b"\x40\0\0\x14\0\0" + b"\0" * 2_000_000,
        OPEN_HEADER + b"\x40\0\0\x14\0\0" * 300_000,
        OPEN_HEADER
        + b"".join(
            struct.pack("<BBBHBBBBBB", 0x40, 0, 0, i % 60_000, 1, 3, 1, 2, 0, 1)
            for i in range(150_000)
        ),
        OPEN_HEADER * 100_000,
        OPEN_HEADER + b"\x40\0\0\x12\0\1\2\4\x86" + struct.pack("<BI", 0, START) * 200_000,
    ],
    ids=[
        "one byte messages",
        "definitions only",
        "ever new definitions",
        "headers only",
        "sessions only",
    ],
)
def test_hostile_file_is_done_in_seconds(data: bytes) -> None:
    began = datetime.now(UTC)
    assert read_fit(data, "x.fit").reason
    assert (datetime.now(UTC) - began).total_seconds() < 15
