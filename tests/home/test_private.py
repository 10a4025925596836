"""Health data are for their owner, or for the group the home names, whatever the umask."""

import errno
import grp
import io
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import RIGHT, SETTINGS, START, home_at, run_fit
from tests.sampled import by_hand
from tightlog.cli.main import main
from tightlog.errors import SettingsError
from tightlog.home import private
from tightlog.home.password import set_password
from tightlog.home.settings import Home, home_folder, settings_in, settings_of
from tightlog.ingest.inbox import keep, keep_path
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.nightly.nights import note_night
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import make_sample_home
from tightlog.warehouse import store

TODAY = date(2026, 5, 7)
GROUP = "nogroup" if "nogroup" in {one.gr_name for one in grp.getgrall()} else "nobody"
IS_ROOT = os.geteuid() == 0


@pytest.fixture(autouse=True)
def umask_put_back() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Modes of everything below a folder by path, links left out."""
    found = {}
    for at, _, names in os.walk(folder):
        for path in (Path(at), *(Path(at, name) for name in names)):
            if not path.is_symlink():
                found[str(path.relative_to(folder))] = stat.S_IMODE(path.stat().st_mode)
    return found


def used(folder: Path) -> Home:
    """A home in which all that writes has written."""
    home = home_folder(str(folder))
    (home.raw / "mine.fit").write_bytes(run_fit())
    (home.raw / "mine.fit").chmod(0o644)
    keep(home, "b.fit", io.BytesIO(run_fit(START.replace(day=5))))
    (folder.parent / "given" / "deep").mkdir(parents=True, exist_ok=True)
    (folder.parent / "given" / "deep" / "c.fit").write_bytes(run_fit(START.replace(day=6)))
    keep_path(home, folder.parent / "given")
    rate(home.journal, 4, Moment(date(2026, 5, 5), None))
    note_night(home, START, None)
    set_password(home, RIGHT)
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    return home


@pytest.mark.parametrize("umask", [0o000, 0o777, *by_hand(0o022, 0o077)])
def test_all_that_tightlog_writes_is_its_owners_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    (tmp_path / "given" / "deep").mkdir(parents=True)
    (tmp_path / "given" / "deep" / "c.fit").write_bytes(run_fit(START.replace(day=6)))
    os.umask(umask if umask != 0o777 else 0o677)
    home = used(tmp_path / "home")
    found = modes(home.folder)
    assert found.pop("data/raw/mine.fit") == 0o644
    folders = {path for path in found if (home.folder / path).is_dir()}
    assert {found[path] for path in folders} == {0o700}
    version = f"data/warehouse/versions/{store.published_version(home).name}"
    written_once = {path for path in found if path.endswith(".parquet")} | {version}
    assert len(written_once) > 1 and {found[path] for path in written_once} == {0o400}
    assert {found[path] for path in found.keys() - folders - written_once} == {0o600}
    assert "data/raw/inbox/given/deep/c.fit" in found and "data/warehouse/nightly.json" in found


@pytest.mark.parametrize("umask", [0o000, *by_hand(0o022)])
def test_exports_and_reports_are_their_owners(tmp_path: Path, umask: int) -> None:
    home = used(tmp_path / "home")
    refresh(home, settings_of(home))
    os.umask(umask)
    folder, report = tmp_path / "out" / "deeper", tmp_path / "sheet.html"
    report.touch(0o666)
    for form in ("parquet", "csv"):
        assert main(["--home", str(home.folder), "export", str(folder), "--format", form]) == 0
    assert main(["--home", str(home.folder), "report", str(report)]) == 0
    assert set(modes(tmp_path / "out").values()) == {0o700, 0o600}
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_the_sample_home_is_its_owners(tmp_path: Path) -> None:
    made = make_sample_home(tmp_path / "sample", date(2026, 5, 10), months=1)
    assert set(modes(made.home).values()) == {0o700, 0o600}


def test_nothing_of_the_sample_lies_ahead(tmp_path: Path) -> None:
    made = make_sample_home(tmp_path / "sample", months=1)
    zone = settings_of(Home(made.home)).zone
    assert made.last_day == datetime.now(zone).date() - timedelta(days=1)


def test_a_report_may_go_to_a_pipe(tmp_path: Path) -> None:
    home = used(tmp_path / "home")
    refresh(home, settings_of(home), today=TODAY)
    done = subprocess.run(
        [sys.executable, "-m", "tightlog", "--home", str(home.folder), "report", "/dev/stdout"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and b"<html" in done.stdout


def test_a_home_of_an_older_tightlog_is_mended_and_the_runners_files_are_not_touched(
    tmp_path: Path,
) -> None:
    home = used(tmp_path / "home")
    (home.raw / "album").mkdir(0o755)
    (home.raw / "album" / "x.fit").write_bytes(run_fit(START.replace(day=7)))
    for folder, _, names in os.walk(home.folder):
        Path(folder).chmod(0o755)
        for name in names:
            if name != "tightlog.duckdb":
                Path(folder, name).chmod(0o444 if name.startswith("wh-") else 0o644)
    (home.warehouse / "outside").symlink_to(tmp_path / "given")
    before = modes(tmp_path / "given")
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    found = modes(home.folder)
    mine = {
        path
        for path in found
        if path.startswith("data/raw/") and path.split("/")[2] not in ("diary", "inbox")
    }
    assert {path: found[path] for path in mine} == {
        "data/raw/mine.fit": 0o644,
        "data/raw/album": 0o755,
        "data/raw/album/x.fit": 0o644,
    }
    written = {
        path: mode
        for path, mode in found.items()
        if path.startswith(("data/warehouse", "data/raw/inbox", "data/raw/diary"))
    }
    assert set(written.values()) == {0o700, 0o600, 0o400}
    assert modes(tmp_path / "given") == before


def test_a_mended_home_is_not_read_again_and_again(tmp_path: Path) -> None:
    home = used(tmp_path / "home")
    version = store.published_version(home)
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    assert store.published_version(home) == version


@pytest.mark.skipif(not IS_ROOT, reason="only root gives files to a group it is not in")
@pytest.mark.parametrize("umask", [0o000, 0o077, *by_hand(0o022)])
def test_the_group_of_a_practice_reads_and_does_not_write(tmp_path: Path, umask: int) -> None:
    home = home_folder(str(tmp_path / "home"))
    home.settings_file.write_text(f'time_zone = "Europe/Zurich"\n[home]\ngroup = "{GROUP}"\n')
    home.settings_file.chmod(0o600)
    home.sample_marker.write_text("{}")
    home.sample_marker.chmod(0o600)
    os.umask(umask)
    used(home.folder)
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    found = modes(home.folder)
    assert found.pop("data/dashboard-password") == 0o600
    assert found[f"data/warehouse/versions/{store.published_version(home).name}"] == 0o440
    assert {
        found[path]
        for path in (
            "data/raw/diary/journal.jsonl",
            "data/raw/inbox/b.fit",
            "data/warehouse/nightly.json",
        )
    } == {0o640}
    folders = [path for path in found if (home.folder / path).is_dir()]
    assert {found[path] for path in folders} == {0o2750}
    loose = [home.settings_file, home.sample_marker]
    assert [(one.stat().st_mode & 0o777, one.stat().st_gid) for one in loose] == [
        (0o640, grp.getgrnam(GROUP).gr_gid)
    ] * 2
    # A history of the nights that was set aside still holds their password.
    aside = home.warehouse / ".prefect.broken-20260504-030000"
    aside.mkdir(mode=0o700)
    (aside / "password").write_text("secret")
    (aside / "password").chmod(0o600)
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    kept = modes(home.folder)
    assert kept[f"data/warehouse/{aside.name}"] == 0o700
    assert kept[f"data/warehouse/{aside.name}/password"] == 0o600
    assert {(home.folder / path).stat().st_gid for path in folders} == {grp.getgrnam(GROUP).gr_gid}
    (home.settings_file).write_text('time_zone = "Europe/Zurich"\n')
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    assert set(modes(home.warehouse).values()) == {0o700, 0o600, 0o400}
    assert [one.stat().st_mode & 0o777 for one in loose] == [0o600, 0o600]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o444])
def test_settings_the_runner_wrote_keep_their_mode_without_a_group(
    tmp_path: Path, mode: int
) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n')
    home.settings_file.chmod(mode)
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    assert stat.S_IMODE(home.settings_file.stat().st_mode) == mode


def test_a_group_this_machine_does_not_have_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match="'no such group' is not a group of this machine"):
        settings_in('[home]\ngroup = "no such group"\n')
    with pytest.raises(SettingsError, match="not a group"):
        settings_in("[home]\ngroup = 7\n")


def test_a_group_that_cannot_be_given_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").touch(0o600)
    monkeypatch.setattr(os, "fchown", refusing(errno.EPERM))
    with open(tmp_path / "a") as file:
        assert not private.change(file.fileno(), 0o640, group=12345)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


@pytest.mark.skipif(not IS_ROOT, reason="only root writes into the homes of others")
def test_what_root_writes_belongs_to_the_owner_of_the_home(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    os.chown(folder, 12345, 12346)
    home = used(folder)
    os.chown(home.warehouse, 0, 0)
    rate(home.journal, 5, Moment(date(2026, 5, 6), None))
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    owners = {
        path: (folder / path).lstat().st_uid
        for path in modes(folder)
        if path != "data/raw/mine.fit"
    }
    assert set(owners.values()) == {12345}


@pytest.mark.skipif(not IS_ROOT, reason="only root writes into the homes of others")
def test_root_is_not_led_out_of_the_home_by_a_link(tmp_path: Path) -> None:
    home = used(tmp_path / "home")
    os.chown(home.folder, 12345, 12345)
    os.chown(home.warehouse, 12345, 12345)
    secret = tmp_path / "secret"
    secret.write_text("of root")
    (home.warehouse / ".writer.lock").unlink()
    (home.warehouse / ".writer.lock").symlink_to(secret)
    os.link(secret, home.warehouse / "other name")
    assert main(["--home", str(home.folder), "refresh"]) == 1
    (home.warehouse / ".writer.lock").unlink()
    refresh(home, settings_of(home), today=TODAY, analysed=False)
    assert (secret.read_text(), secret.stat().st_uid) == ("of root", 0)


def refusing(number: int) -> Callable[..., None]:
    def refused(*_given: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize("number", [errno.EPERM, errno.EROFS, errno.ENOTSUP])
def test_a_file_system_without_modes_hinders_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for name in ("chmod", "fchmod", "chown", "fchown"):
        monkeypatch.setattr(os, name, refusing(number))
    home = home_at(tmp_path / "home", a_fit=run_fit())
    rate(home.journal, 4, Moment(date(2026, 5, 5), None))
    assert refresh(home, SETTINGS, today=TODAY, analysed=False).activities == 1


def test_a_folder_that_cannot_be_flushed_hinders_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = os.fsync

    def refused(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flushed(handle)

    monkeypatch.setattr(os, "fsync", refused)
    home = home_at(tmp_path / "home", a_fit=run_fit())
    assert refresh(home, SETTINGS, today=TODAY, analysed=False).activities == 1


def test_every_file_is_opened_for_writing_in_a_private_way() -> None:
    """A writer that forgets its opener leaves its file to the umask."""
    root = Path(private.__file__).parent
    folders = (root, root.parent.parent / "pipelines", root.parent.parent / "dashboards")
    found = [
        f"{file.name}: {line.strip()}"
        for folder in folders
        for file in folder.rglob("*.py")
        for line in file.read_text().splitlines()
        if is_unguarded(line) and file.name != "dictionary.py"
    ]
    assert found == []


def is_unguarded(line: str) -> bool:
    opens = (
        any(f'"{mode}"' in line for mode in ("w", "a", "x", "wb", "ab", "xb", "a+", "ab+"))
        and "open(" in line
        and "fdopen" not in line
    )
    return (opens and "opener=" not in line) or "write_text(" in line or "write_bytes(" in line
