"""What a cohort costs: homes with nothing new, with one new file, on one worker and on two, and a
query of the lake against opening each home.

    python -m benchmarks.cohort [HOMES [DISTINCT [FOLDER]]]

So many homes (1,000) of some 150 files each are made in FOLDER: the first DISTINCT (40) are
simulated runners with a known slope that differs between them, and are read and analysed; the
others are copies of these. Then the cohort is refreshed by the real
command with Dask's workers as processes of their own.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from benchmarks.memory import children
from tightlog.cohort.cohort_file import Cohort, new_cohort, with_home
from tightlog.cohort.members import members
from tightlog.cohort.pooled import estimates, pooled_rows
from tightlog.home.settings import Home, settings_of
from tightlog.ingest.source import found_files
from tightlog.refresh.refresh import refresh
from tightlog.simulation.group_homes import group_runner, run_of_next_day, write_group_home
from tightlog.warehouse import store
from tightlog.warehouse.build import statement

HOMES, DISTINCT = 1000, 40
LENGTH_D, LAST_DAY = 310, date(2026, 5, 10)
MEAN_PER_KM, SPREAD_PER_KM = 0.06, 0.03
NEW_FILES, BY_HAND, QUERIED = 100, 10, 100
EVERY_S = 0.5


class Spent(NamedTuple):
    """What one refresh of the cohort took, and what it said."""

    cpu_s: float
    wall_s: float
    worker_mb: float
    summary: dict[str, Any]


def main() -> None:
    given = sys.argv[1:]
    homes, distinct = ([int(one) for one in given[:2]] + [HOMES, DISTINCT][len(given[:2]) :])[:2]
    top = Path(given[2] if given[2:] else tempfile.mkdtemp(prefix="cohort-")).absolute()
    print(f"{homes} homes, {distinct} of them distinct, load {os.getloadavg()[0]:.1f}", flush=True)
    made(top, homes, distinct)
    cohort = with_home(new_cohort(top / "team", "anna"), str(top / "homes" / "*"), None)
    told("first refresh into an empty lake", refreshed(cohort, 2), homes)
    planted(cohort, distinct)
    two = told("nothing new, two workers", refreshed(cohort, 2), homes)
    one = told("nothing new, one worker", refreshed(cohort, 1), homes)
    work = [spent.summary["cpu_s"] for spent in (two, one)]
    print(f"CPU of the homes alone, two workers against one: {work[0] / work[1]:.2f}")
    print(f"CPU of everything, two workers against one: {two.cpu_s / one.cpu_s:.2f}")
    new_files(top, cohort)
    queries(top, cohort)


def made(top: Path, homes: int, distinct: int) -> None:
    """Writes the homes; the first ones are refreshed, the others copied."""
    began, files = time.process_time(), 0
    for number in range(distinct):
        runner = group_runner(number, LENGTH_D, MEAN_PER_KM, SPREAD_PER_KM)
        home = write_group_home(top / "homes" / f"{number:05}", runner, LAST_DAY, "anna")
        refresh(home, settings_of(home), today=LAST_DAY)
        files += len(list(home.raw.iterdir()))
    each = (time.process_time() - began) / distinct
    print(f"{files / distinct:.0f} files a home; written and read: {each:.2f} s CPU each")
    for number in range(distinct, homes):
        copied(top / "homes" / f"{number % distinct:05}", top / "homes" / f"{number:05}")


def copied(source: Path, target: Path) -> None:
    """A copy of a home that is as up to date as the first: it knows its own files and segments."""
    shutil.copytree(source, target, symlinks=True)
    version = Home(target).database.resolve()
    version.chmod(0o600)
    marks = [(file.path, file.stat_fingerprint) for file in found_files(Home(target).raw)]
    with duckdb.connect(str(version)) as connection:
        for column in ("record_path", "run_window_path", "heart_rate_seconds_path"):
            connection.execute(
                f"update ingest.segment set {column} = replace({column}, ?, ?)",
                [f"{source}/", f"{target}/"],
            )
        made = "select sql from duckdb_views() where not internal and schema_name = 'ingest'"
        for (sql,) in connection.execute(made).fetchall():
            own = sql.replace(f"{source}/", f"{target}/")
            connection.execute(own.replace("CREATE VIEW", "create or replace view", 1))
        connection.execute("create temp table mark (path varchar, seen varchar)")
        connection.executemany("insert into mark values (?, ?)", marks)
        for table in ("ingest.location", "source_file"):
            connection.execute(
                f"update {table} as t set stat_fingerprint = m.seen from mark as m "
                "where m.path = t.path"
            )
    version.chmod(0o400)


def refreshed(cohort: Cohort, workers: int, today: date = LAST_DAY) -> Spent:
    """One call of the command, with the memory of its largest worker."""
    command = [sys.executable, "-m", "pipelines.cohort.start", str(cohort.folder), "--json"]
    command += ["--workers", str(workers), "--today", today.isoformat()]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peaks: list[float] = [0.0]
        watch = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
        watch.start()
        printed, _ = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu_s, time.perf_counter() - began, max(peaks), json.loads(printed))


def _watch(process: "subprocess.Popen[str]", peaks: list[float]) -> None:
    while process.poll() is None:
        for pid in children(process.pid):
            try:
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    status = Path(f"/proc/{pid}/status").read_text()
                    peaks.append(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
            except (OSError, IndexError):
                continue
        time.sleep(EVERY_S)


def told(what: str, spent: Spent, homes: int) -> Spent:
    """Prints what a call took per home."""
    own, states = spent.summary["cpu_s"], spent.summary["homes"]
    print(
        f"{what}: {own / homes:.3f} s CPU a home, engine {(spent.cpu_s - own) / homes * 1000:.0f} "
        f"ms a home with its start, {spent.wall_s:.0f} s in all, largest worker "
        f"{spent.worker_mb:.0f} MB, { {name: count for name, count in states.items() if count} } "
        f"{sorted(set(spent.summary['failed'].values()))[:3] or ''}",
        flush=True,
    )
    return spent


def planted(cohort: Cohort, distinct: int) -> None:
    """Prints the slope over the distinct runners, and its truth."""
    own = [one.pseudonym for one in members(cohort) if int(one.folder.name) < distinct]
    rows = store.query(cohort.database, statement("lake/findings"))
    rows = rows.filter(pl.col("home").is_in(own), pl.col("name") == "run_distance_m")
    row = pooled_rows(list(estimates(rows, "finding"))).row(0, named=True)
    span = row["contrast_high"] - row["contrast_low"]
    print(
        f"distance run, points per km: mean {row['mean_points'] / span:.3f} "
        f"({row['mean_low'] / span:.3f} to {row['mean_high'] / span:.3f}; planted {MEAN_PER_KM}), "
        f"spread {row['spread_points'] / span:.3f} (planted {SPREAD_PER_KM}), "
        f"{row['homes']} homes",
        flush=True,
    )


def new_files(top: Path, cohort: Cohort) -> None:
    """Prints the CPU of one new file in some homes, in one call and by a command for each."""
    homes = sorted((top / "homes").iterdir())
    tomorrow = LAST_DAY + timedelta(days=1)
    for folder in homes[:NEW_FILES]:
        run_of_next_day(Home(folder), LAST_DAY)
    spent = refreshed(cohort, 2)
    of_files = spent.summary["homes"]["done"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for folder in homes[NEW_FILES : NEW_FILES + BY_HAND]:
        run_of_next_day(Home(folder), LAST_DAY)
        subprocess.run(
            [Path(sys.executable).with_name("tightlog"), "--home", folder, "refresh", "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    by_hand = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / BY_HAND
    idle = len(homes) - of_files
    print(
        f"one new file in {of_files} homes, {idle} others as they were: "
        f"{spent.summary['cpu_s']:.0f} s CPU of the homes; by a command each "
        f"{by_hand:.2f} s CPU a home ({tomorrow})",
        flush=True,
    )


def queries(top: Path, cohort: Cohort) -> None:
    """Prints the time of one question of the lake, and of the same in each home."""
    homes = sorted((top / "homes").iterdir())[:QUERIED]
    began = time.perf_counter()
    for folder in homes:
        version = store.published_version(Home(folder))
        store.query(version, "select median(tightness_score) from day")
    each_s = time.perf_counter() - began
    names = store.relation(cohort.database, "member")["home"].to_list()[: len(homes)]
    wanted = ", ".join(f"'{name}'" for name in names)
    asked = f"select home, median(tightness_score) from day where home in ({wanted}) group by home"
    began = time.perf_counter()
    rows = store.query(cohort.database, asked)
    lake_s = time.perf_counter() - began
    print(
        f"{rows.height} homes: {each_s:.2f} s one by one, {lake_s:.2f} s from the lake "
        f"({each_s / lake_s:.0f} x)",
        flush=True,
    )


if __name__ == "__main__":
    main()
