"""R0: Red flag: get checked first

What: a red flag was ticked, the pain was called sharp, or a score of 8 or more was given, and it
has not been cleared since.
Why it matters: a professional should look at these signs before any training advice; most turn out
harmless, some are urgent.
Evidence (grade B): red-flag lists for low back pain (Royal College of Emergency Medicine; NICE
guideline NG59)
"""

import polars as pl

from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import RED_FLAG_SCHEMA, PatternInputs, described, rule_rows, typed
from tightlog.words.patterns import red_flag_sentence


def red_flag_days(inputs: PatternInputs) -> pl.DataFrame:
    """Each day on which a red flag is active: from its rating until the day before it was cleared,
    or the last day.

    Days of unknown coverage are no exception: a flag is active until the runner clears it.
    """
    spans = typed(inputs.red_flags, RED_FLAG_SCHEMA).drop_nulls("started_on").sort("started_on")
    days = inputs.days_with({}).select("day")
    active = days.join_where(
        spans.with_columns(pl.col("cleared_on").fill_null(pl.date(9999, 12, 31))),
        pl.col("day") >= pl.col("started_on"),
        pl.col("day") < pl.col("cleared_on"),
    )
    matched = (
        active.sort("day", "started_on")
        .group_by("day", maintain_order=True)
        .agg(
            pl.col("started_on").first(),
            pl.col("evidence").drop_nulls().str.join("; "),
            red_flags=pl.col("names")
            .drop_nulls()
            .explode()
            .drop_nulls()
            .unique(maintain_order=True),
            value=pl.len().cast(pl.Float64),
        )
    )
    return rule_rows(
        matched, None, lambda row: red_flag_sentence(row["evidence"] or phrase("see the diary"))
    )


PATTERN = described(
    __doc__,
    needs=message("nothing: it is always watched"),
    link=(
        message(
            "The article says: seek medical advice when pain is sharp or getting worse. "
            "The longer list of signs is ours."
        )
    ),
    interventions=("G4",),
    fixed_count=1,
    longest_d=None,
    # A score of 8 is far above most others as well.
    implies=frozenset({"R1", "R17"}),
    match=red_flag_days,
    is_watched=lambda inputs: True,
)
