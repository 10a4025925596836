"""Borders of what is taken from a table, each side of every number."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text: str) -> Reading:
    return read_diary(text.encode(), "back.csv", ZURICH)


def scored(cells: list[str]) -> Reading:
    """The reading of a table with these scores, a day each."""
    days = (date(2025, 1, 1) + timedelta(number) for number in range(len(cells)))
    rows = (f"{day},{cell}" for day, cell in zip(days, cells, strict=True))
    return reading("\n".join(["date,back tightness", *rows]))


@pytest.mark.parametrize(
    ("count", "outside", "is_read"),
    # One is a typing error, and so is every twentieth.
    [(2, 1, True), (3, 2, False), (40, 2, True), (39, 2, False), (400, 20, True), (399, 20, False)],
)
def test_border_of_typing_errors(count: int, outside: int, is_read: bool) -> None:
    found = scored(["3"] * (count - outside) + ["33"] * outside)
    assert len(found.scores) == (count - outside if is_read else 0)
    assert found.status is (FileStatus.PARTIAL if is_read else FileStatus.UNREADABLE)


@pytest.mark.parametrize(("count", "is_read"), [(5, False), (6, True)])
def test_border_of_dates_in_order(count: int, is_read: bool) -> None:
    days = ["09/01", "10/01", "11/01", "12/01", "01/02", "02/02"][-count:]
    rows = "".join(f"{day}/2026,3\n" for day in days)
    assert bool(reading(f"date,back tightness\n{rows}").scores) is is_read


@pytest.mark.parametrize(("above", "is_found"), [(11, True), (12, False)])
def test_border_of_lines_above_the_header(above: int, is_found: bool) -> None:
    text = "About,me\n" * above + "date,back tightness\n2026-05-14,3\n"
    assert bool(reading(text).scores) is is_found
