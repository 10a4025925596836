import shutil
from pathlib import Path

from tightlog.answers.doctor import checks
from tightlog.answers.doctor.check import Check
from tightlog.home.settings import Home


def check_of_the_zone(home: Home, folder: Path, time_zone: str) -> Check:
    shutil.copytree(home.folder, folder, symlinks=True)
    (folder / "tightlog.toml").write_text(f'time_zone = "{time_zone}"\n', encoding="utf-8")
    return next(check for check in checks(Home(folder)) if check.name == "time zone")


def test_a_zone_the_watch_never_was_in_is_named_with_its_remedy(
    four_months: Home, tmp_path: Path
) -> None:
    check = check_of_the_zone(four_months, tmp_path / "home", "Asia/Tokyo")
    assert not check.is_ok
    assert "Asia/Tokyo, but 60 of your newest 60 recordings were made elsewhere" in check.found
    assert "time_zone" in check.remedy


def test_the_zone_of_the_watch_is_fine(four_months: Home, tmp_path: Path) -> None:
    assert check_of_the_zone(four_months, tmp_path / "home", "Europe/Oslo").is_ok


def test_the_example_is_a_zone_the_watch_was_in_summer_and_winter(
    four_months: Home, tmp_path: Path
) -> None:
    check = check_of_the_zone(four_months, tmp_path / "home", "Asia/Tokyo")
    assert check.remedy.endswith('time_zone = "Europe/Berlin"'), "the clocks of Oslo"
