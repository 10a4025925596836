"""Activities of a vendor's list: totals without a recording, one per row of a table or entry of
a JSON file.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.channels import HEART_RATE
from tightlog.domain.clocks import is_written_in_time
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA
from tightlog.domain.sports import FOOT_SPORTS, INDOOR_SUB_SPORTS, SportRule
from tightlog.readers.cadence import STEPS, CadenceRule, settled
from tightlog.readers.fit.profile import SPORTS
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.sport_words import GENERIC, Sport, sport_of

NO_RECORDS = pl.DataFrame(schema=dict(RECORD_SCHEMA))
NO_LAPS = pl.DataFrame(schema=dict(LAP_SCHEMA))
# A mean that includes standing is not the mean of the non-zero values: below these a list's cadence
# on foot is not used.
RUN_CADENCE_RANGE_SPM, WALK_CADENCE_RANGE_SPM = (100.0, 240.0), (60.0, 180.0)
# No mean is above the top speed of the same activity, except after a distance was corrected by
# hand. Seen (mean 1.2 to 160 times the top speed): a watch that counted its distance on from one
# ride to the next.
TOP_SPEED_SLACK = 1.15
# Where no top speed is listed: the 100 m record (Bolt, 2009: 10.44 m/s), the 50 m freestyle, wheels
# downhill, and the rest.
TOP_MEAN_MPS = {"swimming": 2.5, "cycling": 25.0} | dict.fromkeys(FOOT_SPORTS, 10.44)
TOP_OTHER_MEAN_MPS = 100.0
FIT_SPORTS = frozenset(SPORTS.values())


@dataclass(frozen=True)
class Listed:
    """One activity of a vendor's list in tightlog's units; None where the list has no value.

    `cadence` is in the unit of the list; `is_cadence_in_steps` if the list's name for it shows
    that.
    """

    list_name: str
    sport: Sport
    started_at: datetime
    elapsed_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    top_speed_mps: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None
    cadence: float | None = None
    is_cadence_in_steps: bool = False
    step_length_mm: float | None = None
    utc_offset_s: int | None = None
    name: str | None = None
    gear: str | None = None
    rpe: float | None = None
    energy_kcal: float | None = None
    file_hint: str | None = None
    listed_id: int | None = None


def listed_activity(listed: Listed, session_index: int) -> Activity:
    """Activity without records; its cadence in steps per minute on foot, with the rule behind
    it.
    """
    sport, sub_sport = listed.sport
    elapsed_s, moving_s = _lasting_s(listed)
    distance_m = positive(listed.distance_m) if has_credible_distance(listed) else None
    speed_mps = distance_m / moving_s if distance_m and moving_s else None
    raw, rule = _settled_cadence(listed, speed_mps)
    return Activity(
        session_index=session_index,
        sport=sport,
        sub_sport=sub_sport,
        started_at=listed.started_at,
        elapsed_s=elapsed_s,
        moving_s=moving_s,
        distance_m=distance_m,
        records=NO_RECORDS,
        laps=NO_LAPS,
        utc_offset_s=listed.utc_offset_s,
        ascent_m=None if sport == "swimming" else listed.ascent_m,
        descent_m=None if sport == "swimming" else listed.descent_m,
        speed_mps=speed_mps,
        cadence_spm=raw * rule.factor if raw and rule else None,
        cadence_raw=raw,
        cadence_rule=rule.name if rule else None,
        cadence_evidence=rule.evidence if rule else None,
        heart_rate_bpm=HEART_RATE.credited(listed.heart_rate_bpm),
        step_length_mm=positive(listed.step_length_mm) if sport in FOOT_SPORTS else None,
        device=listed.list_name,
        is_indoor=True if sub_sport in INDOOR_SUB_SPORTS else None,
        name=listed.name,
        # The gear of a ride is a bicycle.
        shoe=listed.gear if sport in FOOT_SPORTS else None,
        rpe=within(listed.rpe, 0.5, 10.0),
        energy_kcal=positive(listed.energy_kcal),
        file_hint=listed.file_hint,
        listed_id=listed.listed_id,
        sport_rule=SportRule.UNKNOWN if listed.sport == GENERIC else SportRule.LIST,
        movement_sport=sport_by_movement(NO_RECORDS, speed_mps, listed.heart_rate_bpm)
        if listed.sport == GENERIC
        else None,
    )


def has_credible_distance(listed: Listed) -> bool:
    """False where the distance needs a mean speed above the activity's own top speed, or
    above what its sport allows.
    """
    lasting_s = positive(listed.moving_s) or positive(listed.elapsed_s)
    if not lasting_s or not listed.distance_m:
        return True
    allowed = TOP_MEAN_MPS.get(listed.sport[0], TOP_OTHER_MEAN_MPS)
    top_mps = positive(listed.top_speed_mps)
    return listed.distance_m / lasting_s <= min(
        allowed, TOP_SPEED_SLACK * top_mps if top_mps else allowed
    )


def too_far(listed: Sequence[Listed]) -> list[str]:
    """The problem, in words, of distances that are not believed; empty without any."""
    count = sum(not has_credible_distance(one) for one in listed)
    return (
        [
            (
                f"{count} of its {len(listed)} activities have a distance their own speed does "
                "not allow; it was left out"
            )
        ]
        if count
        else []
    )


def sport_named(words: Mapping[str, Sport], *texts: str | None) -> Sport:
    """Sport the texts name: by the list's own words, as a name of the FIT profile, or in a
    common language; the most specific one counts.
    """
    found = [sport for text in texts if text and (sport := _sport(words, text))]
    return next((sport for sport in found if sport[1] != "generic"), found[0] if found else GENERIC)


def folded(text: str) -> str:
    """Lower-case words with one blank between, accents and punctuation dropped: `Durée de
    déplacement` -> `duree de deplacement`.
    """
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character)
    )
    return " ".join(re.findall(r"[^\W_]+", plain.lower()))


def is_believable(instant: datetime) -> bool:
    """True for an instant at which an activity can have been recorded."""
    return is_written_in_time(instant, datetime.now(UTC))


def _lasting_s(listed: Listed) -> tuple[float | None, float | None]:
    """Time from start to end and time in motion, in s; None where not measured. An entry without
    any length, in time and way, lasts 0 s: nothing was done.
    """
    elapsed_s, moving_s = positive(listed.elapsed_s), positive(listed.moving_s)
    lasting = [one for one in (elapsed_s, moving_s) if one is not None]
    is_empty = 0.0 in (listed.elapsed_s, listed.moving_s) and not positive(listed.distance_m)
    return max(lasting) if lasting else 0.0 if is_empty else None, moving_s


def positive(value: float | None) -> float | None:
    """The value where it is above 0: vendors write 0 for what was not measured."""
    return value if value is not None and value > 0 else None


def within(value: float | None, low: float, high: float) -> float | None:
    """The value where it lies between two believable bounds."""
    return value if value is not None and low <= value <= high else None


def _sport(words: Mapping[str, Sport], text: str) -> Sport | None:
    name = folded(text)
    if name in words:
        return words[name]
    fit_name = name.replace(" ", "_")
    return (fit_name, "generic") if fit_name in FIT_SPORTS - {"generic", "all"} else sport_of(text)


def _settled_cadence(
    listed: Listed, speed_mps: float | None
) -> tuple[float | None, CadenceRule | None]:
    """The listed cadence and its rule; both None where it is missing or cannot be a mean of
    moving feet.
    """
    raw, sport = positive(listed.cadence), listed.sport[0]
    if raw is None:
        return None, None
    if listed.is_cadence_in_steps and sport in FOOT_SPORTS:
        rule: CadenceRule | None = CadenceRule(
            1.0, listed.list_name, STEPS, "of both feet by its name"
        )
    else:
        rule = settled(sport, np.array([raw]), speed_mps, listed.list_name)
    low, high = RUN_CADENCE_RANGE_SPM if sport == "running" else WALK_CADENCE_RANGE_SPM
    is_believed = rule is not None and (
        sport not in FOOT_SPORTS or low <= raw * rule.factor <= high
    )
    return (raw, rule) if is_believed else (None, None)
