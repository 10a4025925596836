"""Changes each declared constant by a tenth and expects a red test: `python -m tests.mutants`.

    python -m tests.mutants                          every border
    python -m tests.mutants --only twins fit.clock   those whose name holds one of these words

Survivors are listed, and the exit code is 1 when there is one.
"""

import argparse
import gc
import multiprocessing
import sys
from collections.abc import Sequence

# What every test file needs is loaded once; each mutant runs in a process forked from here.
import duckdb  # noqa: F401
import hypothesis.strategies  # noqa: F401
import polars  # noqa: F401
import pytest_timeout  # noqa: F401
import scipy.signal
import scipy.stats  # noqa: F401

from tests.mutants.borders import BORDERS, Border
from tests.mutants.mutant import Mutant, are_green, is_killed, mutants_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", nargs="*", default=[""], help="words a constant's name holds")
    parser.add_argument("--workers", type=int, default=2, help="mutants tried at the same time")
    given = parser.parse_args()
    return status_of(BORDERS, given.only, given.workers)


def status_of(borders: Sequence[Border], only: Sequence[str] = ("",), workers: int = 2) -> int:
    """Tries the mutants of the borders and prints what survives: 0 when nothing does, else 1."""
    chosen = [
        mutant
        for border in borders
        for mutant in mutants_of(border)
        if any(word in f"{mutant.module}.{mutant.name}" for word in only)
    ]
    guards = sorted({mutant.guards for mutant in chosen})
    survivors = 0
    gc.freeze()
    # A process for each: what a mutant imported must not meet the next one.
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        for files, green in zip(guards, pool.imap(are_green, guards), strict=True):
            if not green:
                sys.exit(f"{' '.join(files)} fails without any change: make it green first.")
        for mutant, killed in pool.imap_unordered(_judged, chosen):
            survivors += not killed
            if not killed:
                print(f"survives: {mutant}", flush=True)
    print(f"{len(chosen)} mutants, {len(chosen) - survivors} killed, {survivors} survive")
    return 1 if survivors else 0


def _judged(mutant: Mutant) -> tuple[Mutant, bool]:
    return mutant, is_killed(mutant)


if __name__ == "__main__":
    sys.exit(main())
