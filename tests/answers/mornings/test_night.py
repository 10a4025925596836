"""The night on Today, in doctor and on the sheet for a physiotherapist, from one diary."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import home_at
from tightlog.answers.doctor.wellness_checks import nights_known
from tightlog.answers.mornings.night import words_of
from tightlog.answers.report.facts import ReportFacts, report_facts
from tightlog.answers.report.nights_and_days import nights_and_days
from tightlog.answers.today import today
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.simulation.apple_health.export import AppleExport
from tightlog.simulation.apple_health.nights_planted import PlantedNight
from tightlog.warehouse import store

FIRST, DAYS = date(2026, 3, 2), 30
LAST = FIRST + timedelta(days=DAYS - 1)


def diary(last_night_h: float) -> bytes:
    """Thirty mornings with score, sleep and hours of sitting; the last night is another."""
    slept = [7.0 + 0.25 * (number % 3) for number in range(DAYS - 1)] + [last_night_h]
    lines = [
        f"{FIRST + timedelta(days=number)},morning,2,{hours},{6 + number % 2}"
        for number, hours in enumerate(slept)
    ]
    return "\n".join(["date,moment,tightness,sleep (h),sitting (h)", *lines, ""]).encode()


def refreshed(folder: Path, last_night_h: float) -> Home:
    home = home_at(folder, diary_csv=diary(last_night_h))
    refresh(home, settings_of(home), today=LAST)
    return home


@pytest.fixture(scope="module")
def short_night(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return refreshed(tmp_path_factory.mktemp("short"), 5.5)


@pytest.fixture(scope="module")
def facts(short_night: Home) -> ReportFacts:
    version = store.published_version(short_night)
    return report_facts(short_night, settings_of(short_night), version, (FIRST, LAST))


def night_of(home: Home, day: date) -> str | None:
    return today(home, store.published_version(home), day).night


def test_a_night_that_stands_out_is_one_line_on_today(short_night: Home) -> None:
    assert night_of(short_night, LAST) == ("Your night: 5.5 h of sleep, 1.8 h less than usual.")
    assert night_of(short_night, LAST - timedelta(days=1)) is None


def test_a_night_not_known_yet_is_not_spoken_of(short_night: Home) -> None:
    assert night_of(short_night, LAST + timedelta(days=1)) is None


def worn(slept_min: Sequence[int]) -> bytes:
    """Apple's export with these nights from the first day on."""
    nights = [
        PlantedNight(
            datetime(2026, 3, 1, 22, tzinfo=UTC) + timedelta(days=number),
            [("AsleepCore", lasting)],
        )
        for number, lasting in enumerate(slept_min)
    ]
    return AppleExport(nights=nights).zipped()


def test_a_night_is_told_before_the_first_score_of_its_morning(tmp_path: Path) -> None:
    morning = LAST + timedelta(days=1)
    slept_min = [*(420 + 15 * (number % 3) for number in range(DAYS)), 240]
    home = home_at(tmp_path / "home")
    (home.raw / "diary.csv").write_text("date,moment,tightness\n2026-03-31,morning,2\n")
    (home.raw / "health.zip").write_bytes(worn(slept_min))
    refresh(home, settings_of(home), today=morning)
    version = store.published_version(home)
    assert store.query(version, "select max(day) from day").item() == LAST
    assert night_of(home, morning) == "Your night: 4.0 h of sleep, 3.2 h less than usual."


def test_what_is_said_of_an_earlier_night_does_not_hide_that_of_this_morning(
    tmp_path: Path,
) -> None:
    morning = LAST + timedelta(days=1)
    slept_min = [*(420 + 15 * (number % 3) for number in range(DAYS - 3)), 300, 300, 300, 210]
    home = home_at(tmp_path / "home")
    scores = [f"{FIRST + timedelta(days=number)},morning,2" for number in range(DAYS)]
    (home.raw / "diary.csv").write_text("\n".join(["date,moment,tightness", *scores, ""]))
    (home.raw / "health.zip").write_bytes(worn(slept_min))
    refresh(home, settings_of(home), today=morning)
    version = store.published_version(home)
    assert [one["pattern"] for one in today(home, version, morning).matches] == ["R19"]
    assert night_of(home, LAST) is None
    assert night_of(home, morning) == "Your night: 3.5 h of sleep, 3.8 h less than usual."


SLEPT = {"context_sleep_h": 5.1, "sleep_deviation_h": -2.0, "sleep_deviation_sd": -3.0}


@pytest.mark.parametrize(
    ("off_h", "off_sd", "is_told"),
    [
        (-1.0, -2.0, True),
        (1.0, 2.0, True),
        (-0.95, -3.0, False),
        (-3.0, -1.9, False),
    ],
)
def test_a_night_stands_out_by_an_hour_and_by_two_spreads(
    off_h: float, off_sd: float, is_told: bool
) -> None:
    night = SLEPT | {"sleep_deviation_h": off_h, "sleep_deviation_sd": off_sd}
    assert (words_of(night) is not None) == is_told


def test_sleep_and_variability_share_one_line() -> None:
    assert words_of(SLEPT | {"hrv_rmssd_deviation_sd": -2.0}) == (
        "Your night: 5.1 h of sleep, 2 h less than usual; heart-rate variability far below usual."
    )
    assert words_of({"hrv_rmssd_deviation_sd": 2.4}) == (
        "Your night: heart-rate variability far above usual."
    )
    assert words_of({"hrv_rmssd_deviation_sd": 1.9}) is None
    assert words_of({"context_sleep_h": 4.0}) is None


def test_doctor_counts_the_nights_known(short_night: Home, tmp_path: Path) -> None:
    assert nights_known(short_night).found == "30 nights with sleep, the newest of 31 March 2026"
    empty = home_at(tmp_path)
    refresh(empty, settings_of(empty), today=LAST)
    assert nights_known(empty).found.startswith("none known")


def test_the_sheet_has_sleep_and_activity_week_by_week(facts: ReportFacts) -> None:
    section = nights_and_days(facts)
    assert "Sleep and activity" in section and "sleep h" in section and "sitting h" in section
    assert "7.2 (7)" in section
    assert "HRV" not in section and "stress" not in section


def test_the_sheet_says_nothing_of_nights_nobody_knows(
    four_months: Home, four_months_version: Path
) -> None:
    span = (date(2026, 2, 9), date(2026, 5, 10))
    facts = report_facts(four_months, settings_of(four_months), four_months_version, span)
    assert (facts.nights, nights_and_days(facts)) == ((), "")
