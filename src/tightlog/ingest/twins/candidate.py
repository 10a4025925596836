"""A candidate: an activity as far as it matters for whether it is the twin of another."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tightlog.domain.formats import FORMAT, LISTS
from tightlog.domain.sports import SportRule

# What of an activity a candidate is made of.
TOLD = (
    "activity_id", "sha256", "reader", "device", "sport", "sport_rule", "movement_sport",
    "started_at", "elapsed_s", "moving_s", "distance_m", "heart_rate_bpm", "first_latitude_deg",
    "first_longitude_deg", "body_channel_count", "place_channel_count", "record_count",
    "is_partial", "file_hint",
)  # fmt: skip
UNTYPED = "generic"
VEHICLE = "driving"


@dataclass(frozen=True)
class Candidate:
    """What decides whether two activities are one, and which of them is richer."""

    activity_id: str
    sha256: str
    sport: str
    started_s: float
    span_s: float
    moving_s: float | None
    distance_m: float | None
    heart_rate_bpm: float | None
    position_deg: tuple[float, float] | None
    richness: tuple[int, ...]
    body_channel_count: int = 0
    is_listed: bool = False
    is_partial: bool = False
    file_hint: str | None = None
    # Format and device that wrote it.
    recorder: tuple[str, str | None] = ("", None)
    movement_sport: str | None = None
    # Its sport is a word of its title, its app or its file name.
    is_named_only: bool = False

    @property
    def ended_s(self) -> float:
        return self.started_s + self.span_s

    @property
    def likely_sport(self) -> str:
        """Its sport, or what its movement looks like."""
        return self.sport if self.is_typed else self.movement_sport or self.sport

    @property
    def is_typed(self) -> bool:
        return self.sport != UNTYPED

    @cached_property
    def rank(self) -> tuple[tuple[int, ...], str, str]:
        """Richer first, then by content: never by the order of arrival."""
        return self.richness, self.sha256, self.activity_id

    def says_more_than(self, other: "Candidate") -> bool:
        """True when it has what the other lacks altogether: a heart rate, anything measured on the
        body, or a sport. A damaged recording never does.
        """
        return not self.is_partial and (
            (self.heart_rate_bpm is not None and other.heart_rate_bpm is None)
            or (self.body_channel_count > 0 and other.body_channel_count == 0)
            or (self.is_typed and not other.is_typed)
        )


def candidate(row: dict[str, Any]) -> Candidate:
    """Candidate of a row of `ingest.activity`."""
    latitude, longitude = row["first_latitude_deg"], row["first_longitude_deg"]
    return Candidate(
        row["activity_id"],
        row["sha256"],
        # A drive without a sport is no other recording of a run.
        VEHICLE if row.get("movement_sport") == VEHICLE else row["sport"],
        row["started_at"].timestamp(),
        row["elapsed_s"] or row["moving_s"] or 0.0,
        row["moving_s"],
        _positive(row["distance_m"]),
        _positive(row["heart_rate_bpm"]),
        None if latitude is None or longitude is None else (latitude, longitude),
        _richness(row),
        row["body_channel_count"],
        row["reader"] in LISTS,
        row["is_partial"],
        row.get("file_hint"),
        (row["reader"], row.get("device")),
        row.get("movement_sport"),
        row.get("sport_rule") == SportRule.NAME,
    )


def _richness(row: dict[str, Any]) -> tuple[int, ...]:
    """A recording before a list, whole before damaged, then what was measured on the body, the
    format that says more, place and detail.
    """
    return (
        int(row["reader"] not in LISTS),
        int(not row["is_partial"]),
        int(row["record_count"] > 0),
        row["body_channel_count"],
        FORMAT[row["reader"]].record_rank,
        row["place_channel_count"],
        row["record_count"],
    )


def _positive(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None
