"""The register of pairs in tightlog.toml: what it may say, and the reason where it may not."""

from datetime import date

import pytest

from tightlog.errors import SettingsError
from tightlog.home.sections.shoe_sections import Shoe
from tightlog.home.settings import settings_in

ZONE = 'time_zone = "Europe/Zurich"\n'


def test_a_pair_has_its_kilometres_and_its_days() -> None:
    text = (
        '[[shoe]]\nname = " blue pair "\nstart_km = 120.5\nfrom = 2026-01-05\n'
        'until = 2026-06-30\ndefault = true\nsport = "trail"\n[[shoe]]\nname = "red"\n'
    )
    assert settings_in(ZONE + text).shoes == (
        Shoe("blue pair", 120_500.0, date(2026, 1, 5), date(2026, 6, 30), True, "trail"),
        Shoe("red"),
    )
    assert settings_in(ZONE).shoes == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[shoe]\nname = "a"', "section of its own"),
        ("shoe = [1]", "section of its own"),
        ("[[shoe]]\nstart_km = 1", "number 1.*name is missing"),
        ('[[shoe]]\nname = "  "', "name must be a text"),
        ("[[shoe]]\nname = 5", "name must be a text"),
        ('[[shoe]]\nname = "a\\u0000b"', "name must be a text"),
        ('[[shoe]]\nname = "a\\u202Eb"', "name must be a text"),
        (f'[[shoe]]\nname = "{"a" * 101}"', "name must be a text"),
        ('[[shoe]]\nname = "a"\nstart_km = -1', "start_km must be"),
        ('[[shoe]]\nname = "a"\nstart_km = nan', "start_km must be"),
        ('[[shoe]]\nname = "a"\nstart_km = inf', "start_km must be"),
        ('[[shoe]]\nname = "a"\nstart_km = "500"', "start_km must be"),
        ('[[shoe]]\nname = "a"\nstart_km = true', "start_km must be"),
        (f'[[shoe]]\nname = "a"\nstart_km = {"9" * 400}', "start_km must be"),
        ('[[shoe]]\nname = "a"\nfrom = "2026-01-01"', "without quotes"),
        ('[[shoe]]\nname = "a"\nuntil = 2026-01-01T08:00:00', "without quotes"),
        ('[[shoe]]\nname = "a"\nfrom = 2026-02-01\nuntil = 2026-01-31', "before from"),
        ('[[shoe]]\nname = "a"\ndefault = "yes"', "true or false"),
        ('[[shoe]]\nname = "a"\nsport = "trial"', "sport is one of running, trail"),
        ('[[shoe]]\nname = "a"\nsport = [1]', "sport is one of"),
        ('[[shoe]]\nname = "a"\nretired = true', "retired is not a setting"),
        ('[[shoe]]\nname = "Blue"\n[[shoe]]\nname = "blue"', "two .* are named 'blue'"),
        (
            '[[shoe]]\nname = "a"\ndefault = true\n[[shoe]]\nname = "b"\ndefault = true',
            "'a' and 'b' are both the default pair for runs",
        ),
    ],
)
def test_what_the_register_cannot_mean_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        settings_in(ZONE + text)


def test_two_default_pairs_in_turn_or_of_two_kinds_are_fine() -> None:
    text = (
        '[[shoe]]\nname = "a"\ndefault = true\n'
        '[[shoe]]\nname = "b"\ndefault = true\nfrom = 2026-05-31\n'
        '[[shoe]]\nname = "c"\ndefault = true\nsport = "trail"\n'
    )
    assert [one.is_default for one in settings_in(ZONE + text).shoes] == [True] * 3
