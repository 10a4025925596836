"""Tables of one FIT file → its activities: one per session, each with its own records and laps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.activity import Activity, PowerRule
from tightlog.domain.channels import PLAIN_MEANS
from tightlog.domain.sports import INDOOR_SUB_SPORTS, SportRule
from tightlog.readers.cadence import CadenceRule, settled
from tightlog.readers.fit import profile
from tightlog.readers.fit.added_fields import with_added_power
from tightlog.readers.fit.clock import RELATIVE_BELOW_S, instant, switched_on_s, utc_offset_s
from tightlog.readers.fit.heart_beats import Beats, with_beats
from tightlog.readers.fit.laps import Columns, lap_columns, lap_frame
from tightlog.readers.fit.messages import Floats, Table, numbers, texts, timestamps
from tightlog.readers.fit.records import Records, Switches, records, running_s, session_frame
from tightlog.readers.fit.sessions import Session, Totals, apart, owner, sessions
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.record_frame import kept_rows
from tightlog.readers.recorded_distance import growing_m
from tightlog.readers.travelled import is_timeless, timeless_words

# a total this far from the last record was edited: by the runner (treadmill) or by the watch
EDITED_SHARE = 0.01
MAX_EDIT_RATIO = 2.0  # further apart they are not the same quantity
# A watch writes these when the runner chose no sport, or only where it took place.
UNSAID_SPORTS = frozenset({"generic", "all"})
UNSAID_SUB_SPORTS = frozenset({
    "generic", "all", "navigate", "track_me", "map", "treadmill", "street", "trail", "track",
    "indoor_running", "commuting", "mixed_surface", "exercise", "challenge", "warm_up",
})  # fmt: skip
COMPLETE_SHARE = 0.9  # of the elapsed time, the records must reach to be a whole run
# A field of device_info.
PRODUCT_NAME = 27

RELATIVE = (
    "its times count from when the device was switched on and are dated by the file's own date"
)


@dataclass(frozen=True)
class Shared:
    """What all sessions of one FIT file have in common."""

    device: str | None
    has_barometer: bool | None
    utc_offset_s: int | None
    switches: Switches
    laps: Columns
    # True where the power is that of a maker's own field.
    is_power_added: bool


def file_records(tables: Mapping[int, Table], latest: float, beats: Beats) -> tuple[Records, bool]:
    """Records of one FIT file, and whether their power is that of a maker's own field; `beats` are
    those a strap handed over beside the records.
    """
    written_s = timestamps(tables[profile.RECORD])
    switched_on_s = _switched_on_s(tables, written_s)
    rows = records(tables[profile.RECORD], tables[profile.EVENT], latest, switched_on_s, written_s)
    return with_added_power(
        with_beats(rows, beats), tables[profile.RECORD], tables[profile.FIELD_DESCRIPTION]
    )


def activities(
    tables: Mapping[int, Table], rows: Records, is_power_added: bool, latest: float
) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
    """Activities of one FIT file in the order they began, and what was wrong with it, from its
    records (file_records) and its other tables.
    """
    found, problems = sessions(tables, rows, latest)
    found, is_kept, joins = apart(found, rows)
    problems += joins
    problems += (rows.repair.words,) if rows.repair else ()
    problems += (RELATIVE,) if rows.is_relative else ()
    shared = Shared(
        _device(tables),
        _has_barometer(tables[profile.DEVICE_INFO]),
        utc_offset_s(tables[profile.ACTIVITY]),
        rows.switches,
        _on_clock(lap_columns(tables[profile.LAP], latest), rows),
        is_power_added,
    )
    record_owner, lap_owner = owner(rows.time_s, found), owner(shared.laps["started_s"], found)
    result, travelled_m = [], 0.0
    for index, session in enumerate(found):
        own_rows = rows.part((record_owner == index) & is_kept)
        part, travelled_m = _own_distance(own_rows, travelled_m)
        result.append(_activity(session, index, part, shared, lap_owner == index))
        problems += timeless_words(part.time_s, result[-1].elapsed_s)
    return tuple(result), problems


def _on_clock(laps: Columns, rows: Records) -> Columns:
    return {**laps, "started_s": rows.on_clock(laps["started_s"])}


def _switched_on_s(tables: Mapping[int, Table], written_s: Floats) -> float | None:
    """When the device was switched on, in FIT seconds, where its records count from then by what is
    written of their times.
    """
    relative_s = written_s[written_s < RELATIVE_BELOW_S]
    first_s = float(relative_s[0]) if relative_s.size else None
    return (
        None
        if first_s is None
        else switched_on_s(tables[profile.FILE_ID], tables[profile.TIMESTAMP_CORRELATION], first_s)
    )


def _activity(
    session: Session, index: int, part: Records, shared: Shared, own_laps: NDArray[np.bool_]
) -> Activity:
    totals = session.totals
    sport = profile.name_of(profile.SPORTS, totals.get("sport"), "generic")
    sub_sport = profile.name_of(profile.SUB_SPORTS, totals.get("sub_sport"), "generic")
    distance_m, part = _settled_distance(totals, part, session.started_s)
    is_indoor = _is_indoor(sport, sub_sport, part, totals)
    # Indoors a distance of 0 was not measured: a treadmill without a foot pod.
    distance_m = None if is_indoor and not distance_m else distance_m
    elapsed_s = totals.get("elapsed_s") or _span_s(part)
    moving_s = totals.get("moving_s") or running_s(shared.switches, session.started_s, elapsed_s)
    speed_mps = distance_m / moving_s if distance_m and moving_s else totals.get("speed_mps")
    rule, cadence_raw = _cadence(sport, part, totals, speed_mps)
    factor = rule.factor if rule else 1.0
    activity = Activity(
        session_index=index,
        sport=sport,
        sub_sport=sub_sport,
        started_at=instant(session.started_s),
        elapsed_s=elapsed_s,
        moving_s=moving_s,
        distance_m=distance_m,
        records=session_frame(part, session.started_s, factor),
        laps=lap_frame(shared.laps, own_laps, rule),
        utc_offset_s=shared.utc_offset_s,
        speed_mps=speed_mps,
        cadence_spm=cadence_raw * factor if cadence_raw is not None else None,
        cadence_raw=cadence_raw,
        cadence_rule=rule.name if rule else None,
        cadence_evidence=rule.evidence if rule else None,
        device=shared.device,
        has_barometer=shared.has_barometer,
        is_indoor=is_indoor,
    )
    whole = _with_averages(activity, part, totals)
    is_added = shared.is_power_added and whole.power_w is not None
    return _with_movement(replace(whole, power_rule=PowerRule.ADDED_FIELD) if is_added else whole)


def _with_movement(activity: Activity) -> Activity:
    """The activity with what its movement shows, where the file does not say its sport."""
    if activity.sport not in UNSAID_SPORTS or activity.sub_sport not in UNSAID_SUB_SPORTS:
        return activity
    shown = sport_by_movement(activity.records, activity.speed_mps, activity.heart_rate_bpm)
    return replace(activity, sport_rule=SportRule.UNKNOWN, movement_sport=shown)


def _with_averages(activity: Activity, part: Records, totals: Totals) -> Activity:
    """The activity with what does not depend on its sport: climb, effort, running dynamics."""
    means: dict[str, Any] = {
        channel.name: _recorded_mean(channel.name, part, totals)
        for channel in PLAIN_MEANS
        if channel.fit
    }
    return replace(
        activity,
        ascent_m=_with_fraction(totals, "ascent_m"),
        descent_m=_with_fraction(totals, "descent_m"),
        heart_rate_bpm=totals.get("heart_rate_bpm") or _mean(part.columns["heart_rate_bpm"]),
        power_w=totals.get("power_w") or _power_w(part),
        rpe=totals.get("rpe"),
        energy_kcal=totals.get("energy_kcal"),
        **means,
    )


def _own_distance(part: Records, travelled_m: float) -> tuple[Records, float]:
    """The session's records with distances from its own start, and the file's distance so far:
    most watches count on over the legs.
    """
    distance = _grown(part)
    part = replace(part, columns={**part.columns, "distance_m": distance})
    is_known = np.isfinite(distance)
    if not is_known.any():
        return part, travelled_m
    last = float(distance[_last_true(is_known)])
    if travelled_m == 0.0 or distance[np.argmax(is_known)] < travelled_m:
        return part, last
    return replace(part, columns={**part.columns, "distance_m": distance - travelled_m}), last


def _grown(part: Records) -> Floats:
    """The recorded distance without its steps back; as recorded where it is something else."""
    distance = part.columns["distance_m"]
    grown = growing_m(distance, part.time_s)
    return distance if grown is None else grown


def _settled_distance(
    totals: Totals, part: Records, started_s: float
) -> tuple[float | None, Records]:
    """Distance in m, and records that end on it: where both exist and differ, the session's
    total counts.
    """
    total_m, column = totals.get("distance_m"), part.columns["distance_m"]
    is_known = np.isfinite(column)
    at = _last_true(is_known)
    recorded_m = float(column[at]) if is_known.any() else None
    if not total_m:
        return recorded_m or total_m, part
    if (
        not recorded_m
        or abs(total_m / recorded_m - 1) <= EDITED_SHARE
        or not _is_edit(total_m / recorded_m)
    ):
        return total_m, part
    # Of a file that breaks off the last record is not the end of the run: nothing was edited.
    if not part.time_s[at] - started_s >= COMPLETE_SHARE * totals.get("elapsed_s", np.inf):
        return total_m, part
    return total_m, replace(
        part, columns={**part.columns, "distance_m": column * (total_m / recorded_m)}
    )


def _last_true(rows: NDArray[np.bool_]) -> int:
    """The last row that is true, of rows of which any is."""
    return int(rows.size - 1 - np.argmax(rows[::-1])) if rows.size else -1


def _is_edit(ratio: float) -> bool:
    return 1 / MAX_EDIT_RATIO <= ratio <= MAX_EDIT_RATIO


def _cadence(
    sport: str, part: Records, totals: Totals, speed_mps: float | None
) -> tuple[CadenceRule | None, float | None]:
    """The rule, and the mean of the non-zero recorded values while the timer runs; from the
    session's average without any.
    """
    raw = kept_rows(part.cadence_raw, part.is_timer_running)
    raw = kept_rows(raw, raw > 0)
    rule = settled(sport, raw, speed_mps, "fit")
    if rule is not None:
        return rule, float(raw.mean())
    average = _with_fraction(totals, "cadence")
    if average is None:
        return None, None
    rule = settled(sport, np.array([average]), speed_mps, "fit")
    return (
        (replace(rule, source=f"{rule.source} session average"), average) if rule else (None, None)
    )


def _with_fraction(totals: Totals, name: str) -> float | None:
    whole = totals.get(name)
    return None if whole is None else whole + totals.get(f"fractional_{name}", 0.0)


def _mean(column: Floats) -> float | None:
    is_known = np.isfinite(column)
    if column.size and is_known.all():
        return float(column.mean())
    valid = column[is_known]
    return float(valid.mean()) if valid.size else None


def _recorded_mean(name: str, part: Records, totals: Totals) -> float | None:
    """Mean of a channel over the records while the timer runs, else the session's average."""
    return _mean(kept_rows(part.columns[name], part.is_timer_running)) or totals.get(name)


