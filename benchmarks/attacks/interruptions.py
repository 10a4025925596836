"""Kills a refresh, or takes away its disk, at its steps on the disk.

strace makes the system call fail, or kills the process, at the N-th call of a kind; where strace
may not be used, the process is killed at random instants. After each attack the published version
must hold the old or all of the new contents, and the next refresh must account for every file.
"""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.attacks.outcome import Outcome
from benchmarks.kills import served
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.steady_run import run_fit

FIRST = datetime(2026, 5, 4, 6, tzinfo=UTC)
DAY = date(2026, 5, 6)
OLD, NEW = 2, 3
KILL, NO_ROOM = "signal=KILL", "error=ENOSPC"
WRITE = "write into a file"
CALLS = {
    "flush to the disk": ("fsync", "fdatasync"),
    "rename": ("rename", "renameat", "renameat2"),
    "link": ("link", "linkat", "symlink", "symlinkat"),
    "change of mode": ("chmod", "fchmod", "fchmodat"),
    "removal": ("unlink", "unlinkat", "rmdir"),
    "making of a folder": ("mkdir", "mkdirat"),
    WRITE: ("pwrite64",),
}
# Each try is made in the same place: two hundred homes would fill a small disk.
TRIED = "tried"
PATIENCE_S = 300
# The first writes of a run differ by a few from one to the next; these are all of them at most.
MOST_WRITES = 400
CALL = re.compile(r"^(\d+) +(\w+)\(")


