"""R10: Far more downhill than usual

What: a run went down 20 m or more per km, and in total over half more than nine of ten of your
earlier runs; shown for three days.
Why it matters: running downhill arches the lower back more than running on the flat. Whether that
goes with tightness was not studied.
Evidence (grade C): Levine et al. 2007, PMC1896074 (20 women on a treadmill); the numbers are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import MINOR_EVENT_LASTS_D, runs, shown_days, usual
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows
from tightlog.units import METRES_PER_KM
from tightlog.words.dates import weekday
from tightlog.words.measures import height, steepness

STEEP = Threshold("descent_m_per_km", 20.0, "m/km", message("descended in a run (ours)"))
EXCESS = Threshold(
    "excess_pct", 50.0, "%", message("more descent than nine of ten of your earlier runs (ours)")
)
HIGH_SHARE = 0.9
LAST_DAYS, LEAST_DAYS = 60, 20
# Ours: sore muscles after a long descent last about as long.
COLUMNS: Columns = {"has_barometer": pl.Boolean, "descent_m": pl.Float64, "distance_m": pl.Float64}


def downhill_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day of a run with unusual descent and the two days after; quiet without a barometer or
    with fewer than 20 earlier days of runs.
    """
    limit, factor = inputs.limit("R10", STEEP), 1 + inputs.limit("R10", EXCESS) / 100
    steep = (
        _descents(inputs)
        .with_columns(usual_m=usual("descent_m", HIGH_SHARE, LAST_DAYS, LEAST_DAYS))
        .filter(pl.col("value") >= limit, pl.col("descent_m") >= factor * pl.col("usual_m"))
    )
    return rule_rows(shown_days(inputs, steep, MINOR_EVENT_LASTS_D), limit, _words)


def _descents(inputs: PatternInputs) -> pl.DataFrame:
    """Per day of runs with barometric altitude (satellite altitude invents descent): descent_m
    of the one that descended most, value in m/km.
    """
    known = runs(inputs, COLUMNS).filter(
        "has_barometer", pl.col("descent_m") >= 0, pl.col("distance_m") > 0
    )
    return (
        known.sort("day", "descent_m", maintain_order=True)
        .unique("day", keep="last", maintain_order=True)
        .select(
            "descent_m",
            started_on="day",
            value=pl.col("descent_m") / (pl.col("distance_m") / METRES_PER_KM),
        )
    )


def _words(row: Mapping[str, Any]) -> str:
    return phrase(
        "{started_on}'s run went down {descent_m}, {steepness}; nine of ten of your "
        "earlier runs stayed within {usual_m}.",
        started_on=weekday(row["started_on"]),
        descent_m=height(row["descent_m"]),
        steepness=steepness(row["value"] / METRES_PER_KM),
        usual_m=height(row["usual_m"]),
    )


PATTERN = described(
    __doc__,
    needs=message("runs on at least 20 days with a device that measures altitude by air pressure"),
    link=message(
        "Our link, not the article's: it mentions a neutral spine and even impact, not hills."
    ),
    interventions=("F3", "F1", "X4", "X5", "S2"),
    thresholds=(STEEP, EXCESS),
    exposures={"descent_m": MORE},
    lasts_d=MINOR_EVENT_LASTS_D,
    match=downhill_days,
    is_watched=lambda inputs: _descents(inputs).height >= LEAST_DAYS,
)
