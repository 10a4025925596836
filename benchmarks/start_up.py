"""How long the commands take to answer, against a Python that only imports DuckDB and Polars.

    python benchmarks/start_up.py [ROUNDS]

Each round starts every command once. The ratio is the CPU time of a command (its child processes
included) to that of the imports in the same round; the median over the rounds is printed, so that
what else the machine does matters little. The output goes to a pipe; the home is the sample home.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
IMPORTS = "import duckdb, polars"
# The ratio a command may take.
LIMITS = {
    "sql 'select 1'": (["sql", "select 1"], 1.5),
    "files": (["files"], 1.5),
    "today": (["today"], 2.2),
    # It reads the whole journal as well: 650 lines in the sample home.
    "diary": (["diary"], 2.0),
    "rate 3": (["rate", "3"], 1.0),
    "rate --help": (["rate", "--help"], 1.0),
    "--version": (["--version"], 1.0),
}


def main() -> int:
    """Exit code 1 when a command takes more than its limit."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "home")
        tightlog = ["-m", "tightlog", "--home", home]
        spent_s(["-m", "tightlog", "sample", home])
        spent_s([*tightlog, "refresh"])
        commands = {IMPORTS: ["-c", IMPORTS]} | {
            name: [*tightlog, *words] for name, (words, _) in LIMITS.items()
        }
        measured = [
            {name: spent_s(command) for name, command in commands.items()} for _ in range(rounds)
        ]
    print(f"median of {rounds} rounds: CPU time, ratio to `{IMPORTS}`, limit, wall time")
    return max(_print_command(name, measured) for name in commands)


def _print_command(name: str, measured: list[dict[str, tuple[float, float]]]) -> int:
    cpu_s, wall_s = (statistics.median(one[name][which] for one in measured) for which in (0, 1))
    ratio = statistics.median(one[name][0] / one[IMPORTS][0] for one in measured)
    limit = LIMITS[name][1] if name in LIMITS else ratio
    print(
        f"{name:24}{cpu_s * 1000:8.0f} ms{ratio:8.2f} x{limit:8.1f} x{wall_s * 1000:8.0f} ms"
        f"{'  too much' if ratio > limit else ''}"
    )
    return int(ratio > limit)


def spent_s(command: list[str]) -> tuple[float, float]:
    """Seconds of CPU time and of the clock one child process takes, with its own children."""
    begun_s = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun_s


if __name__ == "__main__":
    sys.exit(main())
