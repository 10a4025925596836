"""Calibration of the findings on simulated runners with known truth: false claims, power, coverage,
beside naive methods.

    python -m benchmarks.calibration                                     every table, from the top
    folder of the project python -m benchmarks.calibration null --runners 40 --cells reverse
    memory_0.8 --lengths 120 --missing 0.3 python -m benchmarks.calibration hostile power direction
    habits      only these tables

Null cells: nine ways in which a diary and a training log can move together without any effect of
training on the back. Hostile cells:
diaries, backs and training logs the method was not made for. Every rate has its standard error
beside it (±).
"""

import argparse
import itertools
import time
from collections.abc import Callable, Mapping

from tightlog.simulation.population.habits import HABIT_CELLS
from tightlog.simulation.population.rates import (
    intervention_rates,
    lowest_likely,
    null_rates,
    power_rates,
    reaction_rates,
    standard_error,
)
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS, Runner

PLANTED = tuple(
    (Runner(carry_over, noise_share=noise, effect_per_sd=per_sd), length_d, missing)
    for carry_over, noise in ((0.5, 0.0), (0.8, 0.0), (0.95, 0.0), (0.8, 0.5))
    for per_sd, length_d, missing in (
        (0.6, 120, 0.3),
        (0.4, 120, 0.3),
        (0.0, 365, 0.3),
        (0.2, 365, 0.3),
        (0.4, 365, 0.1),
        (0.6, 365, 0.5),
    )
)


HABIT_LENGTHS = ((60, 0.1), (120, 0.3), (365, 0.3), (365, 0.5))


def main() -> None:
    options = _options()
    print(
        f"{options.runners} runners a cell, {options.permutations} permutations, seed "
        f"{options.seed}"
    )
    for table in options.tables:
        TABLES[table](options)


def print_null_table(options: argparse.Namespace) -> None:
    """False claims where nothing is, in the nine plain cells."""
    _print_rates(NULL_CELLS, options)


def print_hostile_table(options: argparse.Namespace) -> None:
    """The same in the hostile cells."""
    _print_rates(HOSTILE_CELLS, options)


def _print_rates(cells: Mapping[str, Runner], options: argparse.Namespace) -> None:
    # The bound is that of the highest of worst, max-T and claims: 99.9 %, one-sided.
    _print_head(
        "cell",
        "days",
        "missing",
        "Pearson",
        "Spearman",
        "p < .05, worst",
        "28-day",
        "max-T",
        "any q",
        "holds 0",
        "`clear`",
        "claims",
        "`reacts`",
        "too little",
        "bound",
        "s",
    )
    for name, runner in cells.items():
        for length_d, missing in itertools.product(options.lengths, options.missing):
            if options.cells and name not in options.cells:
                continue
            started = time.perf_counter()
            rates = null_rates(
                runner, length_d, missing, options.runners, options.permutations, options.seed
            )
            bound = lowest_likely(
                max(rates["worst"], rates["family"], rates["claimed"]), options.runners
            )
            _print_row(
                name,
                str(length_d),
                f"{missing:.0%}",
                *_plain(rates, "pearson", "spearman"),
                _with_error(rates["worst"], options),
                *_plain(rates, "slow", "family", "discovery", "coverage", "clear"),
                _with_error(rates["claimed"], options),
                *_plain(rates, "reacts", "too_little"),
                f"{bound:.3f}",
                f"{time.perf_counter() - started:.0f}",
            )


def print_power_table(options: argparse.Namespace) -> None:
    """Power for a planted effect of the distance on the day before, and coverage of its
    interval.
    """
    _print_head(
        "memory",
        "noise",
        "points/SD",
        "days",
        "missing",
        "Pearson",
        "p < .05",
        "q < .10",
        "claims",
        "`clear`",
        "holds the truth",
        "estimate",
    )
    for runner, length_d, missing in PLANTED:
        rates = power_rates(
            runner, length_d, missing, options.runners, options.permutations, options.seed
        )
        _print_row(
            str(runner.carry_over),
            str(runner.noise_share),
            str(runner.effect_per_sd),
            str(length_d),
            f"{missing:.0%}",
            *_plain(rates, "pearson", "p", "q"),
            _with_error(rates["claimed"], options),
            *_plain(rates, "clear"),
            _with_error(rates["coverage"], options),
            f"{rates['estimate']:.3f}",
        )


def print_direction_table(options: argparse.Namespace) -> None:
    """How often the reaction test fires (p < .05 for the distance) with and without reverse
    causation.
    """
    _print_head("strength", "days", "reaction test p < .05", "`reacts`", "claims")
    for strength, length_d in (
        (0.0, 120),
        (0.0, 365),
        (0.6, 120),
        (0.6, 365),
        (0.9, 120),
        (0.9, 365),
        (2.0, 365),
    ):
        rates = reaction_rates(
            strength, length_d, options.runners, options.permutations, options.seed
        )
        _print_row(str(strength), str(length_d), *(_with_error(rate, options) for rate in rates))


def print_habit_table(options: argparse.Namespace) -> None:
    """Verdicts on an intervention, with no effect and with true ones, beside the naive
    comparison.
    """
    _print_head(
        "done on",
        "true",
        "days",
        "missing",
        "naive",
        "estimate",
        "`helps`",
        "`hurts`",
        "p < .05",
        "too little",
        "holds the truth",
        "naive before/after",
    )
    for (name, habit), true_points, (length_d, missing) in itertools.product(
        HABIT_CELLS.items(), (0.0, -0.5, -1.0), HABIT_LENGTHS
    ):
        rates = intervention_rates(
            habit,
            true_points,
            length_d,
            missing,
            options.runners,
            options.permutations,
            options.seed,
        )
        _print_row(
            name,
            str(true_points),
            str(length_d),
            f"{missing:.0%}",
            f"{rates['naive']:+.2f}",
            f"{rates['estimate']:+.2f}",
            _with_error(rates["helps"], options),
            *_plain(rates, "hurts", "p", "too_little"),
            _with_error(rates["coverage"], options),
            *_plain(rates, "before_after"),
        )


def _print_head(*cells: str) -> None:
    print()
    _print_row(*cells)
    _print_row(*("---" for _ in cells))


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _plain(rates: Mapping[str, float], *names: str) -> list[str]:
    return [f"{rates[name]:.3f}" for name in names]


def _with_error(rate: float, options: argparse.Namespace) -> str:
    return f"{rate:.3f} ± {standard_error(rate, options.runners):.3f}"


TABLES: dict[str, Callable[[argparse.Namespace], None]] = {
    "null": print_null_table,
    "hostile": print_hostile_table,
    "power": print_power_table,
    "direction": print_direction_table,
    "habits": print_habit_table,
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibration",
        description=__doc__.splitlines()[0] if __doc__ else None,
    )
    parser.add_argument(
        "tables",
        nargs="*",
        choices=[*TABLES, []],
        default=list(TABLES),
        help="which tables, all by default",
    )
    parser.add_argument("--runners", type=int, default=600, help="simulated runners a cell")
    parser.add_argument(
        "--cells",
        nargs="+",
        choices=[*NULL_CELLS, *HOSTILE_CELLS],
        default=[],
        help="only these null or hostile cells",
    )
    parser.add_argument(
        "--lengths", nargs="+", type=int, default=[60, 120, 365], help="days of diary"
    )
    parser.add_argument(
        "--missing",
        nargs="+",
        type=float,
        default=[0.1, 0.3, 0.5],
        help="share of days without a score",
    )
    parser.add_argument("--permutations", type=int, default=299)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
