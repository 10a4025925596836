"""A steady runner with events of each kind planted in the history, and the days on which a pattern
must report them.
"""

from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.routine import Planted, Routine, steady_runner

COUNT = 400
# A Sunday each: 16 km is usual.
SPIKES = (139, 216, 286)
SPIKE_M = 24_000.0
# Two runs in a row whose cadence falls; reported after the second.
FADED = ((155, 157), (255, 258))
# 16 days without a run, then 12 km on a Thursday; 16 km was the longest before.
BREAK = range(325, 341)
BACK_ON = 341
FLARES = (120, 185, 240, 290)
FLARE_POINTS = {"calm": 3.0, "very steady": 2.0}
BACKS = {"calm": Routine(score_spread=0.7), "very steady": Routine(score_spread=0.3)}
FADED_RUN = {"cadence_drift_pct": -6.0}


def planted_runner(
    seed: int, back: str = "calm"
) -> tuple[PatternInputs, dict[str, tuple[int, ...]]]:
    """The history of a runner with a `calm` or `very steady` back, and by pattern the numbers of
    the days on which it must match.
    """
    no_runs = dict.fromkeys(BREAK, 0.0)
    planted = Planted(
        run_m=no_runs | dict.fromkeys(SPIKES, SPIKE_M) | {BACK_ON: 12_000.0},
        points=dict.fromkeys(FLARES, FLARE_POINTS[back]),
        runs={number: FADED_RUN for pair in FADED for number in pair},
    )
    due = {
        "R2": SPIKES,
        "R3": (BACK_ON,),
        "R7": tuple(second for _, second in FADED),
        "R17": FLARES,
    }
    return steady_runner(COUNT, seed, BACKS[back], planted), due
