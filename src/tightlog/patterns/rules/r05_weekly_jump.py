"""R5: Many more kilometres than last week

What: your last 7 days hold over 30 % more kilometres than the 7 before, 20 km or more, and over 10
% more than any week of the month before.
Why it matters: for information only. In 5,205 runners such jumps showed no relation with injuries;
in 873 beginners, those over 30 % went with some.
Evidence (grade D): Nielsen et al. 2014, J Orthop Sports Phys Ther (beginners); contradicted by
Schuster Brandt Frandsen et al. 2025, Br J Sports Med, PMID 40623829
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import ROUNDING
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.units import METRES_PER_KM
from tightlog.words.measures import distance
from tightlog.words.numbers import more

JUMP = Threshold("jump_pct", 30.0, "%", message("more than in the 7 days before (Nielsen 2014)"))
LEAST = Threshold(
    "least_km", 20.0, "km", message("in the last 7 days; below, a jump is not reported (ours)")
)
# Ours: back to normal after an easy week is no jump, so the four weeks before count as well, with
# some play.
OVER_ANY_WEEK = 1.1
WEEKS_D = 28
LEAST_WEEKS_D = 14
COLUMNS = {"week_change_ratio": pl.Float64, "run_distance_7d_m": pl.Float64}


def jump_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days that end a week of far more running than the last one and than each of the month;
    quiet without that month.
    """
    limit = inputs.limit("R5", JUMP)
    week_m = pl.col("run_distance_7d_m")
    matched = (
        inputs.days_with(COLUMNS)
        .with_columns(
            before_m=week_m.shift(7),
            most_m=week_m.shift(7).rolling_max(WEEKS_D, min_samples=LEAST_WEEKS_D),
            value=(pl.col("week_change_ratio") - 1) * 100,
        )
        .filter(
            IS_WATCHED,
            pl.col("week_change_ratio").is_finite(),
            pl.col("value") > limit + ROUNDING,
            week_m >= inputs.limit("R5", LEAST) * METRES_PER_KM,
            week_m > OVER_ANY_WEEK * pl.col("most_m"),
        )
    )
    return rule_rows(matched, limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    week = phrase(
        "You ran {run_distance_7d_m} in the last 7 days",
        run_distance_7d_m=distance(row["run_distance_7d_m"]),
    )
    much = phrase(
        "{more} the 7 before",
        more=more(row["value"], phrase("more than in"), phrase("as much as in")),
    )
    return phrase(
        "{week}, {much} ({before_m}); the fullest week of the month before held {most_m}.",
        week=week,
        much=much,
        before_m=distance(row["before_m"]),
        most_m=distance(row["most_m"]),
    )


PATTERN = described(
    __doc__,
    needs=message("the distance of every run of the last four weeks or more"),
    link=(
        message(
            "Our link, not the article's: it says start slowly and build up, and does not "
            "mention weeks."
        )
    ),
    interventions=("G3",),
    thresholds=(JUMP, LEAST),
    is_information=True,
    # More runs make days alike; longer or harder ones trip their own rules.
    implies=frozenset({"R2", "R4", "R20"}),
    lasts_d=7,
    # For information only: a volume that grows for weeks is one piece of news.
    quiet_d=28,
    longest_d=1,
    match=jump_days,
    is_watched=lambda inputs: inputs.has("week_change_ratio"),
)
