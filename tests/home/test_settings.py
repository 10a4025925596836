"""The settings: what a value of the wrong kind is told."""

import pytest

from tightlog.errors import SettingsError
from tightlog.home.settings import settings_in


@pytest.mark.parametrize("given", ['"strength"', "1", "[1]", "{}", "true"])
def test_declared_kinds_are_a_list_of_texts_and_never_the_letters_of_one(given: str) -> None:
    assert settings_in('declared = ["strength"]').declared == {"strength"}
    with pytest.raises(SettingsError, match=r"declared is a list of kinds"):
        settings_in(f"declared = {given}")
