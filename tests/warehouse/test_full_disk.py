"""A disk without room, or a limit on files: the refresh says which in plain words, leaves nothing
behind, and the old version stays served.
"""

import errno
import os
import resource
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.errors import WarehouseError
from tightlog.home.settings import Home
from tightlog.refresh import drafting as composition
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import DRAFT, draft_connection


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path, first_fit=run_fit())
    refresh(home, SETTINGS)
    return home


@pytest.mark.parametrize(
    "room", ["less than the old version takes", "less than the new version takes"]
)
def test_a_limit_on_files_is_said_and_the_old_version_stays(
    home: Home, room: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = store.published_version(home)
    for day in range(1, 30):
        (home.raw / f"{day}.fit").write_bytes(
            run_fit(START + timedelta(days=day), minutes=60, heart_rate=120 + day)
        )
    measured = old
    if room == "less than the new version takes":
        roomy = home_at(tmp_path_factory.mktemp("roomy"))
        shutil.copytree(home.raw, roomy.raw, dirs_exist_ok=True)
        refresh(roomy, SETTINGS)
        measured = store.published_version(roomy)
    limit = measured.stat().st_size - 4096

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-P", "-m", "tightlog.cli.main", "--home", str(home.folder), "refresh"],
        capture_output=True,
        text=True,
        preexec_fn=with_little_room,
        check=False,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "longer than a file may be here; raise the limit" in done.stderr
    assert "no room" not in done.stderr
    # Nothing of the attempt takes room on the disk.
    assert [place.name for place in (home.warehouse / "versions").iterdir()] == [old.name]
    assert store.published_version(home) == old
    assert store.query(old, "select count(*) from activity").item() == 1
    assert refresh(home, SETTINGS).activities == 30


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
        duckdb.IOException("Could not write file: No space left on device"),
    ],
    ids=["no space", "quota", "said by DuckDB"],
)
def test_a_full_disk_is_said_with_the_room_left(tmp_path: Path, problem: Exception) -> None:
    draft = tmp_path / DRAFT
    with (
        pytest.raises(WarehouseError, match=r"no room for the new version.* MB free"),
        draft_connection(draft),
    ):
        raise problem


@pytest.mark.parametrize(
    ("problem", "told_as", "is_kept"),
    [
        (WarehouseError("no room"), WarehouseError, False),
        (OSError(errno.EIO, "of the disk"), WarehouseError, False),
        (TimeoutError("of the night"), TimeoutError, True),
        (MemoryError(), MemoryError, True),
        (KeyboardInterrupt(), KeyboardInterrupt, True),
    ],
    ids=["warehouse", "disk", "time", "memory", "stopped"],
)
def test_a_draft_stays_only_where_a_file_may_have_stopped_the_refresh(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    problem: BaseException,
    told_as: type[BaseException],
    is_kept: bool,
) -> None:
    def failing(*_given: object) -> None:
        raise problem

    (home.raw / "b.fit").write_bytes(run_fit(START + timedelta(days=1)))
    monkeypatch.setattr(composition, "fill_analysis", failing)
    with pytest.raises(told_as):
        refresh(home, SETTINGS)
    assert (home.warehouse / "versions" / DRAFT).exists() is is_kept
    monkeypatch.undo()
    assert refresh(home, SETTINGS).activities == 2
