"""What makes two activities one: rules on a pair, blind to the order in which they arrived."""

from math import cos, hypot, radians

from tightlog.domain.clocks import nearest_utc_offset_s
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.ingest.clocks import LONGEST
from tightlog.ingest.twins.candidate import VEHICLE, Candidate
from tightlog.ingest.twins.twin_rule import TwinRule

SAME_START_S = 2.0
# Two recorders are started one after the other: nobody begins two runs within half a minute.
BOTH_STARTED_S = 30.0
# Of the time of the longer one: they are one, whatever their distances say.
SAME_TIME = 0.9
# Of the time of the shorter one.
MIN_OVERLAP = 0.7
# One that lasts less than this share of another's time is a part of it.
PART_SPAN = 0.9
LEAST_OVERLAPPING_S = 60.0
SAME_DISTANCE = 0.05
# A watch whose clock jumped claims days: its span proves nothing.
CREDIBLE_SPAN_S = 12 * 3600.0
# A list rounds its times, and a vendor may trim a start.
LISTED_START_S, LISTED_SPAN = 60.0, 0.1
# Under another sport (corrected at the vendor's, or one it does not know) only what one person
# cannot do twice is the same.
RENAMED_START_S, RENAMED_SPAN, RENAMED_LEAST_S = 10.0, 0.05, 60.0
# A recording that was cut off at less than this share of what the list says of it is a part.
CUT_SPAN = 0.9
# Richer recordings that cover this share of a track around them are what it is about.
COVERED = 0.5
# An activity goes on when it is up to this much faster or slower than before.
GOES_ON = 1.5


def same_activity(one: Candidate, other: Candidate) -> TwinRule | None:
    """Why two recordings of about the same time are one activity; None when they are two, or one
    is a part of the other.
    """
    if not _may_be_one_sport(one, other):
        return None
    apart_s = abs(one.started_s - other.started_s)
    alike_span = _shorter_s(one, other) >= PART_SPAN * _longer_s(one, other)
    if alike_span and apart_s <= SAME_START_S:
        return TwinRule.SAME_START
    if _shorter_s(one, other) < LEAST_OVERLAPPING_S:
        return None
    if overlap_s(one, other) > SAME_TIME * _longer_s(one, other):
        return TwinRule.SAME_TIME
    overlaps = overlap_s(one, other) > MIN_OVERLAP * _shorter_s(one, other)
    if alike_span and overlaps and (apart_s <= BOTH_STARTED_S or _distance_fits(one, other)):
        return TwinRule.SAME_TIME
    return None


def listed_activity(one: Candidate, other: Candidate) -> TwinRule | None:
    """Why an entry of a list and a recording, or entries of two lists, are one; None else. A
    distance or a sport corrected at the vendor's makes them no two activities.
    """
    if one.is_listed and other.is_listed and one.sha256 == other.sha256:
        return None
    apart_s = abs(one.started_s - other.started_s)
    if not is_compatible(one, other):
        is_one = (
            apart_s <= RENAMED_START_S
            and _longer_s(one, other) - _shorter_s(one, other)
            <= RENAMED_SPAN * _longer_s(one, other)
            and _longer_s(one, other) > RENAMED_LEAST_S
        )
    else:
        is_one = apart_s <= LISTED_START_S and (
            _lasts_alike(one, other) or _is_cut(one, other) or _is_cut(other, one)
        )
    return TwinRule.LISTED if is_one else None


def is_inside(part: Candidate, whole: Candidate) -> bool:
    """True when a recording lies in the time of another that lasts clearly longer."""
    if not is_compatible(part, whole) or part.span_s >= PART_SPAN * whole.span_s:
        return False
    if whole.span_s > LONGEST.total_seconds():
        return False
    is_long = part.span_s >= LEAST_OVERLAPPING_S
    return abs(part.started_s - whole.started_s) <= SAME_START_S or (
        is_long and overlap_s(part, whole) > MIN_OVERLAP * part.span_s
    )


def is_part(part: Candidate, whole: Candidate) -> bool:
    """True when what lies in the time of another may be a part of it: one person cannot cover more
    ground in a part than in the whole.
    """
    started_together = abs(part.started_s - whole.started_s) <= BOTH_STARTED_S
    return whole.span_s < CREDIBLE_SPAN_S and (started_together or _distance_fits(part, whole))


def goes_on(part: Candidate, whole: Candidate) -> bool:
    """True when the whole goes on outside a part at about its speed: the part's recorder stopped,
    not the runner.
    """
    if part.distance_m is None or whole.distance_m is None:
        return False
    more_m = whole.distance_m - part.distance_m
    more_s = whole.span_s - overlap_s(part, whole)
    inside_mps, outside_mps = part.distance_m / part.span_s, more_m / more_s
    return inside_mps / GOES_ON <= outside_mps <= inside_mps * GOES_ON


