"""Simulated runners with known truth: plain nulls, hostile ones and planted effects.

The findings must not report what goes together without any effect of training on the back.
"""

from dataclasses import dataclass

from tightlog.findings.exposures import Exposure

SCORE_MEAN, SCORE_SPREAD = 3.0, 1.3

FAMILY = (
    Exposure(
        "run_distance_m", "distance the day before", "more distance", "km", 1000.0, reaction_sign=-1
    ),
    Exposure(
        "run_distance_7d_m",
        "distance in 7 days",
        "more distance in 7 days",
        "km",
        1000.0,
        spans_d=7,
        reaction_column="run_distance_m",
        reaction_sign=-1,
    ),
    Exposure(
        "session_spike", "a spike", "a spike", reaction_column="run_distance_m", reaction_sign=-1
    ),
    Exposure("load_au", "load the day before", "more load", reaction_sign=-1),
    Exposure(
        "acute_chronic_ratio",
        "load ratio",
        "a higher load ratio",
        reaction_column="run_distance_m",
        reaction_sign=-1,
    ),
    Exposure(
        "week_change",
        "week change",
        "a larger week change",
        reaction_column="run_distance_m",
        reaction_sign=-1,
    ),
)
SLOW = Exposure("run_distance_28d_m", "28-day load", "more 28-day load")


@dataclass(frozen=True)
class Runner:
    """The truth behind one simulated runner: the back, the training, and how the diary is kept."""

    carry_over: float = 0.8
    season: float = 0.0
    flares: float = 0.0
    weekly: float = 0.0
    reaction: float = 0.0
    not_at_random: bool = False
    noise_share: float = 0.0
    effect_per_sd: float = 0.0
    tail_df: float | None = None  # shocks of a t distribution instead of a normal one
    uneven: str = (
        ""  # the spread of the scores changes: with "time", or with yesterday's "distance"
    )
    uneven_points: float = 0.5  # by how much per standard deviation of that distance
    trend_points: float = 0.0  # score and volume drift together from first to last day
    injuries: float = 0.0  # points higher for weeks without running
    step_points: float = (
        0.0  # another level for good, from the day of a new watch that measures 15 % more
    )
    camps: bool = False
    ultra_m: float = 0.0  # one run far longer than all others
    exposure_carry_over: float | None = None  # runs daily, with a memory of its own
    # "points", "zeros" (three of four scores 0, highest 3) or "five" (0, 2.5, 5, 7.5, 10)
    scale: str = "points"
    rated_on: str = "all"  # "all", "run_days", "weekdays", "sundays", "bursts" or "evenings"
    # "stress", which means less running and a tighter morning after; or "sleep", which a tight back
    # spoils
    logs: str = ""


NULL_CELLS: dict[str, Runner] = {
    "memory_0.5": Runner(0.5),
    "memory_0.8": Runner(0.8),
    "memory_0.95": Runner(0.95),
    "season": Runner(season=1.2),
    "flares": Runner(flares=3.0),
    "weekly": Runner(weekly=0.8),
    "reverse": Runner(reaction=0.6),
    "not_at_random": Runner(not_at_random=True),
    "noise": Runner(noise_share=0.5),
}

HOSTILE_CELLS: dict[str, Runner] = {
    "random_walk": Runner(0.99),
    "heavy_tails": Runner(tail_df=2.2),
    "uneven_in_time": Runner(uneven="time"),
    "uneven_by_distance": Runner(uneven="distance"),
    "uneven_by_distance_more": Runner(uneven="distance", uneven_points=0.8),
    "trend": Runner(trend_points=4.0),
    "injuries": Runner(injuries=3.0),
    "step": Runner(step_points=2.0),
    "camps": Runner(camps=True),
    "ultra": Runner(ultra_m=100_000.0),
    "slow_exposure": Runner(exposure_carry_over=0.95),
    "slow_both": Runner(0.95, exposure_carry_over=0.95),
    "zeros": Runner(scale="zeros"),
    "zeros_reverse": Runner(scale="zeros", reaction=0.9),
    "five_levels": Runner(scale="five"),
    "five_levels_0.95": Runner(0.95, scale="five"),
    "on_run_days": Runner(rated_on="run_days"),
    "on_run_days_reverse": Runner(rated_on="run_days", reaction=0.9),
    "on_weekdays": Runner(rated_on="weekdays"),
    "on_sundays": Runner(rated_on="sundays"),
    "in_bursts": Runner(rated_on="bursts"),
    "in_the_evening": Runner(rated_on="evenings"),
    "evening_reverse": Runner(rated_on="evenings", reaction=0.9),
    "reverse_0.9": Runner(reaction=0.9),
    "reverse_2.0": Runner(reaction=2.0),
    "reverse_0.9_mnar": Runner(reaction=0.9, not_at_random=True),
    "reverse_2.0_mnar": Runner(reaction=2.0, not_at_random=True),
    "reverse_noise": Runner(reaction=0.9, noise_share=0.5),
    "stress_logged": Runner(logs="stress"),
    "sleep_logged": Runner(logs="sleep"),
}
