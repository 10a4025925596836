"""The settings: whether they can be read, the time of the nightly run, and the time zone."""

import tomllib
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from tightlog.answers.doctor.check import Check, access_remedy
from tightlog.errors import SettingsError, TightlogError
from tightlog.home.settings import Home, settings_of
from tightlog.language.catalogue import phrase
from tightlog.nightly.cron import cron
from tightlog.warehouse import store

# Fewer recordings in another zone are a trip.
FEWEST_ELSEWHERE = 10
EXAMPLE_ZONE = "Europe/Zurich"
# Named before others that fit as well: names that a runner there knows.
CITY_ZONES = (
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)


def settings(home: Home) -> Check:
    """Whether tightlog.toml can be read and used."""
    try:
        found = phrase("time zone {time_zone}", time_zone=settings_of(home).time_zone)
    except TightlogError as problem:
        return Check(
            "settings",
            False,
            str(problem),
            phrase("correct {settings_file}", settings_file=home.settings_file),
        )
    except OSError as problem:
        found = phrase(
            "{settings_file} cannot be opened ({strerror})",
            settings_file=home.settings_file,
            strerror=problem.strerror,
        )
        return Check("settings", False, found, access_remedy(home.settings_file))
    return Check("settings", True, found)


def nightly_time(home: Home) -> Check:
    """Whether the cron of the nightly run names times that exist."""
    try:
        text = settings_of(home).cron
    except (TightlogError, OSError):
        return Check("nightly time", True, phrase("not checked: the settings cannot be read"))
    try:
        cron(text)
    except SettingsError as problem:
        return Check(
            "nightly time",
            False,
            str(problem),
            phrase(
                'write to {settings_file}, under [nightly]: cron = "30 3 * * *"',
                settings_file=home.settings_file,
            ),
        )
    return Check("nightly time", True, phrase("cron {text}", text=text))


def time_zone(home: Home) -> Check:
    """Whether scores are given their hour in the time zone of the watch."""
    try:
        chosen = settings_of(home)
    except (TightlogError, OSError):
        return Check("time zone", True, phrase("not checked: the settings cannot be read"))
    rows = _recent_offsets(home)
    elsewhere = _made_elsewhere(rows, chosen.zone)
    if len(elsewhere) >= FEWEST_ELSEWHERE and 2 * len(elsewhere) > len(rows):
        most_s = max(set(elsewhere), key=elsewhere.count)
        return Check(
            "time zone",
            False,
            phrase(
                "{time_zone}, but {elsewhere} of your newest {rows} recordings were made "
                "elsewhere, most at UTC{most_s:+g}: scores given there get the wrong hour",
                time_zone=chosen.time_zone,
                elsewhere=len(elsewhere),
                rows=len(rows),
                most_s=most_s / 3600,
            ),
            phrase("if you live there, {remedy}", remedy=_remedy(home, _zone_of(rows))),
        )
    is_seen = bool(rows) and 2 * len(elsewhere) <= len(rows)
    if chosen.time_zone in ("UTC", "Etc/UTC") and not _is_zone_set(home) and not is_seen:
        return Check(
            "time zone",
            False,
            phrase(
                "none is set, and this machine has none, so UTC is used: scores and runs near "
                "midnight may fall on the wrong day"
            ),
            _remedy(home, EXAMPLE_ZONE),
        )
    as_seen = (
        phrase("as most of your recordings") if rows else phrase("no recording to compare with")
    )
    return Check("time zone", True, f"{chosen.time_zone}, {as_seen}")


def _remedy(home: Home, example: str) -> str:
    return phrase(
        'write the zone you live in to {settings_file}, such as time_zone = "{example}"',
        settings_file=home.settings_file,
        example=example,
    )


def _zone_of(rows: list[tuple[Any, ...]]) -> str:
    """The zone whose clocks most of these recordings were made by, summer time included; of a
    large city where one fits as well.
    """
    zones = (*CITY_ZONES, *sorted(available_timezones()))
    return max(zones, key=lambda name: len(rows) - len(_made_elsewhere(rows, ZoneInfo(name))))


def _made_elsewhere(rows: list[tuple[Any, ...]], zone: ZoneInfo) -> list[int]:
    """Offsets in s of the recordings made where the clocks do not show the time of the zone."""
    return [
        offset_s
        for started_at, offset_s in rows
        if started_at.astimezone(zone).utcoffset() != timedelta(seconds=offset_s)
    ]


def _recent_offsets(home: Home) -> list[tuple[Any, ...]]:
    try:
        return store.answer(store.published_version(home), "recent_offsets").rows()
    except TightlogError:
        return []


def _is_zone_set(home: Home) -> bool:
    if not home.settings_file.exists():
        return False
    return "time_zone" in tomllib.loads(home.settings_file.read_text(encoding="utf-8-sig"))
