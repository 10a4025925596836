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
from tightlog.words.load import ESTIMATED
from tightlog.words.measures import (
    distance_unit,
    distance_value,
    height_unit,
    height_value,
    pace_unit,
)

TEMPLATES = environment(Path(__file__).parent)


def list_head(part: str = "morning") -> Markup:
    """Names and units of the list's columns; a phone has them in each row instead. `part` is what
    of a day its first score is of.
    """
    return _piece("list_head", columns(part))


def columns(part: str) -> tuple[str, ...]:
    """Names and units of the list's columns."""
    return (
        distance_unit(),
        "time",
        "pace",
        "steps/min",
        "off own norm",
        "beats/min",
        f"climb, {height_unit()}",
        "load",
        f"next {part}",
        "shoe",
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
        (_far(row["distance_m"]), distance_unit(), "distance"),
        (duration_words(time_s) if time_s else "", "", "time"),
        (
            speed_number(row["speed_mps"], sport) if row["speed_mps"] else "",
            speed_unit(sport),
            "speed",
        ),
        (_number(row["cadence_spm"]), cadence_unit(sport), "cadence"),
        (
            ""
            if row["cadence_residual_pct"] is None
            else f"{signed(row['cadence_residual_pct'])} %",
            "off own norm",
            "cadence against own norm",
        ),
        (_number(row["heart_rate_bpm"]), "beats/min", "heart rate"),
        (_high(row["ascent_m"]), f"{height_unit()} climb", "climb"),
        (
            _number(row["load_au"]),
            "load, estimated" if row.get("load_rule") in ESTIMATED else "load",
            "load",
        ),
        ("" if after is None else f"{after:g}", f"next {part}", f"tightness the next {part}"),
        (_shoe(row), "", "shoe"),
    ]


def _shoe(row: Mapping[str, Any]) -> str:
    """The shoe, marked where no file and no correction says it."""
    mark = " (default)" if row["shoe_source"] == "settings" else ""
    return f"{row['shoe'] or ''}{mark}"


def _far(distance_m: float | None) -> str:
    return _number(distance_m and distance_value(distance_m), 2)


def _high(height_m: float | None) -> str:
    return _number(height_m and height_value(height_m))


def _number(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else f"{value:,.{decimals}f}"


def lap_table(laps: Sequence[Mapping[str, Any]], sport: str) -> Markup:
    """The laps, with the columns that have values."""
    columns = {
        "Lap": [str(lap["lap_index"] + 1) for lap in laps],
        distance_unit(): [_far(lap["distance_m"]) for lap in laps],
        "Time": [
            duration_words(time_s) if (time_s := lap["moving_s"] or lap["elapsed_s"]) else ""
            for lap in laps
        ],
        speed_unit(sport): [
            speed_number(lap["speed_mps"], sport) if lap["speed_mps"] else "" for lap in laps
        ],
        cadence_unit(sport): [_number(lap["cadence_spm"]) for lap in laps],
        "beats/min": [_number(lap["heart_rate_bpm"]) for lap in laps],
        "Ended by": [(lap["trigger"] or "").replace("_", " ") for lap in laps],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    return _piece("lap_table", list(shown), list(zip(*shown.values(), strict=True)))


def facts(terms: Sequence[tuple[str, str]]) -> Markup:
    """Terms and their values, as a list."""
    return _piece("facts", terms)


def _piece(name: str, *values: object) -> Markup:
    return macro(TEMPLATES, "run_cards.html.jinja", name, *values)
