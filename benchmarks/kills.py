"""Kills a refresh at random instants, many times: nothing acknowledged may be lost or doubled, and
what was published stays readable.

    python benchmarks/kills.py [KILLS]

Before each kill a few new files are dropped; after each the published version is read, and in the
end one refresh must account for all.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.steady_run import run_fit
from tightlog.warehouse import store

KILLS, NEW_FILES, MINUTES = 100, 3, 10
FIRST = datetime(2020, 1, 1, 6, tzinfo=UTC)
LONGEST_S = 2.0
# Activities of which every record is there.
WHOLE = """
with found as (
    select activity_id, count(*) as record_count from record group by activity_id
)
select count(*)
from activity
inner join ingest.activity as read using (activity_id)
left join found using (activity_id)
where coalesce(found.record_count, 0) = read.record_count
"""


def main() -> None:
    kills = int(sys.argv[1]) if sys.argv[1:] else KILLS
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        home.raw.mkdir(parents=True)
        home.warehouse.mkdir(parents=True)
        drop(home, 0)
        refresh(home, settings_of(home))
        ended = sum(killed(home, number, chance) for number in range(1, kills + 1))
        dropped = (kills + 1) * NEW_FILES
        outcome = refresh(home, settings_of(home))
        again = refresh(home, settings_of(home))
    whole = outcome.activities == sum(outcome.files.values()) == again.files["unchanged"] == dropped
    print(
        f"{kills} refreshes killed at random instants, {ended} of them had ended before; "
        f"{dropped} files dropped, {outcome.activities} activities"
    )
    print("nothing lost, nothing doubled" if whole else "NOT WHOLE")
    sys.exit(0 if whole else 1)


def killed(home: Home, number: int, chance: random.Random) -> bool:
    """True when the refresh had ended before it was killed. Exits when the published version is
    not one of those allowed.
    """
    known = served(home)
    drop(home, number)
    running = subprocess.Popen(
        [str(Path(sys.executable).with_name("tightlog")), "--home", str(home.folder), "refresh"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(chance.uniform(0.0, LONGEST_S))
    has_ended = running.poll() is not None
    running.send_signal(signal.SIGKILL)
    running.wait()
    if served(home) not in (known, (number + 1) * NEW_FILES):
        sys.exit(f"after kill {number}: {served(home)} activities are served, {known} were")
    return has_ended


def served(home: Home) -> int:
    """Activities that the published version holds with all their records."""
    return int(store.query(store.published_version(home), WHOLE).item())


def drop(home: Home, number: int) -> None:
    """Writes the files of one round."""
    for index in range(number * NEW_FILES, (number + 1) * NEW_FILES):
        (home.raw / f"{index}.fit").write_bytes(
            run_fit(FIRST + timedelta(days=index), minutes=MINUTES)
        )


if __name__ == "__main__":
    main()
