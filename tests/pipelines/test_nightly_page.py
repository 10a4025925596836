"""The page of a nightly run says what was read and why something was not."""

from pathlib import Path

import polars as pl

from pipelines.nightly_page import SHOWN_FILES, nightly_page
from tightlog.refresh.summary import STATUSES, RefreshSummary


def outcome(**files: int) -> RefreshSummary:
    return RefreshSummary(
        dict.fromkeys(STATUSES, 0) | files,
        activities=1234,
        scores=56,
        days=700,
        warehouse=Path("tightlog.duckdb"),
        removed=2,
    )


def source_files(*rows: tuple[str | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        rows, orient="row", schema=dict.fromkeys(("path", "member", "status", "reason"), pl.String)
    )


def test_every_number_of_the_summary_is_on_the_page() -> None:
    page = nightly_page(outcome(read=7, unchanged=1500), source_files())
    assert "| read | 7 |" in page
    assert "| known before | 1,500 |" in page
    assert "| taken out, no longer there | 2 |" in page
    assert "**1,234** activities, **56** tightness scores, **700** days" in page


def test_an_unreadable_file_is_named_with_its_reason_and_others_are_not() -> None:
    page = nightly_page(
        outcome(),
        source_files(
            ("a.fit", None, "unreadable", "ends early"),
            ("b.zip", "c.fit", "unreadable", "no header"),
            ("fine.fit", None, "read", None),
        ),
    )
    assert "| a.fit | ends early |" in page
    assert "| b.zip > c.fit | no header |" in page
    assert "fine.fit" not in page


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    page = nightly_page(
        outcome(),
        source_files(
            *(
                (f"{number:03}.fit", None, "unreadable", "empty")
                for number in range(SHOWN_FILES + 5)
            )
        ),
    )
    assert page.count("| empty |") == SHOWN_FILES
    assert "5 more" in page


def test_a_file_name_cannot_break_the_table() -> None:
    page = nightly_page(outcome(), source_files(("a|b\n<img>.fit", None, "unreadable", "empty")))
    assert "| a\\|b &lt;img>.fit | empty |" in page
