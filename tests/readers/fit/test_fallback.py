"""Where our own FIT reader stumbles, fitparse reads the same activity; the reason says so."""

from tests.builders import run_fit
from tightlog.domain.file_status import FileStatus
from tightlog.readers.fit import read_fit
from tightlog.readers.fit.fallback import read_by_fitparse

EXACT = (
    "sport",
    "sub_sport",
    "started_at",
    "elapsed_s",
    "moving_s",
    "distance_m",
    "speed_mps",
    "cadence_spm",
    "cadence_rule",
    "cadence_evidence",
    "heart_rate_bpm",
    "utc_offset_s",
)


def test_second_reader_finds_the_same_activity() -> None:
    data = run_fit(minutes=3)
    first, second = read_fit(data, "a.fit"), read_by_fitparse(data, "it stumbled")
    assert second.status is FileStatus.PARTIAL and "second reader: it stumbled" in str(
        second.reason
    )
    for own, other in zip(first.activities, second.activities, strict=True):
        assert {name: getattr(own, name) for name in EXACT} == {
            name: getattr(other, name) for name in EXACT
        }
        assert own.records.equals(other.records)


def test_second_reader_keeps_what_came_before_the_damage() -> None:
    data = run_fit(minutes=3)
    cut = read_by_fitparse(data[: len(data) // 2], "it stumbled")
    assert cut.status is FileStatus.PARTIAL and "the file ends early" in str(cut.reason)
    assert 0 < cut.activities[0].records.height < 181


def test_bytes_no_reader_knows_keep_the_first_reason() -> None:
    assert (
        read_by_fitparse(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT" + bytes(40), "it stumbled").status
        is FileStatus.UNREADABLE
    )
