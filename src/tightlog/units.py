"""One conversion, one function: the only place where a unit is changed."""

# FIT counts 2^31 semicircles to 180 degrees.
SEMICIRCLE_DEG = 180.0 / 2**31
SECONDS_PER_MINUTE = 60.0
MINUTES_PER_HOUR = 60.0
METRES_PER_KM = 1000.0
# The international mile and foot.
METRES_PER_MILE = 1609.344
METRES_PER_FOOT = 0.3048
# From a median absolute deviation to the standard deviation of a normal distribution.
MAD_TO_SD = 1.4826
# The thermochemical calorie.
KJ_PER_KCAL = 4.184


def kilometres(metres: float) -> float:
    """Length in km of a length in m."""
    return metres / METRES_PER_KM


def miles(metres: float) -> float:
    """Length in miles of a length in m."""
    return metres / METRES_PER_MILE


def feet(metres: float) -> float:
    """Length in feet of a length in m."""
    return metres / METRES_PER_FOOT


def fahrenheit(degrees_c: float) -> float:
    """Temperature in °F of one in °C."""
    return degrees_c * 1.8 + 32.0


def step_length_m(speed_mps: float, cadence_spm: float) -> float:
    """Distance in m from one foot strike to the next, both feet counted."""
    return speed_mps * SECONDS_PER_MINUTE / cadence_spm
