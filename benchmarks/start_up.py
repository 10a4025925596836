"""How long tightlog takes to answer, against a Python that imports argparse and ends.

    python benchmarks/start_up.py

CPU time of the child process, best of many, so that other work on the machine matters little; wall
time is shown beside it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 9


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = ["--home", str(Path(folder) / "home")]
        commands = {
            "python, argparse": ["-c", "import argparse"],
            "tightlog --version": ["-m", "tightlog", "--version"],
            "tightlog rate --help": ["-m", "tightlog", "rate", "--help"],
            "tightlog rate 3": ["-m", "tightlog", *home, "rate", "3"],
            "tightlog diary": ["-m", "tightlog", *home, "diary"],
        }
        reference_s = None
        print(f"best of {REPEATS}: CPU time, ratio, wall time")
        for name, command in commands.items():
            cpu_s, wall_s = min(spent_s(command) for _ in range(REPEATS))
            reference_s = reference_s or cpu_s
            print(
                f"{name:24}{cpu_s * 1000:8.0f} ms{cpu_s / reference_s:8.1f} "
                f"x{wall_s * 1000:8.0f} ms"
            )


def spent_s(command: list[str]) -> tuple[float, float]:
    """Seconds of CPU time and of the clock one child process takes."""
    begun_s = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun_s


if __name__ == "__main__":
    main()
