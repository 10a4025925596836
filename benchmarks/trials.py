"""Coin-flip trials of simulated runners with known truth: false answers, power, coverage, and what
ending early saves.

From the top folder of the project:

    python -m benchmarks.trials                           every row
    python -m benchmarks.trials --write docs/trials.md    and puts the tables into the page
    python -m benchmarks.trials --runners 40 --cells flares
    python -m benchmarks.trials --minutes 60              as many runners as an hour allows

All rows grow together, so that what is measured when the time is up is whole.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import numpy as np
from scipy.stats import binomtest

from tightlog.simulation.population.trial_rates import RATES, means_of, trial_facts
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
ALL = "all rows"
TABLES = {"null": 0.0, "effect": -1.0}
HEADS = {
    "null": ("truth", "p < .05 at the end", "told at the end", "told early", "told by any road",
             "95 % interval", "interval holds 0"),
    "effect": ("truth", "p < .05 at the end", "told by any road", "95 % interval", "printed power",
               "told early", "tosses saved", "interval holds the truth", "mean estimate", "weeks"),
}  # fmt: skip
COLUMNS = {
    "null": ("end", "told_at_end", "early", "told", "told_interval", "coverage"),
    "effect": ("end", "told", "told_interval", "printed", "early", "saved", "coverage", "estimate",
               "weeks"),
}  # fmt: skip
START, END = "<!-- {table}: written by python -m benchmarks.trials -->", "<!-- {table}: end -->"
# Runners of a row measured before the next row has its turn.
ROUND = 25

Measured = dict[tuple[str, str], list[tuple[float, ...]]]


def main() -> None:
    options = _options()
    measured = _measured(options)
    for table in TABLES:
        lines = list(_table(table, measured, options))
        print("\n".join(lines), flush=True)
        if options.write:
            page = options.write.read_text(encoding="utf-8")
            runners = len(measured[table, options.cells[0]])
            options.write.write_text(
                _replaced(page, table, lines, runners, options), encoding="utf-8"
            )


def _measured(options: argparse.Namespace) -> Measured:
    """What was seen of each runner, by table and row; every row with a seed of its own, so that
    rows err apart.
    """
    found: Measured = {(table, cell): [] for table in TABLES for cell in options.cells}
    until = monotonic() + 60.0 * options.minutes
    for first in range(0, options.runners, ROUND):
        if monotonic() > until:
            break
        for (table, cell), rows in found.items():
            seeds = [options.seed, list(TRIAL_CELLS).index(cell), list(TABLES).index(table)]
            rows += [
                trial_facts(
                    TRIAL_CELLS[cell], TABLES[table], options.tosses, options.permutations,
                    np.random.default_rng([*seeds, number]),
                )
                for number in range(first, min(first + ROUND, options.runners))
            ]  # fmt: skip
        for (table, cell), rows in found.items():
            print(table, cell, len(rows), f"told {means_of(rows)['told']:.3f}", flush=True)
    return found


def _table(table: str, measured: Measured, options: argparse.Namespace) -> Iterator[str]:
    yield f"| {' | '.join(HEADS[table])} |"
    yield f"|{'---|' * len(HEADS[table])}"
    rows = {NAMES[cell]: measured[table, cell] for cell in options.cells}
    rows[ALL] = [row for runners in rows.values() for row in runners]
    for name, runners in rows.items():
        rates = means_of(runners)
        told = round(sum(row[RATES.index("told")] for row in runners))
        shown = (_shown(rates, column, told, len(runners)) for column in COLUMNS[table])
        yield f"| {' | '.join((name, *shown))} |"


def _shown(rates: dict[str, float], column: str, told: int, runners: int) -> str:
    if column == "told_interval":
        interval = binomtest(told, runners).proportion_ci(method="wilson")
        return f"{interval.low:.3f} to {interval.high:.3f}"
    if column == "weeks":
        return f"{rates[column]:.0f}"
    if column == "estimate":
        return f"{rates[column]:+.2f}".replace("-", "−")
    return f"{rates[column]:.3f}"


def _replaced(
    page: str, table: str, lines: list[str], runners: int, options: argparse.Namespace
) -> str:
    start, end = START.format(table=table), END.format(table=table)
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    measured = (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {runners} runners a row, {options.tosses} "
        f"tosses, {options.permutations} schedules drawn again, seed {options.seed}."
    )
    return "\n".join([before + start, "", measured, "", *lines, "", end]) + after


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trials")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--runners", type=int, default=250, help="simulated runners a row")
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no round after so long")
    parser.add_argument("--tosses", type=int, default=80)
    parser.add_argument("--permutations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cells", nargs="+", choices=[*TRIAL_CELLS], default=[*TRIAL_CELLS])
    return parser.parse_args()


if __name__ == "__main__":
    main()
