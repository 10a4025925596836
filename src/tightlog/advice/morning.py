"""What was known before something of today's advice was done. Doing it must not change the advice
the day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from tightlog.advice.active import last_known_day
from tightlog.advice.quiet import QUIET
from tightlog.patterns.pattern import typed

# Doing what they ask for ends them at once.
ENDED_BY_DOING = ("R12", "R13", "R14")
# Beside what was done, a day with one of these above 0 has something else in it.
RECORDED = ("run_count", "cycle_min", "swim_min")


@dataclass(frozen=True)
class Morning:
    """The last day that counts for the advice, and the matches up to it."""

    last_day: date | None
    matches: pl.DataFrame


def before_done(
    as_of: date,
    last_day: date | None,
    days: pl.DataFrame,
    matches: pl.DataFrame,
    done_today: Collection[str],
) -> Morning:
    """What the advice of a day rests on when something was done on it.

    A day that holds nothing else does not count yet. With a score, a recording or a new pattern, it
    counts, and the patterns that doing ends still stand.
    """
    if not done_today or last_day != as_of:
        return Morning(last_day, matches)
    earlier = days.filter(pl.col("day") < as_of)
    before = last_known_day(as_of, earlier)
    if before is None:
        return Morning(last_day, matches)
    today = matches.filter(pl.col("day") == as_of)["pattern"]
    stood = matches.filter(pl.col("day") == before)
    is_new = set(today) - set(stood["pattern"]) - {QUIET.pattern}
    if not (is_new or _holds_more(as_of, days)):
        return Morning(before, matches.filter(pl.col("day") < as_of))
    ended = stood.filter(
        pl.col("pattern").is_in(ENDED_BY_DOING), ~pl.col("pattern").is_in(today.implode())
    ).with_columns(day=pl.lit(as_of), state=pl.lit("ongoing"))
    return Morning(last_day, pl.concat([matches, ended]))


def _holds_more(day: date, days: pl.DataFrame) -> bool:
    """True when the day has a score or a recording of exercise."""
    columns = {"day": pl.Date, "tightness_score": pl.Float64} | dict.fromkeys(RECORDED, pl.Float64)
    of_day = typed(days, columns).filter(pl.col("day") == day)
    recorded = of_day.select(pl.any_horizontal(pl.col(RECORDED) > 0).fill_null(False)).to_series()
    return bool(of_day["tightness_score"].is_not_null().any() or recorded.any())
