"""Breaks homes and histories of runs: doctor must name each fault, and the next night must run.

python -m benchmarks.attacks.nights [COUNT]
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.attacks.outcome import Outcome
from tightlog.errors import WarehouseError
from tightlog.home.settings import Home, settings_of
from tightlog.nightly.nights import SCHEDULE, night_under_way, note_night, note_set_up
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

COUNT = 100
AT_ONCE = 4
PATIENCE_S = 600
SETTINGS = 'time_zone = "Europe/Zurich"\n'
START = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
Break = Callable[[Home, random.Random], object]


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """What became of `count` broken homes and of every kind of broken history."""
    chance, names = random.Random(seed), list(FAULTS)
    whole = _home(folder / "whole")
    one = [names[turn % len(names)] for turn in range(count - count // 4)]
    named = sum(_is_named(whole, folder / "one", (name,), chance) for name in one)
    several = [tuple(chance.sample(names, AT_ONCE)) for _ in range(count // 4)]
    ended = sum(_is_ended(whole, folder / "several", chosen, chance) for chosen in several)
    nights = sum(_is_run(whole, folder / "history", break_it, chance) for break_it in HISTORIES)
    return [
        Outcome("one fault in a home", len(one), named, "doctor names it with a remedy"),
        Outcome(
            f"{AT_ONCE} faults in a home at once",
            len(several),
            ended,
            "doctor ends with findings, never with a traceback",
        ),
        Outcome(
            "a history of runs that is broken",
            len(HISTORIES),
            nights,
            "the next nightly run completes on a new one",
        ),
    ]


def _home(folder: Path) -> Home:
    home = Home(folder)
    home.raw.mkdir(parents=True)
    home.warehouse.mkdir(parents=True)
    home.settings_file.write_text(SETTINGS)
    for number in range(3):
        (home.raw / f"{number}.gpx").write_text(_track(START + timedelta(days=number)))
    refresh(home, settings_of(home))
    return home


def _track(started_at: datetime) -> str:
    points = "".join(
        f'<trkpt lat="{46.9 + second * 2.8 / 111_195:.7f}" lon="8.3">'
        f"<time>{started_at + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for second in range(0, 1201, 10)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="an app" xmlns="http://www.topografix.com'
        f'/GPX/1/1"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>'
    )


def _broken(whole: Home, folder: Path, chosen: tuple[str, ...], chance: random.Random) -> Home:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole.folder, folder, symlinks=True)
    home = Home(folder)
    for name in chosen:
        try:
            FAULTS[name][0](home, chance)
        except (OSError, WarehouseError):
            continue  # an earlier fault removed what this one breaks
    return home


def _is_named(whole: Home, folder: Path, chosen: tuple[str, ...], chance: random.Random) -> bool:
    wrong = _findings(_broken(whole, folder, chosen, chance))
    return wrong is not None and all(wrong.get(FAULTS[name][1]) for name in chosen)


def _is_ended(whole: Home, folder: Path, chosen: tuple[str, ...], chance: random.Random) -> bool:
    return bool(_findings(_broken(whole, folder, chosen, chance)))


def _findings(home: Home) -> dict[str, str] | None:
    """Remedies by the name of what doctor finds wrong, None when it did not end as it should."""
    said = _tightlog(home, "doctor", "--json")
    if said.returncode not in (0, 1) or "Traceback" in said.stderr:
        return None
    return {
        check["name"]: check["remedy"] for check in json.loads(said.stdout) if not check["is_ok"]
    }


def _is_run(whole: Home, folder: Path, break_it: Break, chance: random.Random) -> bool:
    home = _broken(whole, folder, (), chance)
    if _tightlog(home, "schedule", "--once").returncode != 0:
        return False
    break_it(home, chance)
    done = _tightlog(home, "schedule", "--once", "--json")
    return done.returncode == 0 and json.loads(done.stdout)["activities"] == 3


def _tightlog(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tightlog", "--home", str(home.folder), *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            # With the server it started, which holds the pipes open.
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _folder_in_place(path: Path) -> None:
    if os.path.lexists(path):
        path.unlink()
    (path / "in it").mkdir(parents=True)


def _noise(path: Path, chance: random.Random) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(chance.randbytes(chance.randrange(1, 100_000)))


def _noise_in_version(home: Home, chance: random.Random) -> None:
    version = store.linked_version(home)
    version.chmod(0o644)
    _noise(version, chance)


def _cut_version(home: Home, chance: random.Random) -> None:
    version = store.linked_version(home)
    version.chmod(0o644)
    os.truncate(version, chance.randrange(4096))


def _link(home: Home, target: str) -> None:
    home.database.unlink()
    home.database.symlink_to(target)


def _night_to_come(home: Home, _chance: random.Random) -> None:
    note_night(home, START, None)
    written = json.loads(home.nights_file.read_text())
    home.nights_file.write_text(json.dumps(written | {"ended_at": "2099-01-01T00:00:00+00:00"}))


def _cut_off(home: Home, _chance: random.Random) -> None:
    with night_under_way(home):
        pass


def _torn_files(home: Home, chance: random.Random) -> None:
    for number in range(2):
        (home.raw / f"torn-{number}.gpx").write_bytes(b"<gpx" + chance.randbytes(50))
    refresh(home, settings_of(home))


def _version_copy(home: Home, chance: random.Random) -> None:
    name = chance.choice(
        ("wh-000001 (copy).duckdb", "wh-000001.sync-conflict-20260531.duckdb", "notes.txt")
    )
    shutil.copy(store.linked_version(home), home.warehouse / "versions" / name)


def _raw_emptied(home: Home, _: random.Random) -> None:
    for file in home.raw.glob("*.gpx"):
        file.unlink()


def _wrong_cron(home: Home, chance: random.Random) -> None:
    text = chance.choice(("61 25 * * *", "0 3 31 2 *", "* * * * * *", "every night", "@reboot", ""))
    home.settings_file.write_text(f'{SETTINGS}[nightly]\ncron = "{text}"\n')


FAULTS: dict[str, tuple[Break, str]] = {
    "versions deleted": (lambda home, _: shutil.rmtree(home.warehouse / "versions"), "warehouse"),
    "link dangling": (lambda home, _: _link(home, "versions/wh-000099.duckdb"), "warehouse"),
    "link loops": (lambda home, _: _link(home, "tightlog.duckdb"), "warehouse"),
    "link is a folder": (lambda home, _: _folder_in_place(home.database), "warehouse"),
    "version overwritten": (_noise_in_version, "warehouse"),
    "version cut": (_cut_version, "warehouse"),
    "copy among the versions": (_version_copy, "versions"),
    "folder for the next link": (
        lambda home, _: _folder_in_place(home.warehouse / "tightlog.duckdb.new"),
        "places",
    ),
    "writer lock a folder": (
        lambda home, _: _folder_in_place(home.warehouse / ".writer.lock"),
        "places",
    ),
    "settings overwritten": (lambda home, chance: _noise(home.settings_file, chance), "settings"),
    "cron impossible": (_wrong_cron, "nightly time"),
    "raw emptied": (
        _raw_emptied,
        "run files",
    ),
    "raw gone": (lambda home, _: home.raw.rename(home.folder / "elsewhere"), "run files"),
    "journal a folder": (lambda home, _: _folder_in_place(home.journal), "diary"),
    "password overwritten": (
        lambda home, chance: _noise(home.dashboard_password, chance),
        "password",
    ),
    "files torn": (_torn_files, "files"),
    "schedule down": (lambda home, _: note_set_up(home, SCHEDULE), "nights"),
    "night failed": (lambda home, _: note_night(home, START, "no room on the disk"), "nights"),
    "night cut off": (_cut_off, "nights"),
    "night to come": (_night_to_come, "nights"),
    "record of nights overwritten": (
        lambda home, chance: _noise(home.nights_file, chance),
        "nights",
    ),
    "history overwritten": (
        lambda home, chance: _noise(home.prefect / "prefect.db", chance),
        "run history",
    ),
    "history a folder": (
        lambda home, _: _folder_in_place(home.prefect / "prefect.db"),
        "run history",
    ),
}


def _overwritten(home: Home, chance: random.Random) -> None:
    database = home.prefect / "prefect.db"
    database.write_bytes(chance.randbytes(database.stat().st_size))


HISTORIES: tuple[Break, ...] = (
    _overwritten,
    lambda home, chance: os.truncate(home.prefect / "prefect.db", chance.randrange(1, 100_000)),
    lambda home, _: _folder_in_place(home.prefect / "prefect.db"),
    lambda home, chance: _noise(home.prefect / "prefect.db-wal", chance),
    lambda home, chance: _noise(home.prefect / "password", chance),
    lambda home, _: shutil.rmtree(home.prefect),
)


def main() -> None:
    """Prints a row for each kind of attack; exit 1 when one was not survived."""
    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    with tempfile.TemporaryDirectory() as scratch:
        outcomes = attacks(count, 7, Path(scratch))
    for outcome in outcomes:
        print(f"{outcome.kind}: {outcome.survived} of {outcome.tried} ({outcome.how})")
    sys.exit(0 if all(outcome.tried == outcome.survived for outcome in outcomes) else 1)


if __name__ == "__main__":
    main()
