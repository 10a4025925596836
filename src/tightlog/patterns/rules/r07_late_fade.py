"""R7: Form that fades late in long runs

What: in 2 of your last 3 runs of 40 minutes or more, cadence fell by 3 % or more from the first
third to the last, or contact time and bounce rose together, each more than is usual for you.
Why it matters: healthy joggers with tired back muscles leaned further forward; those with a history
of back pain did not. A watch cannot see the trunk.
Evidence (grade C): Hart et al. 2009, PMC2742456 (25 + 25 people); the numbers are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import runs, shown_days, usual
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import date_words

CADENCE = Threshold(
    "cadence_drift_pct",
    -3.0,
    "%",
    message("cadence in the last third against the first, at the same pace (ours)"),
)
CONTACT = Threshold(
    "ground_contact_drift_pct",
    3.0,
    "%",
    message("ground contact time in the last third against the first (ours)"),
)
RATIO = Threshold(
    "vertical_ratio_drift_pp",
    0.3,
    "points",
    message("vertical ratio in the last third against the first (ours)"),
)
FADES = Threshold("faded_runs", 2.0, "runs", message("of the last 3 long ones (ours)"))
LAST_RUNS = 3
# Ours: three runs spread over more than this are no block, and an old block is not news.
BLOCK_D = 42
# Ours: worse than in 19 of 20 long runs; fewer than 10 do not show what is usual.
LAST, LEAST, RARE = 20, 10, 0.05
COLUMNS = {
    "cadence_drift_pct": pl.Float64,
    "ground_contact_drift_pct": pl.Float64,
    "vertical_ratio_drift_pp": pl.Float64,
}


def faded_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which two of the last three long runs faded, until a week after the last of them;
    quiet with fewer than three.
    """
    fades = int(inputs.limit("R7", FADES))
    matched = shown_days(inputs, _blocks(inputs), FRESH_D, on="last_run_on").filter(
        pl.col("value") >= fades, pl.col("span_d") <= BLOCK_D
    )
    return rule_rows(matched, fades, _words)


def _blocks(inputs: PatternInputs) -> pl.DataFrame:
    """Per long run: value (faded runs of the last three), span_d, and day and drifts of the
    latest faded one.
    """
    cadence, contact, ratio = COLUMNS
    signs = {
        # The fall of cadence is judged without a history, too; the other two differ more from
        # runner to runner, and count together.
        cadence: (pl.col(cadence) <= inputs.limit("R7", CADENCE))
        & (pl.col(cadence) < usual(cadence, RARE, LAST, LEAST)).fill_null(True),
        contact: (pl.col(contact) >= inputs.limit("R7", CONTACT))
        & (pl.col(contact) > usual(contact, 1 - RARE, LAST, LEAST)),
        ratio: (pl.col(ratio) >= inputs.limit("R7", RATIO))
        & (pl.col(ratio) > usual(ratio, 1 - RARE, LAST, LEAST)),
    }
    long = runs(inputs, COLUMNS).filter(
        pl.any_horizontal(pl.col(name).is_finite() for name in COLUMNS)
    )
    faded = long.with_columns(
        pl.when(is_fade.fill_null(False)).then(name).alias(f"faded_{name}")
        for name, is_fade in signs.items()
    )
    is_cadence, is_contact, is_ratio = (pl.col(f"faded_{name}").is_not_null() for name in COLUMNS)
    is_faded = is_cadence | (is_contact & is_ratio)
    return faded.with_columns(
        pl.when(is_faded).then(column).forward_fill().alias(f"last_{column}")
        for column in ("day", *(f"faded_{name}" for name in COLUMNS))
    ).select(
        pl.selectors.starts_with("last_"),
        last_run_on="day",
        value=is_faded.cast(pl.Float64).rolling_sum(LAST_RUNS, min_samples=LAST_RUNS),
        span_d=(pl.col("day") - pl.col("day").shift(LAST_RUNS - 1)).dt.total_days(),
    )


def _words(row: Mapping[str, Any]) -> str:
    cadence, contact, ratio = (row[f"last_faded_{name}"] for name in COLUMNS)
    signs = [
        *(
            [phrase("cadence {cadence:.1f} % lower", cadence=-cadence)]
            if cadence is not None
            else []
        ),
        *(
            [phrase("ground contact {contact:.1f} % longer", contact=contact)]
            if contact is not None
            else []
        ),
        *(
            [phrase("vertical ratio {ratio:.1f} points higher", ratio=ratio)]
            if ratio is not None
            else []
        ),
    ]
    return phrase(
        "In {value:g} of your last {last_runs} runs of 40 minutes or more your form faded "
        "late; on {last_day}: {signs} in the last third than in the first.",
        value=row["value"],
        last_runs=LAST_RUNS,
        last_day=date_words(row["last_day"]),
        signs=", ".join(signs),
    )


PATTERN = described(
    __doc__,
    needs=message(
        "cadence in at least 3 runs of 40 minutes or more, and earlier runs for your own norm"
    ),
    link=(
        message(
            "Our link, not the article's: it mentions slouching and a weak core, not late "
            "kilometres."
        )
    ),
    interventions=("F1", "F2", "C1", "C2", "C3"),
    thresholds=(CADENCE, CONTACT, RATIO, FADES),
    match=faded_days,
    is_watched=lambda inputs: _blocks(inputs).height >= LAST_RUNS,
)
