"""[share]: what a runner agrees to, and nothing by mistake."""

import pytest

from tightlog.errors import SettingsError
from tightlog.home.sections.share_section import Share
from tightlog.home.settings import settings_in


def test_without_the_section_nothing_is_shared_with_nobody() -> None:
    assert settings_in("").share == Share((), (), False, False)


def test_the_section_names_cohorts_and_parts() -> None:
    text = '[share]\nwith = ["anna"]\nwhat = ["days", "status"]\nrefresh = true\ncompare = true\n'
    assert settings_in(text).share == Share(("anna",), ("status", "days"), True, True)


@pytest.mark.parametrize(
    "line",
    ['with = "anna"', 'what = ["everything"]', "what = true", 'refresh = "yes"', "notes = true"],
)
def test_what_is_not_understood_is_refused_and_not_guessed(line: str) -> None:
    with pytest.raises(SettingsError, match="share"):
        settings_in(f"[share]\n{line}\n")
