"""The numbers of one activity as tiles, and where each of them comes from."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.runs.run_wording import (
    PACED_OVER_M,
    cadence_unit,
    duration_words,
    offset_words,
    signed,
    speed_number,
    speed_unit,
    started_words,
)
from tightlog.domain.formats import FORMAT
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.units import kilometres
from tightlog.words.kinds import RULE_WORDS
from tightlog.words.load import ESTIMATED, SET_ASIDE, load_basis_words
from tightlog.words.twins import taken_words

# The numbers of form whose definition stands in the warehouse, in the order they are shown.
DEFINED = (
    "cadence_residual_pct",
    "cadence_variability_pct",
    "ground_contact_z",
    "ground_contact_balance_change_pp",
    "vertical_oscillation_z",
    "vertical_ratio_z",
    "step_length_z",
    "steep_descent_min",
    "cadence_drift_pct",
    "ground_contact_drift_pct",
    "vertical_ratio_drift_pp",
    "decoupling_pct",
)
Tile = tuple[str, str, str]
Facts = Mapping[str, Any]

OFFSETS = {
    "device": "as set on the watch",
    "position": "from the start position",
    "neighbours": "from the recordings before and after",
    "settings": "from your settings",
}


def key_tiles(facts: Facts) -> list[Tile]:
    """Distance, time, pace, cadence, heart rate, climb, load and effort, where known."""
    sport = facts["sport"]
    tiles = [
        _tile(facts["distance_m"], "Distance", lambda metres: f"{kilometres(metres):.2f} km"),
        _tile(facts["moving_s"] or facts["elapsed_s"], "Time", duration_words, _pause_words(facts)),
        _tile(
            facts["speed_mps"] or None,
            "Pace" if sport in PACED_OVER_M else "Speed",
            lambda speed: speed_number(speed, sport),
            speed_unit(sport),
        ),
        _tile(facts["cadence_spm"], "Cadence", lambda value: f"{value:.0f}", cadence_unit(sport)),
        _tile(
            facts["heart_rate_bpm"],
            "Heart rate",
            lambda value: f"{value:.0f}",
            "beats/min, average",
        ),
        _tile(facts["ascent_m"], "Climb", lambda value: f"{value:,.0f} m", _descent_words(facts)),
        _tile(facts["power_w"], "Power", lambda value: f"{value:.0f} W", "average"),
        _tile(facts["load_au"], "Load", lambda value: f"{value:.0f}", _load_unit(facts)),
        _tile(facts["rpe"], "Effort", lambda value: f"{value:g}", "your rating, 0–10"),
        _tile(
            facts["energy_kcal"],
            "Energy",
            lambda value: f"{value:,.0f} kcal",
            "as your device estimates it",
        ),
        _tile(facts["shoe"], "Shoe", str),
    ]
    return [tile for tile in tiles if tile]


def form_tiles(facts: Facts) -> list[Tile]:
    """Means of the running form, where known, each with how far it is from the own norm."""
    tiles = [
        _tile(
            facts["cadence_residual_pct"],
            "Cadence against own norm",
            lambda value: f"{signed(value)} %",
            _expected_words(facts),
        ),
        _tile(
            facts["cadence_variability_pct"],
            "Cadence variability",
            lambda value: f"{value:.1f} %",
            "spread within the run",
        ),
        _tile(
            facts["ground_contact_ms"],
            "Ground contact",
            lambda value: f"{value:.0f} ms",
            _z_words(facts, "ground_contact_z"),
        ),
        _tile(
            facts["ground_contact_left_pct"],
            "Contact on the left",
            lambda value: f"{value:.1f} %",
            _balance_words(facts),
        ),
        _tile(
            facts["vertical_oscillation_mm"],
            "Vertical oscillation",
            lambda value: f"{value:.0f} mm",
            _z_words(facts, "vertical_oscillation_z"),
        ),
        _tile(
            facts["vertical_ratio_pct"],
            "Vertical ratio",
            lambda value: f"{value:.1f} %",
            _z_words(facts, "vertical_ratio_z"),
        ),
        _tile(
            facts["step_length_mm"],
            "Step length",
            lambda value: f"{value / 1000:.2f} m",
            _z_words(facts, "step_length_z"),
        ),
        _tile(
            facts["steep_descent_min"],
            "Steep descent",
            lambda value: f"{value:.0f} min",
            "at −5 % or steeper",
        ),
    ]
    return [tile for tile in tiles if tile]


def late_tiles(facts: Facts) -> list[Tile]:
    """How cadence, contact, vertical ratio and heart rate drifted, where that is known."""
    tiles = [
        _tile(
            facts["cadence_drift_pct"],
            "Cadence",
            lambda value: f"{signed(value)} %",
            "below 0: fewer steps late",
        ),
        _tile(
            facts["ground_contact_drift_pct"],
            "Ground contact",
            lambda value: f"{signed(value)} %",
            "above 0: longer contact late",
        ),
        _tile(
            facts["vertical_ratio_drift_pp"],
            "Vertical ratio",
            lambda value: f"{signed(value)} points",
            "above 0: more bounce late",
        ),
        _tile(
            facts["decoupling_pct"],
            "Heart rate against pace",
            lambda value: f"{signed(value)} %",
            "second half against first; above 0: more beats for the same pace",
        ),
    ]
    return [tile for tile in tiles if tile]


def unknown_words(facts: Facts) -> str:
    """Expected numbers that are missing, in one line; empty when none is."""
    wanted = {"heart_rate_bpm": "heart rate", "load_au": "load"}
    if facts["sport"] in FOOT_SPORTS:
        wanted = {"distance_m": "distance", "cadence_spm": "cadence"} | wanted
    if facts["sport"] == "running":
        wanted |= {"ground_contact_ms": "ground contact"}
    missing = [words for name, words in wanted.items() if facts[name] is None]
    return f"Not known: {', '.join(missing)}." if missing else ""


def origins(facts: Facts, files: Sequence[Facts], twins: Sequence[Facts]) -> list[tuple[str, str]]:
    """Names of the numbers and where each came from."""
    return [
        *_file_terms(files),
        ("Recorded by", facts["device"] or "not stated in the file"),
        ("Kind", RULE_WORDS[facts["sport_rule"]]),
        (
            "Day and time",
            (
                f"{started_words(facts)}, {offset_words(facts['utc_offset_s'])} "
                f"{OFFSETS.get(facts['utc_offset_source'], '')}"
            ).rstrip(),
        ),
        *_cadence_terms(facts),
        *_altitude_terms(facts),
        ("Load", _load_words(facts)),
        *([("Indoors", "yes")] if facts["is_indoor"] else []),
        *([("From a twin", taken_words(facts["from_twin"]))] if facts["from_twin"] else []),
        *(
            (
                f"Set aside {number}" if len(twins) > 1 else "Set aside",
                f"{twin['place'] or twin['activity_id']}: {twin['reason']}",
            )
            for number, twin in enumerate(twins, start=1)
        ),
        ("Its id", facts["activity_id"]),
    ]


def _file_terms(files: Sequence[Facts]) -> list[tuple[str, str]]:
    terms = []
    for number, file in enumerate(files):
        place = " › ".join(part for part in (file["path"], file["member"]) if part)
        kind = FORMAT[file["reader"]].title
        reason = f"; {file['reason']}" if file["reason"] else ""
        terms.append(("File" if number == 0 else "Same bytes in", f"{place} ({kind}{reason})"))
    return terms


def _cadence_terms(facts: Facts) -> list[tuple[str, str]]:
    if facts["cadence_spm"] is None:
        return (
            [("Cadence", facts["cadence_rule"] or "not in the file")]
            if facts["sport"] in FOOT_SPORTS
            else []
        )
    raw = (
        f" from {facts['cadence_raw']:.1f} in the file" if facts["cadence_raw"] is not None else ""
    )
    why = f" ({facts['cadence_evidence']})" if facts["cadence_evidence"] else ""
    rule = f". Rule: {facts['cadence_rule']}{why}" if facts["cadence_rule"] else ""
    terms = [("Cadence", f"{facts['cadence_spm']:.1f} {cadence_unit(facts['sport'])}{raw}{rule}")]
    if facts["cadence_expected_spm"] is not None and facts["cadence_residual_pct"] is not None:
        terms.append(
            (
                "Own norm",
                f"{facts['cadence_expected_spm']:.1f} steps/min at this pace and grade, from "
                "your runs of the previous 90 days; the median half-minute of this run is "
                f"{signed(facts['cadence_residual_pct'])} % off it",
            )
        )
    return terms


def _load_unit(facts: Facts) -> str:
    return "estimated" if facts["load_rule"] in ESTIMATED else "load units"


def _load_words(facts: Facts) -> str:
    if facts["load_rule"] is None:
        return "none: it needs 2 minutes or more, and heart rate or an effort rating"
    why = SET_ASIDE.get(facts["heart_rate_set_aside"])
    not_used = f". Its heart rate is not used: {why}" if why else ""
    return f"From {load_basis_words(facts)}{not_used}"


def _altitude_terms(facts: Facts) -> list[tuple[str, str]]:
    if facts["ascent_m"] is None and facts["descent_m"] is None:
        return []
    words = {
        True: "from a barometer",
        False: "from positions, so it is rough",
        None: "from a barometer or from positions: not stated",
    }
    return [("Climb", words[facts["has_barometer"]])]


def _tile(value: Any, name: str, shown: Any, meaning: str = "") -> Tile | None:
    return None if value is None else (shown(value), name, meaning)


def _pause_words(facts: Facts) -> str:
    elapsed_s, moving_s = facts["elapsed_s"], facts["moving_s"]
    if elapsed_s is None or moving_s is None or elapsed_s - moving_s < 1:
        return "no pauses" if elapsed_s is not None and moving_s is not None else ""
    return f"and {duration_words(elapsed_s - moving_s)} paused"


def _descent_words(facts: Facts) -> str:
    return "" if facts["descent_m"] is None else f"and {facts['descent_m']:,.0f} m down"


def _expected_words(facts: Facts) -> str:
    expected = facts["cadence_expected_spm"]
    return "" if expected is None else f"{expected:.0f} steps/min expected"


def _z_words(facts: Facts, name: str) -> str:
    z = facts[name]
    return "average" if z is None else f"{signed(z)} SD from your usual"


def _balance_words(facts: Facts) -> str:
    change = facts["ground_contact_balance_change_pp"]
    return "of the contact time" if change is None else f"{signed(change)} points from your usual"
