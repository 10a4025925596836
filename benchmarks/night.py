"""What a night with one new file costs against a night with nothing new, at two lengths of
history, in CPU time of the whole command.

    python benchmarks/night.py [MONTHS MONTHS]

The histories are simulated: files of every kind and a score on most days. The new file is a run on
the day after the last; then a run and a score are new, and findings are computed again.
"""

import resource
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.simulation.files.steady_run import run_fit
from tightlog.simulation.home import make_sample_home

MONTHS = (60, 150)
LAST_DAY = date(2026, 6, 30)
REPEATS = 3


def main() -> None:
    lengths = [int(months) for months in sys.argv[1:]] or MONTHS
    print(f"CPU seconds of `tightlog refresh`, least of {REPEATS}")
    print(f"{'files':>7}{'scores':>8}{'nothing new':>13}{'one run':>9}{'':9}{'run and score':>15}")
    for months in lengths:
        with tempfile.TemporaryDirectory() as scratch:
            made = make_sample_home(Path(scratch), LAST_DAY, months)
            home = Home(made.home)
            refresh_s(home)
            nights = [night(home, number) for number in range(REPEATS)]
        nothing_s, run_s, both_s = (min(column) for column in zip(*nights, strict=True))
        print(
            f"{made.activities:>7}{made.scores:>8}{nothing_s:>13.2f}"
            f"{run_s:>9.2f}{run_s / nothing_s:>7.1f} x{both_s:>13.2f}{both_s / nothing_s:>7.1f} x"
        )


def night(home: Home, number: int) -> tuple[float, float, float]:
    """CPU seconds of a refresh with nothing new, with a new run, and with a run and a score."""
    nothing_s = refresh_s(home)
    day = LAST_DAY + timedelta(days=1 + 2 * number)
    run_arrives(home, day)
    run_s = refresh_s(home)
    run_arrives(home, day + timedelta(days=1))
    morning = datetime.combine(day + timedelta(days=1), time(4), UTC)
    rate(home.journal, number % 5, Moment(morning.date(), morning))
    return nothing_s, run_s, refresh_s(home)


def run_arrives(home: Home, day: date) -> None:
    started_at = datetime.combine(day, time(6), UTC)
    (home.raw / f"{day}.fit").write_bytes(run_fit(started_at, minutes=45))


def refresh_s(home: Home) -> float:
    """CPU seconds of the whole command, with the processes it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [Path(sys.executable).with_name("tightlog"), "--home", home.folder, "refresh", "--json"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
