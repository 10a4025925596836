"""Coin-flip trials of simulated runners with known truth: false answers, power, coverage, and what
ending early saves.

From the top folder of the project:

    python -m benchmarks.trials                           every row
    python -m benchmarks.trials --write docs/trials.md    and puts the tables into the page
    python -m benchmarks.trials --runners 40 --cells flares
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tightlog.simulation.population.trial_rates import trial_rates
from tightlog.simulation.population.trials import TRIAL_CELLS

NAMES = {
    "memory_0.8": "AR(1), φ .8",
    "memory_0.95": "AR(1), φ .95",
    "noise": "as much rating noise as back",
    "flares": "flares",
    "flares_slow": "flares over a slow level",
    "flare_selection": "tosses in flares only",
    "felt_easing": "done rather when the back eases anyway",
    "painkiller": "unlogged painkiller on bad days",
    "bad_days_missing": "bad mornings not scored",
}
TABLES = {"null": 0.0, "effect": -1.0}
HEADS = {
    "null": ("truth", "p < .05 at the end", "told at the end", "told early", "told by any road",
             "interval holds 0"),
    "effect": ("truth", "p < .05 at the end", "told by any road", "printed power", "told early",
               "tosses saved", "interval holds the truth", "mean estimate", "weeks"),
}  # fmt: skip
COLUMNS = {
    "null": ("end", "told_at_end", "early", "told", "coverage"),
    "effect": ("end", "told", "printed", "early", "saved", "coverage", "estimate", "weeks"),
}
START, END = "<!-- {table}: written by python -m benchmarks.trials -->", "<!-- {table}: end -->"


def main() -> None:
    options = _options()
    for table, true_points in TABLES.items():
        lines = []
        for line in _table(table, true_points, options):
            print(line, flush=True)
            lines.append(line)
        if options.write:
            page = options.write.read_text(encoding="utf-8")
            options.write.write_text(_replaced(page, table, lines, options), encoding="utf-8")


def _table(table: str, true_points: float, options: argparse.Namespace) -> Iterator[str]:
    yield f"| {' | '.join(HEADS[table])} |"
    yield f"|{'---|' * len(HEADS[table])}"
    for cell in options.cells:
        rates = trial_rates(
            TRIAL_CELLS[cell], true_points, options.tosses, options.runners,
            options.permutations, options.seed,
        )  # fmt: skip
        yield f"| {' | '.join((NAMES[cell], *(_shown(rates, name) for name in COLUMNS[table])))} |"


def _shown(rates: dict[str, float], name: str) -> str:
    if name == "weeks":
        return f"{rates[name]:.0f}"
    if name == "estimate":
        return f"{rates[name]:+.2f}".replace("-", "−")
    return f"{rates[name]:.3f}"


def _replaced(page: str, table: str, lines: list[str], options: argparse.Namespace) -> str:
    start, end = START.format(table=table), END.format(table=table)
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    measured = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {options.runners} runners a row, "
        f"{options.tosses} tosses, {options.permutations} schedules drawn again, seed "
        f"{options.seed}."
    )
    return "\n".join([before + start, "", measured, "", *lines, "", end]) + after


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trials")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--runners", type=int, default=250, help="simulated runners a row")
    parser.add_argument("--tosses", type=int, default=80)
    parser.add_argument("--permutations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cells", nargs="+", choices=[*TRIAL_CELLS], default=[*TRIAL_CELLS])
    return parser.parse_args()


if __name__ == "__main__":
    main()
