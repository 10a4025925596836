"""Apple's kinds of workouts as sport and sub-sport of the FIT profile.

workoutActivityType="HKWorkoutActivityTypeRunning"   HKIndoorWorkout 1   → running, treadmill
"""

from collections.abc import Mapping
from types import MappingProxyType

from tightlog.domain.sports import GENERIC, Sport

PREFIX = "HKWorkoutActivityType"
# Nothing says what it was; it may be a run.
OTHER = "Other"
KINDS: Mapping[str, Sport] = MappingProxyType(
    {
        "Running": ("running", "generic"),
        "TrackAndField": ("running", "track"),
        "Walking": ("walking", "generic"),
        "Hiking": ("hiking", "generic"),
        "Cycling": ("cycling", "generic"),
        "HandCycling": ("cycling", "hand_cycling"),
        "Swimming": ("swimming", "generic"),
        "Rowing": ("rowing", "generic"),
        "Elliptical": ("fitness_equipment", "elliptical"),
        **dict.fromkeys(
            ("StairClimbing", "Stairs", "StepTraining"), ("fitness_equipment", "stair_climbing")
        ),
        **dict.fromkeys(
            ("TraditionalStrengthTraining", "FunctionalStrengthTraining", "CoreTraining"),
            ("training", "strength_training"),
        ),
        "HighIntensityIntervalTraining": ("hiit", "generic"),
        **dict.fromkeys(
            ("CrossTraining", "MixedCardio", "MixedMetabolicCardioTraining"),
            ("training", "cardio_training"),
        ),
        "Yoga": ("training", "yoga"),
        **dict.fromkeys(("Pilates", "Barre"), ("training", "pilates")),
        **dict.fromkeys(
            ("Flexibility", "Cooldown", "PreparationAndRecovery", "MindAndBody"),
            ("training", "flexibility_training"),
        ),
        "JumpRope": ("jump_rope", "generic"),
        **dict.fromkeys(
            ("CardioDance", "SocialDance", "Dance", "DanceInspiredTraining"), ("dance", "generic")
        ),
        "CrossCountrySkiing": ("cross_country_skiing", "generic"),
        "DownhillSkiing": ("alpine_skiing", "generic"),
        "Snowboarding": ("snowboarding", "generic"),
        "SkatingSports": ("ice_skating", "generic"),
        "Climbing": ("rock_climbing", "generic"),
        "PaddleSports": ("paddling", "generic"),
        "Soccer": ("soccer", "generic"),
        "Basketball": ("basketball", "generic"),
        "Tennis": ("tennis", "generic"),
        **dict.fromkeys(
            ("TableTennis", "Badminton", "Squash", "Racquetball", "Pickleball"),
            ("racket", "generic"),
        ),
        **dict.fromkeys(("Boxing", "Kickboxing"), ("boxing", "generic")),
        "Golf": ("golf", "generic"),
        "SwimBikeRun": ("multisport", "generic"),
        "Transition": ("transition", "generic"),
    }
)
INDOORS: Mapping[str, Sport] = MappingProxyType(
    {
        "Running": ("running", "treadmill"),
        "Walking": ("walking", "indoor_walking"),
        "Cycling": ("cycling", "indoor_cycling"),
        "Rowing": ("fitness_equipment", "indoor_rowing"),
    }
)
# By HKSwimmingLocationType.
SWIMS: Mapping[str, Sport] = MappingProxyType(
    {"1": ("swimming", "lap_swimming"), "2": ("swimming", "open_water")}
)


def sport_of(kind: str, is_indoor: bool | None, swum_in: str | None) -> Sport:
    """Sport and sub-sport of a kind in Apple's word, without its prefix; generic for others."""
    if kind == "Swimming":
        return SWIMS.get(swum_in or "", KINDS[kind])
    if is_indoor and kind in INDOORS:
        return INDOORS[kind]
    return KINDS.get(kind, GENERIC)


def kind_of(written: str) -> str:
    """A kind in Apple's word, without its prefix."""
    return written.removeprefix(PREFIX) or OTHER
