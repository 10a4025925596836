"""The Runs page's pieces as HTML, made by run_cards.html.jinja: rows, laps, origins."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dashboards.runs.run_wording import (
    cadence_unit,
    duration_words,
    kind_words,
    signed,
    speed_number,
    speed_unit,
)
from tightlog.answers.report.markup import environment, macro
from tightlog.language.catalogue import phrase
from tightlog.language.choice import numerals
from tightlog.words.dates import SPANS
from tightlog.words.load import ESTIMATED
from tightlog.words.measures import (
    distance_unit,
    distance_value,
    height_unit,
    height_value,
    pace_unit,
)

TEMPLATES = environment(Path(__file__).parent)


def list_head(part: str = "morning", *, has_shoes: bool = True) -> Markup:
    """Names and units of the list's columns; a phone has them in each row instead. `part` is what
    of a day its first score is of; no column is named for shoes nobody wrote down.
    """
    names = columns(part)
    return _piece("list_head", names if has_shoes else (*names[:-1], ""))


def columns(part: str) -> tuple[str, ...]:
    """Names and units of the list's columns."""
    return (
        distance_unit(),
        phrase("time"),
        phrase("pace"),
        phrase("steps/min"),
        phrase("off own cadence"),
        phrase("beats/min"),
        phrase("climb, {height_unit}", height_unit=height_unit()),
        phrase("load"),
        phrase("next {part}", part=SPANS[part]),
        phrase("shoe"),
    )


def list_row(
    row: Mapping[str, Any], mark: str = "", after: float | None = None, part: str = "morning"
) -> Markup:
    """One activity: its kind and its numbers, each with its unit for phones and screen readers;
    `after` is the first score of the next day.
    """
    kind = kind_words(row["sport"], row["sub_sport"])
    return _piece("list_row", row["name"], kind, mark, _cells(row, after, part), pace_unit())


def _cells(row: Mapping[str, Any], after: float | None, part: str) -> list[tuple[str, str, str]]:
    """Number, unit and name of each column; an empty number where nothing is known."""
    sport, time_s = row["sport"], row["moving_s"] or row["elapsed_s"]
    return [
        (_far(row["distance_m"]), distance_unit(), phrase("distance")),
        (duration_words(time_s) if time_s else "", "", phrase("time")),
        (
            speed_number(row["speed_mps"], sport) if row["speed_mps"] else "",
            speed_unit(sport),
            "speed",
        ),
        (_number(row["cadence_spm"]), cadence_unit(sport), phrase("cadence")),
        (
            ""
            if row["cadence_residual_pct"] is None
            else f"{signed(row['cadence_residual_pct'])} %",
            phrase("off own cadence"),
            phrase("cadence against own norm"),
        ),
        (_number(row["heart_rate_bpm"]), phrase("beats/min"), phrase("heart rate")),
        (
            _high(row["ascent_m"]),
            phrase("{height_unit} climb", height_unit=height_unit()),
            phrase("climb"),
        ),
        (
            _number(row["load_au"]),
            phrase("load, estimated") if row.get("load_rule") in ESTIMATED else phrase("load"),
            phrase("load"),
        ),
        (
            "" if after is None else numerals(f"{after:g}"),
            phrase("tightness next {part}", part=SPANS[part]),
            phrase("tightness the next {part}", part=SPANS[part]),
        ),
        (_shoe(row), "", phrase("shoe")),
    ]


def _shoe(row: Mapping[str, Any]) -> str:
    """The shoe, marked where no file and no correction says it."""
    mark = phrase(" (default)") if row["shoe_source"] == "settings" else ""
    return f"{row['shoe'] or ''}{mark}"


def _far(distance_m: float | None) -> str:
    return _number(distance_m and distance_value(distance_m), 2)


def _high(height_m: float | None) -> str:
    return _number(height_m and height_value(height_m))


def _number(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else numerals(f"{value:,.{decimals}f}")


def lap_table(laps: Sequence[Mapping[str, Any]], sport: str) -> Markup:
    """The laps, with the columns that have values."""
    columns = {
        phrase("Lap"): [str(lap["lap_index"] + 1) for lap in laps],
        distance_unit(): [_far(lap["distance_m"]) for lap in laps],
        phrase("Time"): [
            duration_words(time_s) if (time_s := lap["moving_s"] or lap["elapsed_s"]) else ""
            for lap in laps
        ],
        speed_unit(sport): [
            speed_number(lap["speed_mps"], sport) if lap["speed_mps"] else "" for lap in laps
        ],
        cadence_unit(sport): [_number(lap["cadence_spm"]) for lap in laps],
        phrase("beats/min"): [_number(lap["heart_rate_bpm"]) for lap in laps],
        phrase("Ended by"): [(lap["trigger"] or "").replace("_", " ") for lap in laps],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    return _piece("lap_table", list(shown), list(zip(*shown.values(), strict=True)))


def facts(terms: Sequence[tuple[str, str]]) -> Markup:
    """Terms and their values, as a list."""
    return _piece("facts", terms)


def _piece(name: str, *values: object) -> Markup:
    return macro(TEMPLATES, "run_cards.html.jinja", name, *values)
