"""What a run took from a twin, in words."""

from collections.abc import Iterable

TAKEN = {
    "name": "name",
    "shoe": "shoe",
    "rpe": "effort rating",
    "moving_s": "time in motion",
    "distance_m": "distance",
    "ascent_m": "ascent",
    "descent_m": "descent",
    "speed_mps": "speed",
    "cadence_spm": "cadence",
    "heart_rate_bpm": "heart rate",
    "power_w": "power",
    "vertical_oscillation_mm": "vertical oscillation",
    "vertical_ratio_pct": "vertical ratio",
    "ground_contact_ms": "ground contact time",
    "ground_contact_left_pct": "ground contact balance",
    "step_length_mm": "step length",
}


def taken_words(columns: Iterable[str]) -> str:
    """The columns taken from a twin as a list of words; how a cadence was read is part of it."""
    return ", ".join(TAKEN[column] for column in columns if column in TAKEN)
