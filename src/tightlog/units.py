"""One conversion, one function: the only place where a unit is changed."""

# FIT counts 2^31 semicircles to 180 degrees.
SEMICIRCLE_DEG = 180.0 / 2**31
SECONDS_PER_MINUTE = 60.0
MINUTES_PER_HOUR = 60.0
METRES_PER_KM = 1000.0
# From a median absolute deviation to the standard deviation of a normal distribution.
MAD_TO_SD = 1.4826
# The thermochemical calorie.
KJ_PER_KCAL = 4.184


def kilometres(metres: float) -> float:
    """Length in km of a length in m."""
    return metres / METRES_PER_KM


def step_length_m(speed_mps: float, cadence_spm: float) -> float:
    """Distance in m from one foot strike to the next, both feet counted."""
    return speed_mps * SECONDS_PER_MINUTE / cadence_spm
