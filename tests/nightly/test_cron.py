"""A cron means the same nights to tightlog, to systemd and to Prefect."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tightlog.errors import SettingsError
from tightlog.nightly.cron import calendar_expressions, cron, next_after

ZURICH = ZoneInfo("Europe/Zurich")
MOMENT = datetime(2026, 5, 4, 12, 0, tzinfo=ZURICH)  # a Monday


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("30 3 * * *", datetime(2026, 5, 5, 3, 30, tzinfo=ZURICH)),
        ("0 12 * * *", datetime(2026, 5, 5, 12, 0, tzinfo=ZURICH)),
        ("15,45 12 * * *", datetime(2026, 5, 4, 12, 15, tzinfo=ZURICH)),
        ("*/20 13-14 * * *", datetime(2026, 5, 4, 13, 0, tzinfo=ZURICH)),
        ("0 3 * * sun", datetime(2026, 5, 10, 3, 0, tzinfo=ZURICH)),
        ("0 3 * * 7", datetime(2026, 5, 10, 3, 0, tzinfo=ZURICH)),
        ("0 3 1 jun *", datetime(2026, 6, 1, 3, 0, tzinfo=ZURICH)),
        ("0 3 15 * fri", datetime(2026, 5, 8, 3, 0, tzinfo=ZURICH)),
        ("0 3 29 2 *", datetime(2028, 2, 29, 3, 0, tzinfo=ZURICH)),
        ("5/20 23 * * *", datetime(2026, 5, 4, 23, 5, tzinfo=ZURICH)),
    ],
)
def test_next_time_is_the_first_after_the_moment(text: str, due: datetime) -> None:
    assert next_after(MOMENT, cron(text)) == due


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("@daily", datetime(2026, 5, 5, 0, 0, tzinfo=ZURICH)),
        ("@WEEKLY", datetime(2026, 5, 10, 0, 0, tzinfo=ZURICH)),
        ("0 3 L * *", datetime(2026, 5, 31, 3, 0, tzinfo=ZURICH)),
        ("0 3 * * mon#1", datetime(2026, 6, 1, 3, 0, tzinfo=ZURICH)),
    ],
)
def test_words_prefect_knows_beside_the_fields_are_read(text: str, due: datetime) -> None:
    assert next_after(MOMENT, cron(text)) == due


@pytest.mark.parametrize(
    "text",
    [
        "0 3 31 2 *",
        "0 3 30 2 *",
        "61 25 * * *",
        "0 3 31 4,6 *",
        "@reboot",
        "* * * * * *",
        "0 3 * * 8",
        "0 3 1-31 * mon",
    ],
)
def test_cron_that_is_never_due_or_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"nightly\.cron"):
        cron(text)


def test_hour_the_clocks_repeat_comes_once() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZURICH)
    first = next_after(before, cron("30 2 * * *"))
    assert first.isoformat() == "2026-10-25T02:30:00+02:00"
    assert next_after(first, cron("30 2 * * *")).isoformat() == "2026-10-26T02:30:00+01:00"


def test_hour_the_clocks_jump_over_comes_an_hour_later() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=ZURICH)
    due = next_after(before, cron("30 2 * * *"))
    assert due.isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("30 3 * * *", ("*-*-* 03:30:00 Europe/Zurich",)),
        ("0,30 2-4 * * mon-fri", ("Mon,Tue,Wed,Thu,Fri *-*-* 02,03,04:00,30:00 Europe/Zurich",)),
        ("0 3 1 */6 *", ("*-01,07-01 03:00:00 Europe/Zurich",)),
        ("0 3 1 * sun", ("*-*-01 03:00:00 Europe/Zurich", "Sun *-*-* 03:00:00 Europe/Zurich")),
    ],
)
def test_systemd_is_told_the_same_times(text: str, expressions: tuple[str, ...]) -> None:
    assert calendar_expressions(cron(text), "Europe/Zurich") == expressions


@pytest.mark.parametrize(
    "text",
    [
        "every night",
        "30 3 * *",
        "0 30 3 * * *",
        "60 3 * * *",
        "0 3 L * *",
        "0 3 * * mon#1",
        "0 3 5-2 * *",
        "0 3 * * */0",
        "0 3 */2 * mon",
        "",
        "0 3 *-5 * *",
    ],
)
def test_what_cannot_be_converted_is_said(text: str) -> None:
    with pytest.raises(SettingsError, match=r"nightly\.cron"):
        calendar_expressions(cron(text), "Europe/Zurich")
