"""Whatever breaks in a home, doctor names it, and the remedy it gives was tried: afterwards nothing
is wrong.

Each case breaks a real home, runs the command line as a user without the rights of root, applies
the remedy, and runs it again.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import duckdb
import pytest

from tests.answers.doctor.broken_homes import (
    NOBODY,
    as_process,
    as_tester,
    as_user,
    copy_of,
    findings,
    give_to_nobody,
    home_in_order,
    shell,
)
from tests.builders import RIGHT, START, run_fit, settled_here, untyped_gpx
from tightlog.home.settings import Home, settings_of
from tightlog.nightly.nights import (
    CUT_OFF_WORDS,
    SCHEDULE,
    night_under_way,
    note_night,
    note_set_up,
)
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store
from tightlog.words.kinds import TREAT_AS_RUNS

NOW = datetime.now(UTC)
LATER = timedelta(days=3 * 365)


@pytest.fixture(scope="module")
def in_order() -> Iterator[Home]:
    with home_in_order() as made:
        yield made


@pytest.fixture
def home(in_order: Home) -> Iterator[Home]:
    """A copy of its own of a home in order."""
    with copy_of(in_order) as made:
        yield made


def test_nothing_is_wrong_with_a_home_in_order(home: Home) -> None:
    assert findings(home) == {}


class Case(NamedTuple):
    """What is done to a home, the check that must see it, what it must say, and the remedy it
    must give and that is applied.
    """

    broken: Callable[[Home], object]
    check: str
    found: str
    remedy: str
    cure: Callable[[Home, str], object]


def refreshed(home: Home, _remedy: str) -> None:
    done = as_user(home, "refresh")
    assert done.returncode == 0, done.stderr


def rebuilt(home: Home, _remedy: str) -> None:
    done = as_user(home, "rebuild")
    assert done.returncode == 0, done.stderr


def first_command(remedy: str) -> str:
    return re.split(r"; |: (?=mv )", remedy.removeprefix("move them out: "))[0]


def in_shell(home: Home, remedy: str) -> None:
    shell(home, first_command(remedy))


def moved_and_refreshed(home: Home, remedy: str) -> None:
    in_shell(home, remedy)
    refreshed(home, remedy)


def settings_written(text: str) -> Callable[[Home, str], object]:
    def written(home: Home, _remedy: str) -> None:
        home.settings_file.write_text(text)
        give_to_user(home)

    return written


def moved_and_settings_written(home: Home, remedy: str) -> None:
    in_shell(home, remedy)
    settings_written(SETTINGS)(home, remedy)


def journal_closed(home: Home) -> None:
    as_user(home, "rate", "3")
    home.journal.chmod(0)


def folder_at(place: str) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        path = home.folder / place
        if path.is_symlink() or path.is_file():
            path.unlink()
        (path / "in it").mkdir(parents=True)
        give_to_user(home)

    return broken


def give_to_user(home: Home) -> None:
    if os.geteuid() == 0:
        give_to_nobody(home.folder)


def closed(place: str, mode: int = 0) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        path = home.folder / place
        if not path.exists():
            path.mkdir()
            give_to_user(home)
        path.chmod(mode)

    return broken


def write(place: str, content: bytes) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        (home.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (home.folder / place).write_bytes(content)
        give_to_user(home)

    return broken


def foreign_version(home: Home) -> None:
    shutil.copy(
        store.published_version(home), home.warehouse / "versions" / "wh-000001 (copy).duckdb"
    )
    shutil.copy(
        store.published_version(home),
        home.warehouse / "versions" / "wh-000001.sync-conflict-20260531-1.duckdb",
    )
    (home.warehouse / "versions" / "wh-000009.duckdb").mkdir()
    give_to_user(home)


def all_moved(home: Home, remedy: str) -> None:
    shell(home, remedy.removeprefix("move them out: "))


def no_versions(home: Home) -> None:
    shutil.rmtree(home.warehouse / "versions")


def version_content(content: bytes) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        version = store.published_version(home)
        version.chmod(0o644)
        version.write_bytes(content)

    return broken


def link_to(target: str) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        home.database.unlink()
        home.database.symlink_to(target)

    return broken


def folder_not_to_be_entered(home: Home) -> None:
    write("data/raw/2025/b.fit", run_fit(START + timedelta(days=1)))(home)
    closed("data/raw/2025", 0o400)(home)


def pipe_at(place: str) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        (home.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (home.folder / place).unlink(missing_ok=True)
        os.mkfifo(home.folder / place)
        give_to_user(home)

    return broken


def journal_linked_nowhere(home: Home) -> None:
    home.journal.parent.mkdir(exist_ok=True)
    home.journal.symlink_to("/gone/journal.jsonl")
    give_to_user(home)


def copy_of_journal_closed(home: Home) -> None:
    as_user(home, "rate", "3")
    copy = home.journal.with_name("journal 2.jsonl")
    shutil.copy(home.journal, copy)
    give_to_user(home)
    copy.chmod(0)


def emptied(home: Home) -> None:
    for file in home.raw.glob("*.fit"):
        file.unlink()


def no_raw(home: Home) -> None:
    home.raw.rename(home.folder / "elsewhere")


def raw_back(home: Home, _remedy: str) -> None:
    (home.folder / "elsewhere").rename(home.raw)


def far_too_large_a_version(home: Home) -> None:
    version = store.published_version(home)
    version.chmod(0o644)
    os.truncate(version, 8 * 2**40)


def scheduled_and_gone(home: Home) -> None:
    note_set_up(home, SCHEDULE)
    note_night(home, NOW, None)
    give_to_user(home)


def last_night_failed(home: Home) -> None:
    note_night(home, NOW, "no room on the disk")
    give_to_user(home)


def last_night_cut_off(home: Home) -> None:
    with night_under_way(home):
        pass
    give_to_user(home)


def last_night_to_come(home: Home) -> None:
    note_night(home, NOW, None)
    written = json.loads(home.nights_file.read_text())
    written |= dict.fromkeys(("began_at", "ended_at", "done_at"), (NOW + LATER).isoformat())
    home.nights_file.write_text(json.dumps(written))
    give_to_user(home)


def night_noted(home: Home, _remedy: str) -> None:
    note_night(home, NOW, None)
    give_to_user(home)


def record_deleted(home: Home, _remedy: str) -> None:
    home.nights_file.unlink()


def newest_run_to_come(home: Home) -> None:
    version = store.published_version(home)
    version.chmod(0o644)
    with duckdb.connect(str(version)) as connection:
        connection.execute("update activity set started_at = started_at + interval 3 year")
    give_to_user(home)


def refreshed_with_clock_ahead(home: Home) -> None:
    code = (
        "import sys, datetime as d\nfrom pathlib import Path\n"
        "from tightlog.refresh import filling, refresh as r\n"
        "from tightlog.home.settings import Home, settings_of\n"
        "class Ahead(d.datetime):\n    @classmethod\n    def now(cls, tz=None): return "
        "d.datetime.now(tz) + d.timedelta(days=900)\n"
        "r.datetime = filling.datetime = Ahead\nhome = Home(Path(sys.argv[1]))\n"
        "r.refresh(home, settings_of(home))"
    )
    subprocess.run([sys.executable, "-c", code, str(home.folder)], check=True)
    give_to_user(home)


def without_kind(home: Home) -> None:
    for number in range(4):
        (home.raw / f"{number}.gpx").write_bytes(untyped_gpx(START + timedelta(days=number + 1)))
    refresh(home, settings_of(home))
    give_to_user(home)


def kinds_given(home: Home, _remedy: str) -> None:
    words = TREAT_AS_RUNS.removeprefix("tightlog ").split()
    assert as_user(home, *words).returncode == 0
    refreshed(home, _remedy)


def torn_files(home: Home) -> None:
    for number in range(2):
        (home.raw / f"torn-{number}.fit").write_bytes(run_fit()[:20] + bytes([number]))
    refresh(home, settings_of(home))
    give_to_user(home)


def torn_removed(home: Home, _remedy: str) -> None:
    for file in home.raw.glob("torn-*"):
        file.unlink()
    refreshed(home, _remedy)


def no_zone(home: Home) -> None:
    home.settings_file.unlink()
    shutil.rmtree(home.warehouse)
    home.warehouse.mkdir()
    (home.raw / "a.fit").unlink()
    (home.raw / "scores.csv").write_text("timestamp,score\n2026-05-05T07:00:00,3\n")
    refresh(home, settings_of(home))
    give_to_user(home)


def password_set(home: Home, _remedy: str) -> None:
    assert as_user(home, "dashboard", "--set-password", text=f"{RIGHT}\n").returncode == 0


def folder_moved_password_set(home: Home, remedy: str) -> None:
    in_shell(home, remedy)
    password_set(home, remedy)


def journal_line(home: Home) -> None:
    assert as_user(home, "rate", "3").returncode == 0
    with open(home.journal, "ab") as file:
        file.write(b'{"kind": "rate", "score": \n')


def line_removed(home: Home, _remedy: str) -> None:
    home.journal.write_bytes(home.journal.read_bytes().splitlines(keepends=True)[0])


def history_at(name: str) -> Callable[[Home], object]:
    def broken(home: Home) -> None:
        home.prefect.mkdir(exist_ok=True)
        database = home.prefect / "prefect.db"
        if name == "folder":
            database.mkdir()
        elif name == "file":
            home.prefect.rmdir()
            home.prefect.write_text("a file")
        else:
            with closing(sqlite3.connect(database)) as connection:
                connection.execute("create table flow_run (id text)")
                connection.executemany("insert into flow_run values (?)", [("x" * 500,)] * 100)
                connection.commit()
            content = database.read_bytes()
            database.write_bytes(
                {
                    "random": os.urandom(len(content)),
                    "truncated": content[:9000],
                    "text": b"not a database" * 99,
                }[name]
            )
        give_to_user(home)

    return broken


def run_once(home: Home, _remedy: str) -> None:
    done = as_tester(home, "schedule", "--once")
    assert done.returncode == 0, done.stderr
    give_to_user(home)


SETTINGS = 'time_zone = "Europe/Zurich"\n'
CASES = {
    "versions deleted": Case(
        no_versions, "warehouse", "no warehouse", "tightlog refresh", refreshed
    ),
    "link dangling": Case(
        link_to("versions/wh-000077.duckdb"),
        "warehouse",
        "no warehouse",
        "tightlog refresh",
        refreshed,
    ),
    "link loops": Case(link_to("tightlog.duckdb"), "warehouse", "", "tightlog refresh", refreshed),
    "link is a folder": Case(
        folder_at("data/warehouse/tightlog.duckdb"),
        "warehouse",
        "is a folder",
        "mv ",
        moved_and_refreshed,
    ),
    "warehouse truncated": Case(
        version_content(b"x" * 5000), "warehouse", "cannot be opened", "tightlog", refreshed
    ),
    "warehouse empty": Case(version_content(b""), "warehouse", "", "tightlog", refreshed),
    "folder in the way of the next link": Case(
        folder_at("data/warehouse/tightlog.duckdb.new"), "places", "is a folder", "mv ", in_shell
    ),
    "folder in the way of the draft": Case(
        folder_at("data/warehouse/versions/draft.duckdb.tmp"),
        "places",
        "is a folder",
        "mv ",
        in_shell,
    ),
    "writer lock is a folder": Case(
        folder_at("data/warehouse/.writer.lock"),
        "places",
        "is a folder",
        "mv ",
        moved_and_refreshed,
    ),
    "foreign files among the versions": Case(
        foreign_version, "versions", "wh-000001 (copy).duckdb", "mv ", all_moved
    ),
    "settings not UTF-8": Case(
        write("tightlog.toml", b"\xff\xfet\x00"),
        "settings",
        "save it as UTF-8",
        "correct",
        settings_written(SETTINGS),
    ),
    "settings not TOML": Case(
        write("tightlog.toml", b"time_zone = "),
        "settings",
        "not TOML",
        "correct",
        settings_written(SETTINGS),
    ),
    "settings a folder": Case(
        folder_at("tightlog.toml"),
        "places",
        "is a folder",
        "mv ",
        moved_and_settings_written,
    ),
    "settings closed": Case(
        closed("tightlog.toml"), "settings", "cannot be opened", "chmod", in_shell
    ),
    "zone unknown": Case(
        write("tightlog.toml", b'time_zone = "Europe/Zug"'),
        "settings",
        "is not a zone",
        "correct",
        settings_written(SETTINGS),
    ),
    "no zone set": Case(
        no_zone, "time zone", "UTC is used", "time_zone", settings_written(SETTINGS)
    ),
    "cron impossible": Case(
        write("tightlog.toml", b'time_zone = "Europe/Zurich"\n[nightly]\ncron = "61 25 * * *"\n'),
        "nightly time",
        "no such minute",
        'cron = "30 3 * * *"',
        settings_written(SETTINGS + '[nightly]\ncron = "30 3 * * *"\n'),
    ),
    "cron never due": Case(
        write("tightlog.toml", b'time_zone = "Europe/Zurich"\n[nightly]\ncron = "0 3 31 2 *"\n'),
        "nightly time",
        "cannot be used",
        'cron = "30 3 * * *"',
        settings_written(SETTINGS),
    ),
    "warehouse folder not writable": Case(
        closed("data/warehouse", 0o500), "folders", "cannot be written to", "chmod", in_shell
    ),
    "versions folder not writable": Case(
        closed("data/warehouse/versions", 0o500),
        "folders",
        "cannot be written to",
        "chmod",
        in_shell,
    ),
    "diary folder not writable": Case(
        closed("data/raw/diary", 0o500), "folders", "cannot be written to", "chmod", in_shell
    ),
    "data/raw emptied": Case(
        emptied,
        "run files",
        "is empty, but 1 files were known before",
        "tightlog rebuild",
        rebuilt,
    ),
    "data/raw gone": Case(no_raw, "run files", "not there", "connect the disk", raw_back),
    "data/raw not readable": Case(
        closed("data/raw"), "run files", "cannot be opened", "chmod", in_shell
    ),
    "folder of data/raw closed": Case(
        closed("data/raw/2025"), "run files", "2025 (Permission denied)", "chmod", in_shell
    ),
    "folder of data/raw not to be entered": Case(
        folder_not_to_be_entered,
        "run files",
        "2025 (Permission denied)",
        "chmod",
        in_shell,
    ),
    "journal is a folder": Case(
        folder_at("data/raw/diary/journal.jsonl"), "diary", "is a folder", "mv ", in_shell
    ),
    "journal is a pipe": Case(
        pipe_at("data/raw/diary/journal.jsonl"), "diary", "is not a file", "mv ", in_shell
    ),
    "journal a link that leads nowhere": Case(
        journal_linked_nowhere,
        "diary",
        "leads nowhere",
        "connect the disk",
        lambda home, remedy: shell(home, remedy.partition("for good: ")[2]),
    ),
    "copy of the journal closed": Case(
        copy_of_journal_closed, "diary", "journal 2.jsonl", "journal 2.jsonl", in_shell
    ),
    "settings a pipe": Case(
        pipe_at("tightlog.toml"),
        "places",
        "is not a file",
        "mv ",
        moved_and_settings_written,
    ),
    "writer lock a pipe": Case(
        pipe_at("data/warehouse/.writer.lock"), "places", "is not a file", "mv ", in_shell
    ),
    "record of the nights a pipe": Case(
        pipe_at("data/warehouse/nightly.json"), "nights", "cannot be read", "mv ", in_shell
    ),
    "password file a pipe": Case(
        pipe_at("data/dashboard-password"),
        "password",
        "not a file",
        "mv ",
        folder_moved_password_set,
    ),
    "journal unreadable": Case(
        journal_closed,
        "diary",
        "cannot be opened (Permission denied)",
        "chmod",
        in_shell,
    ),
    "journal line torn": Case(
        journal_line, "diary", "1 unreadable", "correct or delete", line_removed
    ),
    "password file broken": Case(
        write("data/dashboard-password", b"{"),
        "password",
        "cannot be read",
        "--set-password",
        password_set,
    ),
    "password file a folder": Case(
        folder_at("data/dashboard-password"),
        "password",
        "is a folder",
        "mv ",
        folder_moved_password_set,
    ),
    "room for less than three versions": Case(
        far_too_large_a_version, "disk", "a refresh may need", "free some space", rebuilt
    ),
    "schedule set up and nothing running": Case(
        scheduled_and_gone, "nights", "last nightly run", "tightlog schedule", record_deleted
    ),
    "last night failed": Case(
        last_night_failed, "nights", "no room on the disk", "--once", night_noted
    ),
    "last night cut off": Case(
        last_night_cut_off, "nights", "was interrupted", "--once", night_noted
    ),
    "last night to come": Case(
        last_night_to_come, "nights", "the last nightly run was", "clock", night_noted
    ),
    "record of the nights torn": Case(
        write("data/warehouse/nightly.json", b"{"), "nights", "cannot be read", "mv ", in_shell
    ),
    "newest recording to come": Case(
        newest_run_to_come, "clock", "the newest recording is from", "set the clock", rebuilt
    ),
    "last refresh to come": Case(
        refreshed_with_clock_ahead, "clock", "the last refresh was on", "rebuild", rebuilt
    ),
    "half without a kind": Case(
        without_kind, "kinds", "activities may be runs", "--sport running", kinds_given
    ),
    "a fifth unreadable": Case(
        torn_files, "files", "could not be read", "take them out", torn_removed
    ),
    "lock read-only": Case(
        lambda home: (home.warehouse / ".writer.lock").chmod(0o444),
        "places",
        "no permission",
        "chmod",
        in_shell,
    ),
}
HISTORIES = ("random", "truncated", "text", "folder", "file")


# Each check of doctor by the first of its cases; the others when everything is measured.
OF_EACH_CHECK = {case.check: name for name, case in reversed(CASES.items())}.values()


@pytest.mark.parametrize(
    "name",
    [
        name if name in OF_EACH_CHECK else pytest.param(name, marks=pytest.mark.measure)
        for name in CASES
    ],
)
def test_what_is_broken_is_named_with_a_remedy_that_works(home: Home, name: str) -> None:
    case = CASES[name]
    case.broken(home)
    wrong = findings(home)
    assert case.check in wrong, wrong
    assert case.found in wrong[case.check]["found"]
    assert case.remedy in wrong[case.check]["remedy"]
    case.cure(home, wrong[case.check]["remedy"])
    assert findings(home) == {}


@pytest.mark.parametrize("name", [b"wh \xff\n'1'.duckdb", b"\x1b[2J \\ .txt", b"a\xe2\x80\xae8"])
def test_a_foreign_file_of_any_name_is_moved_by_its_remedy_on_one_line(
    home: Home, name: bytes
) -> None:
    path = os.fsencode(home.warehouse / "versions") + b"/" + name
    with open(path, "wb") as file:
        file.write(b"of somebody")
    give_to_user(home)
    shown = as_user(home, "doctor").stdout
    (line,) = [line for line in shown.split("\n") if "move them out: " in line]
    assert line.isprintable()
    subprocess.run(["bash", "-ec", line.partition("move them out: ")[2]], check=True)
    assert not os.path.lexists(path)
    aside = os.fsencode(home.folder) + b"/" + name + b".aside"
    with open(aside, "rb") as file:
        assert file.read() == b"of somebody"


def test_what_is_moved_aside_overwrites_nothing(home: Home) -> None:
    for content in ("first", "second"):
        foreign = home.warehouse / "versions" / "notes.txt"
        foreign.write_text(content)
        all_moved(home, findings(home)["versions"]["remedy"])
    assert (home.folder / "notes.txt.aside").read_text() == "first"
    assert (home.folder / "notes.txt.aside2").read_text() == "second"


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "name",
    [
        name if name == "truncated" else pytest.param(name, marks=pytest.mark.measure)
        for name in HISTORIES
    ],
)
def test_a_history_prefect_cannot_use_is_named_and_the_next_run_starts_a_new_one(
    home: Home, name: str
) -> None:
    history_at(name)(home)
    wrong = findings(home)
    assert (
        list(wrong) == ["run history"]
        and "tightlog schedule --once" in wrong["run history"]["remedy"]
    )
    run_once(home, wrong["run history"]["remedy"])
    assert findings(home) == {}
    assert "started anew" in as_user(home, "doctor").stdout


def test_run_that_was_cut_off_says_why_in_words(home: Home) -> None:
    last_night_cut_off(home)
    assert "was interrupted" in findings(home)["nights"]["found"]
    assert "killed" in CUT_OFF_WORDS


def test_everything_broken_at_once_ends_in_findings(home: Home) -> None:
    for name in (
        "link is a folder",
        "journal is a folder",
        "settings not UTF-8",
        "password file a folder",
        "folder of data/raw closed",
        "writer lock is a folder",
    ):
        CASES[name].broken(home)
    assert {"warehouse", "diary", "settings", "password", "run files", "places"} <= findings(
        home, as_process
    ).keys()


@pytest.mark.parametrize("place", ["data", "data/raw", "data/warehouse"])
def test_a_file_where_a_folder_belongs_ends_in_findings(home: Home, place: str) -> None:
    shutil.rmtree(home.folder / place)
    (home.folder / place).write_text("a file")
    assert findings(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a home to another user")
def test_home_of_another_user_ends_in_findings(home: Home) -> None:
    for path in (home.folder, *home.folder.rglob("*")):
        os.chown(path, 0, 0, follow_symlinks=False)
    home.folder.chmod(0o700)
    wrong = findings(home, as_process)
    assert "sudo chown" in " ".join(check["remedy"] for check in wrong.values())
    assert NOBODY not in (home.folder.stat().st_uid,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_named(home: Home) -> None:
    small = home.folder.parent / "small"
    small.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(small)],
        capture_output=True,
        check=False,
    ).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        shutil.copytree(home.folder, small / "home", symlinks=True, dirs_exist_ok=True)
        full = settled_here(Home(small / "home"))
        give_to_nobody(full.folder)
        with open(full.folder / "filler", "wb") as filler:
            try:
                while True:
                    filler.write(bytes(2**16))
                    filler.flush()
            except OSError:
                pass
        wrong = findings(full)
        assert "disk" in wrong and "free some space" in wrong["disk"]["remedy"]
    finally:
        subprocess.run(["umount", str(small)], check=False)
