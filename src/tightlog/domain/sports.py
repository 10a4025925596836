"""What follows from the kind of an activity; the names are those of the FIT profile."""

from enum import StrEnum

# Sport and sub-sport.
Sport = tuple[str, str]
GENERIC: Sport = ("generic", "generic")


class SportRule(StrEnum):
    """What says the kind of an activity; the order in which it is believed is in ingest/kinds."""

    CORRECTION = "correction"
    FILE = "file"
    LIST = "list"
    TWIN = "twin"
    NAME = "name"
    SETTINGS = "settings"
    MOVEMENT = "movement"
    OWN_RUNS = "own_runs"
    UNKNOWN = "unknown"


FOOT_SPORTS = frozenset({"running", "walking", "hiking"})
# Kinds a default pair of shoes may be for: sports on foot, and kinds of runs.
SHOE_KINDS = ("running", "trail", "treadmill", "track", "street", "walking", "hiking")

# Sub-sports that are indoors by name; for any other the recording decides.
INDOOR_SUB_SPORTS = frozenset({
    "treadmill", "spin", "indoor_cycling", "indoor_rowing", "elliptical", "stair_climbing",
    "indoor_skiing", "indoor_walking", "indoor_running", "indoor_climbing",
    "indoor_wheelchair_walk", "indoor_wheelchair_run", "indoor_hand_cycling", "virtual_activity",
})  # fmt: skip

# Kind of a FIT sub-sport, whatever the sport; then of a sport. Anything else is `other`.
KIND_OF_SUB_SPORT = {
    "strength_training": "strength",
    "core_training": "core",
    "yoga": "mobility",
    "pilates": "mobility",
    "flexibility_training": "mobility",
    "stretching": "mobility",
    "mobility": "mobility",
    "indoor_cycling": "cycle",
    "spin": "cycle",
    "lap_swimming": "swim",
    "open_water": "swim",
}
KIND_OF_SPORT = {
    "running": "run",
    "swimming": "swim",
    "cycling": "cycle",
    "e_biking": "cycle",
    "strength_training": "strength",
    "yoga": "mobility",
    "pilates": "mobility",
    "mobility": "mobility",
}
# Recorded by watches, but not exercise: the change between the sports of a triathlon, sitting in a
# vehicle, a boat or at a screen, falling, sitting still.
NOT_EXERCISE_SPORTS = (
    "transition", "driving", "boating", "flying", "hang_gliding", "jumpmaster", "sky_diving",
    "motorcycling", "motor_sports", "snowmobiling", "meditation", "auto_racing", "health_snapshot",
    "video_gaming",
)  # fmt: skip
NOT_EXERCISE_SUB_SPORTS = ("breathing", "meditation", "breathwork", "atv", "motocross", "rc_drone")

# Kinds that `default_sport` may name.
DEFAULT_SPORTS = (
    "running", "walking", "hiking", "cycling", "swimming", "rowing", "cross_country_skiing",
    "training",
)  # fmt: skip

# An accidental start: shorter than this, or less far where the kind goes somewhere.
ACCIDENT_S = 60.0
ACCIDENT_M = 100.0
# Kinds whose metres say whether they took place. A swim of 50 m may be one.
SPORTS_WITH_WAY = frozenset({
    "running", "walking", "hiking", "cycling", "e_biking", "inline_skating",
    "cross_country_skiing", "mountaineering", "snowshoeing",
})  # fmt: skip


# Faster from start to end nobody runs: the record over 10 km is 6.4 m/s.
RUN_TOP_MEAN_MPS = 7.0


def is_run(sport: str) -> bool:
    """True for the sports whose distance counts as mileage."""
    return sport == "running"


def is_exercise(sport: str, sub_sport: str) -> bool:
    """False for what watches record beside exercise: drives, snapshots of health, games."""
    return sport not in NOT_EXERCISE_SPORTS and sub_sport not in NOT_EXERCISE_SUB_SPORTS