def knows_the_whole(entry: Candidate, recording: Candidate) -> bool:
    """True when a list's entry says more than its recording, which broke off. Vendors trim and
    recompute: only of a damaged recording their list is believed to know the whole.
    """
    is_less = (
        recording.distance_m is None
        or entry.distance_m is None
        or recording.distance_m < (1 - SAME_DISTANCE) * entry.distance_m
    )
    return recording.is_partial and is_less and recording.span_s < CUT_SPAN * entry.span_s


def shifted_s(one: Candidate, other: Candidate) -> float | None:
    """Whole quarter hours in s by which the clock of one of two equal recordings is off; None when
    they are not equal. Two alike but real runs differ in one of these.
    """
    apart_s = abs(one.started_s - other.started_s)
    step_s = nearest_utc_offset_s(apart_s)
    is_equal = (
        one.sha256 != other.sha256
        and is_compatible(one, other)
        and step_s > 0
        and abs(apart_s - step_s) <= SAME_START_S
        and abs(one.span_s - other.span_s) <= max(2.0, 0.002 * one.span_s)
        and _same_distance(one, other, 0.01)
    )
    if not is_equal or one.span_s < 300 or one.is_listed or other.is_listed:
        return None
    has_heart = one.heart_rate_bpm is not None and other.heart_rate_bpm is not None
    same_heart = has_heart and abs((one.heart_rate_bpm or 0) - (other.heart_rate_bpm or 0)) <= 1.5
    has_place = one.position_deg is not None and other.position_deg is not None
    same_place = has_place and _near_start(one, other, 50.0)
    is_one = (
        (same_heart or same_place)
        and (same_heart or not has_heart)
        and (same_place or not has_place)
    )
    return step_s if is_one else None


def is_compatible(one: Candidate, other: Candidate) -> bool:
    """True for the same sport, or where one file does not say. A word of a title ("Morning Ride",
    an app's default) is no other sport; a drive is no other recording of anything.
    """
    if one.sport == other.sport or not (one.is_typed and other.is_typed):
        return True
    is_drive = VEHICLE in (one.sport, other.sport)
    return not is_drive and (one.is_named_only or other.is_named_only)


def overlap_s(one: Candidate, other: Candidate) -> float:
    """Seconds that lie in both."""
    return max(0.0, min(one.ended_s, other.ended_s) - max(one.started_s, other.started_s))


def _may_be_one_sport(one: Candidate, other: Candidate) -> bool:
    """True for compatible sports; of others only on foot, or over the same distance, in the same
    time.
    """
    if is_compatible(one, other):
        return True
    is_same_way = {one.sport, other.sport} <= FOOT_SPORTS or _same_distance(
        one, other, SAME_DISTANCE
    )
    return is_same_way and overlap_s(one, other) > SAME_TIME * _longer_s(one, other)


def _lasts_alike(one: Candidate, other: Candidate) -> bool:
    """True when the durations agree; a list may hold the time in motion alone, or none: then the
    starts must be the same.
    """
    if not one.span_s or not other.span_s:
        return abs(one.started_s - other.started_s) <= SAME_START_S
    return any(
        abs(a_s - b_s) <= LISTED_SPAN * max(a_s, b_s)
        for a_s in (one.span_s, one.moving_s or one.span_s)
        for b_s in (other.span_s, other.moving_s or other.span_s)
    )


def _is_cut(recording: Candidate, entry: Candidate) -> bool:
    """True for a recording that broke off before the end of what a list says of it."""
    return recording.is_partial and entry.is_listed and recording.span_s <= entry.span_s


def _shorter_s(one: Candidate, other: Candidate) -> float:
    return min(one.span_s, other.span_s)


def _longer_s(one: Candidate, other: Candidate) -> float:
    return max(one.span_s, other.span_s)


def _distance_fits(one: Candidate, other: Candidate) -> bool:
    """True when the distances agree, or the shorter one covers no more ground than the longer."""
    if one.distance_m is None or other.distance_m is None:
        return _shorter_s(one, other) > MIN_OVERLAP * _longer_s(one, other)
    if _same_distance(one, other, SAME_DISTANCE):
        return True
    longer, part = (one, other) if one.span_s >= other.span_s else (other, one)
    is_shorter = (part.distance_m or 0.0) <= (1 + SAME_DISTANCE) * (longer.distance_m or 0.0)
    return longer.span_s < CREDIBLE_SPAN_S and is_shorter and _near_start(one, other)


def _same_distance(one: Candidate, other: Candidate, tolerance: float) -> bool:
    if one.distance_m is None or other.distance_m is None:
        return False
    return abs(one.distance_m - other.distance_m) <= tolerance * max(
        one.distance_m, other.distance_m
    )


def _near_start(one: Candidate, other: Candidate, within_m: float = 20_000.0) -> bool:
    """False only when both have positions and these lie far apart."""
    if one.position_deg is None or other.position_deg is None:
        return True
    return _apart_m(one.position_deg, other.position_deg) <= within_m


def _apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    metres_per_degree = 111_195.0
    return hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0]))) * metres_per_degree
