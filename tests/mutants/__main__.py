"""Changes each declared constant by a tenth and expects a red test: `python -m tests.mutants`.

    python -m tests.mutants                          every border
    python -m tests.mutants --only twins fit.clock   those whose name holds one of these words
    python -m tests.mutants --afresh                 also those killed before (`known.py`)

Survivors are listed, and the exit code is 1 when there is one.
"""

import argparse
import gc
import multiprocessing
import sys
from collections.abc import Iterator, Sequence

# What every test file needs is loaded once; each mutant runs in a process forked from here.
import duckdb  # noqa: F401
import hypothesis.strategies  # noqa: F401
import polars  # noqa: F401
import pytest_timeout  # noqa: F401
import scipy.signal
import scipy.stats  # noqa: F401

from tests.mutants.borders import BORDERS, Border
from tests.mutants.known import KILLED, Known
from tests.mutants.mutant import Mutant, are_green, is_killed, mutants_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", nargs="*", default=[""], help="words a constant's name holds")
    parser.add_argument("--workers", type=int, default=2, help="mutants tried at the same time")
    parser.add_argument("--afresh", action="store_true", help="try those killed before as well")
    given = parser.parse_args()
    if given.afresh:
        KILLED.unlink(missing_ok=True)
    return status_of(BORDERS, given.only, given.workers, Known.read())


def status_of(
    borders: Sequence[Border],
    only: Sequence[str] = ("",),
    workers: int = 2,
    known: Known | None = None,
) -> int:
    """Tries the mutants of the borders and prints what survives: 0 when nothing does, else 1.

    What is `known` as killed is not tried again; None tries all and notes nothing.
    """
    chosen = [
        mutant
        for border in borders
        for mutant in mutants_of(border)
        if any(word in f"{mutant.module}.{mutant.name}" for word in only)
    ]
    tried = [mutant for mutant in chosen if known is None or mutant not in known]
    if len(tried) < len(chosen):
        print(f"{len(chosen) - len(tried)} of {len(chosen)} were killed before", flush=True)
    survivors = 0
    for mutant, killed in _judgements(tried, workers):
        if not killed:
            survivors += 1
            print(f"survives: {mutant}", flush=True)
        elif known is not None:
            known.add(mutant)
    print(f"{len(chosen)} mutants, {len(chosen) - survivors} killed, {survivors} survive")
    return 1 if survivors else 0


def _judgements(tried: Sequence[Mutant], workers: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether it was killed; ends the program when a guard is red as it is."""
    guards = sorted({mutant.guards for mutant in tried})
    gc.freeze()
    # A process for each: what a mutant imported must not meet the next one.
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        for files, green in zip(guards, pool.imap(are_green, guards), strict=True):
            if not green:
                sys.exit(f"{' '.join(files)} fails without any change: make it green first.")
        yield from pool.imap_unordered(_judged, tried)


def _judged(mutant: Mutant) -> tuple[Mutant, bool]:
    return mutant, is_killed(mutant)


if __name__ == "__main__":
    sys.exit(main())
