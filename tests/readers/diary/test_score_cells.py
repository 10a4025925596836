"""What a score cell says besides its number, and columns whose numbers are no scores."""

from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")


def column(
    cells: list[str], header: str = "back tightness", mapping: DiaryMapping | None = None
) -> Reading:
    """The reading of a table with these cells under the header, a day each."""
    rows = [f"2026-05-{day:02d};{cell}" for day, cell in enumerate(cells, start=1)]
    return read_diary("\n".join([f"date;{header}", *rows]).encode(), "a.csv", ZURICH, mapping)


def points(cells: list[str], header: str = "back tightness") -> list[float]:
    return [one.score for one in column(cells, header).scores]


@pytest.mark.parametrize(
    "cell", ["-", "–", "—", "n/a", "N/A", "#N/A", "nan", "k.A.", "?", "...", "/"]
)
def test_what_stands_for_nothing_is_an_empty_cell(cell: str) -> None:
    found = column(["3", cell, "4"])
    assert [one.score for one in found.scores] == [3, 4] and found.status is FileStatus.READ


@pytest.mark.parametrize("cell", ["🙂", "***", "+++", ":-)", "x", "3->5", "~3"])
def test_signs_that_say_something_are_named(cell: str) -> None:
    found = column(["3", cell, "4"])
    assert len(found.scores) == 2 and repr(cell) in (found.reason or "")


def test_the_side_that_is_noted_counts_beside_a_dash() -> None:
    text = "date,left lower back,right lower back\n2026-05-16,7,-\n"
    assert [one.score for one in read_diary(text.encode(), "a.csv", ZURICH).scores] == [7]


def test_words_beside_a_number_say_when_and_where() -> None:
    found = column(["3 after the run", "4 evening", "6 knee", "5 after work", "2 ok"])
    assert [(one.score, one.moment) for one in found.scores] == [
        *((3, "after"), (4, "evening"), (5, "not_understood"), (2, "unknown")),
    ]
    assert "'6 knee' is not about the lower back alone" in (found.reason or "")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        *(("Back pain VAS (mm)", 0.8), ("Back pain VAS mm", 0.8), ("Back pain VAS (cm)", 8)),
        *(("Back (10 = great)", 2), ("Back (10 = no pain)", 2), ("Back (10 = worst)", 8)),
        *(("Back [1 low - 10 high]", 7.7778), ("Back (max 10)", 8), ("Back (0 bad, 10 good)", 2)),
        ("On a scale of 0-100, how tight is your back?", 0.8),
    ],
)
def test_one_end_or_a_length_gives_the_scale(header: str, expected: float) -> None:
    assert points(["8"], header) == [expected]


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Back (higher is better)",
            "Back (high = good)",
            "Rücken (hoch = gut)",
            "Rücken (Schulnote)",
            "Back (7 points)",
        ),
        *("Back (lower is worse)", "Back (1 = very tight)"),
    ],
)
def test_a_scale_that_runs_down_in_words_is_asked_about(header: str) -> None:
    found = column(["8", "7"], header)
    assert found.status is FileStatus.UNREADABLE and "scale" in (found.reason or "")
    mapped = column(["8", "7"], header, DiaryMapping("a.csv", score=header, scale=(10, 0)))
    assert [one.score for one in mapped.scores] == [2, 3]


def test_yes_and_no_are_no_scores() -> None:
    for cells in (["yes", "no", "no"], ["ja", "nein"], ["true", "false"]):
        found = column(cells)
        assert found.scores == ()
        assert found.status is not FileStatus.READ
    assert points(["none", "3", "x"]) == [0, 3]


def test_nothing_but_zeros_and_ones_is_asked_about() -> None:
    five = ["0", "1", "0", "0", "1"]
    assert points(five[:4]) == [0, 1, 0, 0]
    assert "0 and 1" in (column(five).reason or "")
    assert points([*five, "2"]) == [0, 1, 0, 0, 1, 2]
    assert points(["0"] * 9) == [0] * 9
    assert points(five, "back tightness (0-10)") == [0, 1, 0, 0, 1]
    assert len(column(five, mapping=DiaryMapping("a.csv", scale=(0, 10))).scores) == 5


def test_so_many_shares_of_one_are_asked_about() -> None:
    assert points(["0.3", "0.4"]) == [0.3, 0.4]
    assert "percents" in (column(["0.3", "0.4", "0.5"]).reason or "")


def test_two_numbers_in_a_cell_are_no_scale() -> None:
    assert "two numbers" in (column(["3/5", "5/3", "4/4"]).reason or "")
    assert "two numbers" in (column(["3/5", "4/5"], "back tightness (AM/PM)").reason or "")
    assert points(["3/5", "4/5"]) == [6, 8]


@pytest.mark.parametrize(("width", "is_read"), [(1, True), (2, True), (2.5, False), (3, False)])
def test_only_a_narrow_range_is_a_score(width: float, is_read: bool) -> None:
    assert points([f"3-{3 + width:g}"]) == ([3 + width / 2] if is_read else [])
