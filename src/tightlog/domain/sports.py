"""What follows from the kind of an activity; the names are those of the FIT profile."""

FOOT_SPORTS = frozenset({"running", "walking", "hiking"})

# Sub-sports that are indoors by name; for any other the recording decides.
INDOOR_SUB_SPORTS = frozenset({
    "treadmill", "spin", "indoor_cycling", "indoor_rowing", "elliptical", "stair_climbing",
    "indoor_skiing", "indoor_walking", "indoor_running", "indoor_climbing",
    "indoor_wheelchair_walk", "indoor_wheelchair_run", "indoor_hand_cycling", "virtual_activity",
})  # fmt: skip


def is_run(sport: str) -> bool:
    """True for the sports whose distance counts as mileage."""
    return sport == "running"
