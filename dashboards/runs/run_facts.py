"""The numbers of one activity as tiles, and where each of them comes from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dashboards.runs.run_wording import (
    PACED,
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
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.language.choice import numerals
from tightlog.words.kinds import RULE_WORDS
from tightlog.words.load import ESTIMATED, SET_ASIDE, load_basis_words
from tightlog.words.measures import distance, height, height_unit, height_value
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


class Declared(NamedTuple):
    """A tile of a column: its name, how the number is shown, and what it means, in words or
    from the facts of the activity.
    """

    column: str
    name: str
    shown: Callable[[float], str]
    meaning: str | Callable[[Facts], str]


# Standard deviations from the own usual: what is worth a word, and what a strong one. Ours.
UNUSUAL_Z, FAR_Z = 1.0, 2.0
OFFSETS = phrases(
    {
        "device": "as set on the watch",
        "position": "from the start position",
        "neighbours": "from the recordings before and after",
        "settings": "from your settings",
    }
)
SHOE_SOURCES = phrases(
    {
        None: "",
        "file": "",
        "correction": "as you said",
        "settings": "your default pair of that day",
    }
)


def key_tiles(facts: Facts) -> list[Tile]:
    """Distance, time, pace, cadence, heart rate, climb, load and effort, where known."""
    sport = facts["sport"]
    tiles = [
        _tile(facts["distance_m"], phrase("Distance"), lambda metres: distance(metres, 2)),
        _tile(
            facts["moving_s"] or facts["elapsed_s"],
            phrase("Time"),
            duration_words,
            _pause_words(facts),
        ),
        _tile(
            facts["speed_mps"] or None,
            phrase("Pace") if sport in PACED else phrase("Speed"),
            lambda speed: speed_number(speed, sport),
            speed_unit(sport),
        ),
        _tile(
            facts["cadence_spm"],
            phrase("Cadence"),
            lambda value: f"{value:.0f}",
            cadence_unit(sport),
        ),
        _tile(
            facts["heart_rate_bpm"],
            phrase("Heart rate"),
            lambda value: f"{value:.0f}",
            phrase("beats/min, average"),
        ),
        _tile(facts["ascent_m"], phrase("Climb"), height, _descent_words(facts)),
        _tile(facts["power_w"], phrase("Power"), lambda value: f"{value:.0f} W", phrase("average")),
        _tile(facts["load_au"], phrase("Load"), lambda value: f"{value:.0f}", _load_unit(facts)),
        _tile(
            facts["rpe"], phrase("Effort"), lambda value: f"{value:g}", phrase("your rating, 0–10")
        ),
        _tile(
            facts["energy_kcal"],
            phrase("Energy"),
            lambda value: phrase("{value:,.0f} kcal", value=value),
            phrase("as your device estimates it"),
        ),
        _tile(facts["shoe"], phrase("Shoe"), str, SHOE_SOURCES[facts["shoe_source"]]),
    ]
    return [tile for tile in tiles if tile]


def form_tiles(facts: Facts) -> list[Tile]:
    """Means of the running form, where known, each with how far it is from the own norm."""
    return _tiles(facts, FORM)


def late_tiles(facts: Facts) -> list[Tile]:
    """How cadence, contact, vertical ratio and heart rate drifted, where that is known."""
    return _tiles(facts, LATE)


def unknown_words(facts: Facts) -> str:
    """Expected numbers that are missing, in one line; empty when none is."""
    wanted = {"heart_rate_bpm": phrase("heart rate"), "load_au": "load"}
    if facts["sport"] in FOOT_SPORTS:
        wanted = {"distance_m": "distance", "cadence_spm": "cadence"} | wanted
    if facts["sport"] == "running":
        wanted |= {"ground_contact_ms": phrase("ground contact")}
    missing = [words for name, words in wanted.items() if facts[name] is None]
    return phrase("Not known: {missing}.", missing=", ".join(missing)) if missing else ""


def origins(facts: Facts, files: Sequence[Facts], twins: Sequence[Facts]) -> list[tuple[str, str]]:
    """Names of the numbers and where each came from."""
    return [
        *_file_terms(files),
        (phrase("Recorded by"), facts["device"] or phrase("not stated in the file")),
        (phrase("Kind"), RULE_WORDS[facts["sport_rule"]]),
        (
            phrase("Day and time"),
            (
                f"{started_words(facts)}, {offset_words(facts['utc_offset_s'])} "
                f"{OFFSETS.get(facts['utc_offset_source'], '')}"
            ).rstrip(),
        ),
        *_cadence_terms(facts),
        *_altitude_terms(facts),
        (phrase("Load"), _load_words(facts)),
        *([(phrase("Indoors"), phrase("yes"))] if facts["is_indoor"] else []),
        *([(phrase("From a twin"), taken_words(facts["from_twin"]))] if facts["from_twin"] else []),
        *(
            (
                phrase("Set aside {number}", number=number)
                if len(twins) > 1
                else phrase("Set aside"),
                f"{twin['place'] or twin['activity_id']}: {twin['reason']}",
            )
            for number, twin in enumerate(twins, start=1)
        ),
        (phrase("Its id"), facts["activity_id"]),
    ]


def _file_terms(files: Sequence[Facts]) -> list[tuple[str, str]]:
    terms = []
    for number, file in enumerate(files):
        place = " › ".join(part for part in (file["path"], file["member"]) if part)
        kind = FORMAT[file["reader"]].title
        reason = f"; {file['reason']}" if file["reason"] else ""
        terms.append(
            (
                phrase("File") if number == 0 else phrase("Same bytes in"),
                f"{place} ({kind}{reason})",
            )
        )
    return terms


def _cadence_terms(facts: Facts) -> list[tuple[str, str]]:
    if facts["cadence_spm"] is None:
        return (
            [(phrase("Cadence"), facts["cadence_rule"] or phrase("not in the file"))]
            if facts["sport"] in FOOT_SPORTS
            else []
        )
    raw = (
        phrase(" from {cadence_raw:.1f} in the file", cadence_raw=facts["cadence_raw"])
        if facts["cadence_raw"] is not None
        else ""
    )
    why = f" ({facts['cadence_evidence']})" if facts["cadence_evidence"] else ""
    rule = (
        phrase(". Rule: {rule}{why}", rule=facts["cadence_rule"], why=why)
        if facts["cadence_rule"]
        else ""
    )
    terms = [
        (phrase("Cadence"), f"{facts['cadence_spm']:.1f} {cadence_unit(facts['sport'])}{raw}{rule}")
    ]
    if facts["cadence_expected_spm"] is not None and facts["cadence_residual_pct"] is not None:
        terms.append(
            (
                phrase("Own norm"),
                phrase(
                    "{cadence_expected_spm:.1f} steps/min at this pace and grade, from your "
                    "runs of the previous 90 days; the median half-minute of this run is "
                    "{signed} % off it",
                    cadence_expected_spm=facts["cadence_expected_spm"],
                    signed=signed(facts["cadence_residual_pct"]),
                ),
            )
        )
    return terms


def _load_unit(facts: Facts) -> str:
    return phrase("estimated") if facts["load_rule"] in ESTIMATED else phrase("load units")


def _load_words(facts: Facts) -> str:
    if facts["load_rule"] is None:
        return phrase("none: it needs 2 minutes or more, and heart rate or an effort rating")
    why = SET_ASIDE.get(facts["heart_rate_set_aside"])
    not_used = phrase(". Its heart rate is not used: {why}", why=why) if why else ""
    return phrase("From {basis}{not_used}", basis=load_basis_words(facts), not_used=not_used)


def _altitude_terms(facts: Facts) -> list[tuple[str, str]]:
    if facts["ascent_m"] is None and facts["descent_m"] is None:
        return []
    words = {
        True: phrase("from a barometer"),
        False: phrase("from positions, so it is rough"),
        None: phrase("from a barometer or from positions: not stated"),
    }
    return [(phrase("Climb"), words[facts["has_barometer"]])]


def _tile(value: Any, name: str, shown: Any, meaning: str = "") -> Tile | None:
    return None if value is None else (shown(value), name, meaning)


def _tiles(facts: Facts, declared: Sequence[Declared]) -> list[Tile]:
    tiles = [
        _tile(
            facts[column],
            phrase(name),
            shown,
            phrase(meaning) if isinstance(meaning, str) else meaning(facts),
        )
        for column, name, shown, meaning in declared
    ]
    return [tile for tile in tiles if tile]


def _pause_words(facts: Facts) -> str:
    elapsed_s, moving_s = facts["elapsed_s"], facts["moving_s"]
    if elapsed_s is None or moving_s is None or elapsed_s - moving_s < 1:
        return phrase("no pauses") if elapsed_s is not None and moving_s is not None else ""
    return phrase(
        "and {duration_words} paused", duration_words=duration_words(elapsed_s - moving_s)
    )


def _descent_words(facts: Facts) -> str:
    return (
        ""
        if facts["descent_m"] is None
        else phrase("and {descent_m} down", descent_m=height(facts["descent_m"]))
    )


def _expected_words(facts: Facts) -> str:
    expected = facts["cadence_expected_spm"]
    return (
        "" if expected is None else phrase("{expected:.0f} steps/min expected", expected=expected)
    )


def _balance_words(facts: Facts) -> str:
    change = facts["ground_contact_balance_change_pp"]
    return (
        phrase("of the contact time")
        if change is None
        else phrase("{signed} points from your usual", signed=signed(change))
    )


def _z_words(name: str) -> Callable[[Facts], str]:
    def words(facts: Facts) -> str:
        z = facts[name]
        return phrase("average") if z is None else usual_words(z)

    return words


def usual_words(z: float) -> str:
    """How far from the own usual, given in standard deviations, as a runner would say it."""
    far = abs(z)
    if far < UNUSUAL_Z:
        return phrase("as usual for you")
    if far < FAR_Z:
        return phrase("above your usual") if z > 0 else phrase("below your usual")
    return phrase("far above your usual") if z > 0 else phrase("far below your usual")


def _per_cent(value: float) -> str:
    return f"{signed(value)} %"


def _share(value: float) -> str:
    return numerals(f"{value:.1f} %")


FORM = (
    Declared(
        "cadence_residual_pct", message("Cadence against own norm"), _per_cent, _expected_words
    ),
    Declared(
        "cadence_variability_pct",
        message("Cadence variability"),
        _share,
        message("spread within the run"),
    ),
    Declared(
        "ground_contact_ms",
        message("Ground contact"),
        "{:.0f} ms".format,
        _z_words("ground_contact_z"),
    ),
    Declared("ground_contact_left_pct", message("Contact on the left"), _share, _balance_words),
    Declared(
        "vertical_oscillation_mm",
        message("Vertical oscillation"),
        "{:.0f} mm".format,
        _z_words("vertical_oscillation_z"),
    ),
    Declared("vertical_ratio_pct", message("Vertical ratio"), _share, _z_words("vertical_ratio_z")),
    Declared(
        "step_length_mm",
        message("Step length"),
        lambda millimetres: numerals(f"{height_value(millimetres / 1000):.2f} {height_unit()}"),
        _z_words("step_length_z"),
    ),
    Declared(
        "steep_descent_min",
        message("Steep descent"),
        "{:.0f} min".format,
        message("at \u22125 % or steeper"),
    ),
)
LATE = (
    Declared(
        "cadence_drift_pct", message("Cadence"), _per_cent, message("below 0: fewer steps late")
    ),
    Declared(
        "ground_contact_drift_pct",
        message("Ground contact"),
        _per_cent,
        message("above 0: longer contact late"),
    ),
    Declared(
        "vertical_ratio_drift_pp",
        message("Vertical ratio"),
        lambda points: phrase("{signed} points", signed=signed(points)),
        message("above 0: more bounce late"),
    ),
    Declared(
        "decoupling_pct",
        message("Heart rate against pace"),
        _per_cent,
        message("second half against first; above 0: more beats for the same pace"),
    ),
)
