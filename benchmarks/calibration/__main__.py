"""Calibration of the findings on simulated runners with known truth: false claims, power and
coverage, beside naive methods.

From the top folder of the project:

    python -m benchmarks.calibration                                  every table
    python -m benchmarks.calibration --write docs/calibration.md      and writes the page
    python -m benchmarks.calibration null --runners 40 --cells reverse memory_0.8 --lengths 120
    python -m benchmarks.calibration hostile power direction habits   only these tables

With 600 runners a row all tables take hours.
"""

import argparse
from pathlib import Path

from benchmarks.calibration.page import page
from benchmarks.calibration.tables import TABLES, Effort
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS


def main() -> None:
    options = _options()
    effort = Effort(
        options.runners,
        options.permutations,
        options.seed,
        tuple(options.cells),
        tuple(options.lengths),
        tuple(options.missing),
        look_every_d=options.look_every,
    )
    print(f"{effort.runners} runners a row, {effort.permutations} permutations, seed {effort.seed}")
    tables = {name: _printed(name, effort) for name in options.tables}
    if options.write:
        earlier = options.write.read_text(encoding="utf-8") if options.write.exists() else ""
        options.write.write_text(page(effort, tables, earlier), encoding="utf-8")


def _printed(table: str, effort: Effort) -> list[str]:
    """The lines of a table, each shown as soon as it is measured."""
    print()
    lines = []
    for line in TABLES[table](effort):
        print(line, flush=True)
        lines.append(line)
    return lines


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration",
        description=__doc__.split("\n\n")[0] if __doc__ else None,
    )
    add = parser.add_argument
    add("tables", nargs="*", choices=[*TABLES, []], default=[], help="all by default")
    add("--write", type=Path, metavar="FILE", help="write the tables to this page as well")
    add("--runners", type=int, default=600, help="simulated runners a row")
    add("--permutations", type=int, default=299)
    add("--seed", type=int, default=0)
    add(
        "--cells",
        nargs="+",
        choices=[*NULL_CELLS, *HOSTILE_CELLS],
        default=[],
        help="only these kinds of runner in the tables null and hostile",
    )
    add("--look-every", type=int, default=14, metavar="DAYS", help="in the years of looks")
    add("--lengths", nargs="+", type=int, default=[], help="days of diary in these two tables")
    add("--missing", nargs="+", type=float, default=[], help="shares of missing scores in them")
    options = parser.parse_args()
    options.tables = options.tables or list(TABLES)
    is_new = options.write and not options.write.exists()
    if is_new and set(options.tables) != set(TABLES):
        parser.error("a new page needs every table")
    return options


if __name__ == "__main__":
    main()
