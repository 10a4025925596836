"""Settings of arrivals: what is wrong is named, and no secret is taken for a name."""

from datetime import date, time

import pytest

from tightlog.errors import SettingsError
from tightlog.home.settings import settings_in


def test_nothing_arrives_by_itself_until_it_is_asked_for() -> None:
    settings = settings_in("")
    assert (settings.sources, settings.fetches, settings.remind) == ((), (), None)


def test_sources_are_kept_as_written_but_for_slashes() -> None:
    text = 'sources = ["~/Sync//phone/", "//media/x/GARMIN/./Activity"]'
    assert settings_in(text).sources == ("~/Sync/phone", "/media/x/GARMIN/Activity")


@pytest.mark.parametrize(
    "text",
    [
        'sources = "~/Sync"',
        "sources = [1]",
        'sources = ["Sync/phone"]',
        'sources = ["~other/Sync"]',
        'sources = ["/"]',
        'sources = ["~/"]',
        'sources = ["~/a/../b"]',
        'sources = ["~/a", "~/a/b"]',
        'sources = ["~/a", "~/a/"]',
    ],
)
def test_a_source_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="source"):
        settings_in(text)


def test_a_service_and_a_command_are_fetched_under_names_of_their_own() -> None:
    service, command = settings_in(
        '[[fetch]]\nfrom = "intervals.icu"\nsince = 2026-01-01\n'
        '[[fetch]]\nname = "watch"\ncommand = ["cp", "{folder}"]\nminutes = 5\n'
    ).fetches
    assert (service.name, service.since) == ("intervals_icu", date(2026, 1, 1))
    assert (command.name, command.command, command.minutes) == ("watch", ("cp", "{folder}"), 5.0)


@pytest.mark.parametrize(
    "text",
    [
        "fetch = 1",
        "[[fetch]]\n",
        '[[fetch]]\nfrom = "strava"',
        '[[fetch]]\nfrom = "polar"\ncommand = ["x"]',
        '[[fetch]]\nfrom = "polar"\nkey = "secret"',
        '[[fetch]]\nfrom = "polar"\nsince = "2026"',
        '[[fetch]]\nfrom = "polar"\nname = "../up"',
        '[[fetch]]\nfrom = "polar"\nname = "remind"',
        '[[fetch]]\nfrom = "polar"\naddress = "http://elsewhere.example"',
        '[[fetch]]\nfrom = "polar"\naddress = "https://user:word@elsewhere.example"',
        '[[fetch]]\nfrom = "intervals.icu"\nathlete = "0/../1"',
        '[[fetch]]\ncommand = ["x"]',
        '[[fetch]]\nname = "x"\ncommand = "x y"',
        '[[fetch]]\nname = "x"\ncommand = ["x"]\nminutes = 0',
        '[[fetch]]\nfrom = "polar"\n[[fetch]]\nfrom = "polar"',
    ],
)
def test_a_fetch_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="fetch"):
        settings_in(text)


def test_a_reminder_has_a_time_and_names() -> None:
    remind = settings_in('[remind]\nat = "20:00"\nto = ["phone"]').remind
    assert remind is not None
    assert (remind.at, remind.to, remind.notices) == (time(20), ("phone",), frozenset())


@pytest.mark.parametrize(
    "text", ['at = "8 pm"', "to = []", 'link = "javascript:x"', 'notices = ["score"]']
)
def test_a_reminder_that_cannot_be_meant_is_refused(text: str) -> None:
    given = text if text.startswith("to") else f'to = ["phone"]\n{text}'
    with pytest.raises(SettingsError, match="remind"):
        settings_in(f"[remind]\n{given}")


def test_an_address_with_its_secret_does_not_belong_into_the_settings() -> None:
    with pytest.raises(SettingsError, match=r"keys\.toml") as refused:
        settings_in('[remind]\nto = ["ntfys://very-secret@host/topic"]')
    assert "very-secret" not in str(refused.value)