@dataclass(frozen=True)
class Step:
    """The N-th call of one kind that a thread makes."""

    kind: str
    call: str
    number: int


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """Outcomes of `count` attacks on refreshes, and some by limits and on the journal."""
    chance = random.Random(seed)
    template = prepared(folder / "template")
    tries = [
        *_killed(template, folder, count, chance),
        *_full(template, folder, max(4, count // 4), chance),
        *_torn(template, folder, max(4, count // 4), chance),
    ]
    counts = Counter((kind, how) for kind, how, _ in tries)
    survived = Counter((kind, how) for kind, how, is_whole in tries if is_whole)
    return [
        Outcome(kind, number, survived[kind, how], how) for (kind, how), number in counts.items()
    ]


def prepared(folder: Path) -> Home:
    """A home with two runs and a score published, and a third run not read yet."""
    home = home_folder(str(folder))
    home.settings_file.write_text('time_zone = "UTC"\n')
    for number in range(NEW):
        if number == OLD:
            rate(home.journal, 5, Moment(DAY, None))
            refresh(home, settings_of(home))
        (home.raw / f"{number}.fit").write_bytes(run_fit(FIRST + timedelta(days=number)))
    return home


def _killed(
    template: Home, folder: Path, count: int, chance: random.Random
) -> Iterator[tuple[str, str, bool]]:
    made = 0
    for step, way in _chosen(_steps(template, folder), count, chance):
        home = _copy(template, folder / TRIED)
        code = exit_code(
            [
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                f"trace={step.call}",
                "-e",
                f"inject={step.call}:{way}:when={step.number}",
                *_command(home),
            ]
        )
        # The last writes of one run may not occur in another: then nothing was attacked.
        if way != KILL or code != 0:
            made += 1
            what = "kill of a refresh at a" if way == KILL else "no room on the disk at a"
            yield (
                f"{what} {step.kind}",
                "old or new served, the next refresh complete",
                code is not None and _is_whole(home),
            )
    # A refresh has fewer steps than tries are asked for, and none can be counted without strace.
    for _ in range(count - made):
        home = _copy(template, folder / TRIED)
        _ended(_command(home), chance.uniform(0, 3))
        yield (
            "kill of a refresh at a random instant",
            "old or new served, the next refresh complete",
            _is_whole(home),
        )


def _chosen(steps: list[Step], count: int, chance: random.Random) -> list[tuple[Step, str]]:
    """A kill at every step but the many writes, then others by chance, up to the count."""
    first = [(step, KILL) for step in steps if step.kind != WRITE]
    others = [(step, way) for step in steps for way in (KILL, NO_ROOM) if (step, way) not in first]
    chance.shuffle(others)
    return sorted([*first, *others][:count], key=lambda one: (one[1], one[0].kind, one[0].number))


def _full(
    template: Home, folder: Path, count: int, chance: random.Random
) -> Iterator[tuple[str, str, bool]]:
    """Refreshes that may write no file longer than a limit."""
    largest = home_size(template)
    for _ in range(count):
        home = _copy(template, folder / TRIED)
        limit = chance.randrange(largest + 2**20)
        code = exit_code(_command(home), partial(_limit_files, limit))
        yield (
            "refresh that may write no long file",
            "old or new served, the next refresh complete",
            code is not None and _is_whole(home),
        )


def _torn(
    template: Home, folder: Path, count: int, chance: random.Random
) -> Iterator[tuple[str, str, bool]]:
    """Scores whose writing is killed, or ends after some bytes."""
    for number in range(count):
        home = _copy(template, folder / TRIED)
        size = home.journal.stat().st_size
        limit = size + chance.randrange(200)
        command = [*_command(home)[:-1], "rate", "3"]
        if number % 2:
            _ended(command, None, partial(_limit_files, limit))
        else:
            _ended(command, chance.uniform(0, 1.5))
        yield (
            "score killed or cut off while it is written",
            "all earlier scores count, and the next one too",
            _is_kept(home),
        )


def _ended(
    command: list[str], killed_after_s: float | None, begin: Callable[[], None] | None = None
) -> None:
    """Runs a command to its end, or kills it after a while; `begin` runs in its process first."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=begin
    )
    if killed_after_s is not None:
        time.sleep(killed_after_s)
        process.send_signal(signal.SIGKILL)
    process.wait()


def _limit_files(size_bytes: int) -> None:
    """Lets this process write no file longer than that."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))


def _is_kept(home: Home) -> bool:
    kept = [score.score for score in read_journal(home.journal).scores]
    rate(home.journal, 7, Moment(DAY, None))
    after = [score.score for score in read_journal(home.journal).scores]
    return kept in ([5], [5, 3]) and after == [*kept, 7] and _is_whole(home)


def _is_whole(home: Home) -> bool:
    if served(home) not in (OLD, NEW):
        return False
    outcome = refresh(home, settings_of(home))
    return outcome.activities == sum(outcome.files.values()) == served(home) == NEW


def _steps(template: Home, folder: Path) -> list[Step]:
    """Every step of one refresh; none where strace is missing or not allowed."""
    if shutil.which("strace") is None:
        return []
    log = folder / "steps.log"
    home = _copy(template, folder / "counted")
    calls = ",".join(call for names in CALLS.values() for call in names)
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={calls}", *_command(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        return []
    # strace counts the calls of each thread by themselves.
    by_thread = Counter(
        match.groups() for line in log.read_text().splitlines() if (match := CALL.match(line))
    )
    most: Counter[str] = Counter()
    for (_, call), number in by_thread.items():
        most[call] = min(max(most[call], number), MOST_WRITES)
    return [
        Step(kind, call, number)
        for kind, names in CALLS.items()
        for call in names
        for number in range(1, most[call] + 1)
    ]


def exit_code(
    command: list[str], before: Callable[[], None] | None = None, patience_s: float = PATIENCE_S
) -> int | None:
    """Exit code of a command whose output is dropped; None when it hung and was killed, with all
    that it started.
    """
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=before,
        start_new_session=True,
    )
    try:
        return process.wait(patience_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def home_size(home: Home) -> int:
    """Bytes of the version published."""
    return home.database.stat().st_size


def _copy(template: Home, folder: Path) -> Home:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template.folder, folder, symlinks=True)
    return Home(folder)


def _command(home: Home) -> list[str]:
    return [sys.executable, "-P", "-m", "tightlog", "--home", str(home.folder), "refresh"]
