"""What follows from the kind of an activity; the names are those of the FIT profile."""

FOOT_SPORTS = frozenset({"running", "walking", "hiking"})

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
    "transition",
    "driving",
    "boating",
    "flying",
    "hang_gliding",
    "jumpmaster",
    "sky_diving",
    "motorcycling",
    "motor_sports",
    "snowmobiling",
    "video_gaming",
    "meditation",
)
NOT_EXERCISE_SUB_SPORTS = ("breathing", "meditation", "breathwork")


def is_run(sport: str) -> bool:
    """True for the sports whose distance counts as mileage."""
    return sport == "running"