def _power_w(part: Records) -> float | None:
    """Mean power in W while the timer runs; None when it is 0 throughout, as without a power
    meter.
    """
    return _mean(kept_rows(part.columns["power_w"], part.is_timer_running)) or None


def _span_s(part: Records) -> float | None:
    times = part.time_s[np.isfinite(part.time_s)]
    return float(times.max() - times.min()) if times.size and not is_timeless(times) else None


def _is_indoor(sport: str, sub_sport: str, part: Records, totals: Totals) -> bool | None:
    """True for an indoor sub-sport or a run recorded without any position, False with positions,
    None where it is unknown.
    """
    if sub_sport in INDOOR_SUB_SPORTS:
        return True
    if "start_latitude" in totals or np.isfinite(part.columns["latitude_deg"]).any():
        return False
    return True if sport == "running" and part.height else None


def _device(tables: Mapping[int, Table]) -> str | None:
    file_id, info = tables[profile.FILE_ID], tables[profile.DEVICE_INFO]
    names = [name for name in texts(file_id, 8) if name]
    if not names and PRODUCT_NAME in info.defined:
        creator = np.flatnonzero(numbers(info, 0) == 0)
        named = enumerate(texts(info, PRODUCT_NAME))
        names = [name for index, name in named if index in creator and name]
    maker, product = numbers(file_id, 1), numbers(file_id, 2)
    return profile.device(_first(maker), _first(product), names[0] if names else None)


def _has_barometer(info: Table) -> bool | None:
    """True when the watch lists a barometer among its own sensors; None when it lists none,
    which proves nothing.
    """
    is_barometer = (numbers(info, 25) == profile.LOCAL_SOURCE) & (
        numbers(info, 1) == profile.LOCAL_BAROMETER
    )
    return True if is_barometer.any() else None


def _first(column: Floats) -> float | None:
    valid = column[np.isfinite(column)]
    return float(valid[0]) if valid.size else None
