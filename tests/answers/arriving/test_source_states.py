"""Doctor says of each source whether it is there, waited for, or was never seen."""

from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tightlog.answers.doctor.arrival_checks import source_folders
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that has read one run from a source."""
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "run.fit").write_bytes(run_fit())
    home = home_at(tmp_path / "home")
    home.settings_file.write_text(f'time_zone = "Europe/Zurich"\nsources = ["{folder}"]\n')
    refresh(home, settings_of(home))
    return home


def test_a_source_that_is_there_is_counted(home: Home) -> None:
    check = source_folders(home)
    assert (check.is_ok, "there; 1 file of it is known" in check.found) == (True, True)


def test_an_unplugged_source_is_waited_for(home: Home, tmp_path: Path) -> None:
    (tmp_path / "phone").rename(tmp_path / "away")
    check = source_folders(home)
    assert (check.is_ok, "waited for" in check.found) == (True, True)


def test_an_emptied_source_is_a_problem_with_a_remedy(home: Home, tmp_path: Path) -> None:
    (tmp_path / "phone" / "run.fit").unlink()
    check = source_folders(home)
    assert (check.is_ok, "rebuild" in check.remedy) == (False, True)


def test_a_source_never_seen_may_be_misspelt(home: Home, tmp_path: Path) -> None:
    home.settings_file.write_text(f'sources = ["{tmp_path}/fone"]\n')
    check = source_folders(home)
    assert (check.is_ok, "tightlog.toml" in check.remedy) == (False, True)


def test_a_first_score_is_taken_though_data_raw_holds_nothing(home: Home) -> None:
    from tightlog.answers.actions.entries import give_score, moment

    assert give_score(home, 3, moment(home, None)).entry_id
