"""Why two recordings are one activity, and what a run took from a twin, in words."""

from collections.abc import Iterable

from tightlog.language.catalogue import phrases

# By the code of the rule, see `duplicate_activity.rule`.
REASONS = phrases(
    {
        "named": "an entry of an export's list that names this file as its recording",
        "listed": "an entry of an export's list about this recording",
        "same_start": "starts at the same second as a richer recording",
        "same_time": "the same time as another recording of it",
        "part": "a part of a longer recording of it",
        "around": "a longer track around a recording that says more",
        "shifted": "the same as a richer recording, its clock off by {clock_off_h:g} h",
    }
)

TAKEN = phrases(
    {
        "name": "name",
        "shoe": "shoe",
        "rpe": "effort rating",
        "moving_s": "time in motion",
        "distance_m": "distance",
        "ascent_m": "ascent",
        "descent_m": "descent",
        "speed_mps": "speed",
        "energy_kcal": "energy",
        "cadence_spm": "cadence",
        "heart_rate_bpm": "heart rate",
        "power_w": "power",
        "vertical_oscillation_mm": "vertical oscillation",
        "vertical_ratio_pct": "vertical ratio",
        "ground_contact_ms": "ground contact time",
        "ground_contact_left_pct": "ground contact balance",
        "step_length_mm": "step length",
    }
)


def twin_words(rule: str, clock_off_h: float | None) -> str:
    """Why an activity is the same as the one kept, by the rule that says so and how far its clock
    is off, in hours. KeyError for an unknown rule.
    """
    return REASONS[rule].format(clock_off_h=clock_off_h)


def taken_words(columns: Iterable[str]) -> str:
    """The columns taken from a twin as a list of words; how a cadence was read is part of it."""
    return ", ".join(TAKEN[column] for column in columns if column in TAKEN)
