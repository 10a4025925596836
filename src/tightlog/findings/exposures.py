"""The pre-registered family: what is tested against tightness, each in one lag window that ends
before the rating.

The family is fixed before anybody looks at a runner's data: no scan over lags, no picking
afterwards. Slow exposures (28-day load, fitness, shoe age) are not in it: the drift terms absorb
them, and even so they fail the calibration under reverse causation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import polars as pl

from tightlog.domain.thresholds import MOST_ESTIMATED_PCT, ROUNDING
from tightlog.features.cross_training import STRENGTH_WINDOW_D, days_without_strength
from tightlog.features.mileage import session_spike
from tightlog.findings.arrays import BoolArray, FloatArray
from tightlog.language.catalogue import message, phrase, phrased
from tightlog.units import METRES_PER_KM
from tightlog.words.findings import TRAINING, lag_window

CADENCE_LOOK_BACK_D = 3
SPIKE_COLUMN = "session_spike"
NO_STRENGTH_COLUMN = "days_without_strength"
# What share of a load is estimated from minutes, and not measured.
ESTIMATED_SHARE_OF = {
    **dict.fromkeys(("load_au", "hardest_session_au", "run_load_au"), "load_estimated_share_pct"),
    **dict.fromkeys(
        ("load_7d_au", "monotony_7d_ratio", "strain_7d_au", "load_ewma_7d_au"),
        "load_7d_estimated_share_pct",
    ),
    **dict.fromkeys(
        (
            "load_28d_au",
            "load_ewma_28d_au",
            "acwr_coupled_ratio",
            "acwr_uncoupled_ratio",
            "acwr_ewma_ratio",
            "impact_share_28d_pct",
        ),
        "load_28d_estimated_share_pct",
    ),
}

# Set before any runner's data were seen. What acts within days of one session is tested over the
# three days after it.
ACUTE = frozenset({"run_distance_m", SPIKE_COLUMN, "descent_m", "load_au"})
# Three measures of how much one runs: links with them, the same way, are one thing.
ONE_THING = frozenset({"run_distance_m", "run_distance_7d_m", "load_au"})
RUNNING_COLUMNS = ACUTE | ONE_THING
# How much of the family's evidence each may use (weighted e-BH). Ours: training of the day before
# is what the studies of runners are about; the others have less behind them.
PRIOR_WEIGHTS = {
    "run_distance_m": 2.5, "load_au": 2.0, SPIKE_COLUMN: 1.5,
    "run_distance_7d_m": 1.0, "descent_m": 1.0,
    **dict.fromkeys(
        ("cadence_residual_pct", NO_STRENGTH_COLUMN, "mobility_min", "swim_min", "cycle_min"), 0.4
    ),
}  # fmt: skip


@phrased("title", "more", "needs", "name", "after")
@dataclass(frozen=True)
class Exposure:
    """One feature in one lag window: its value on the day before the rating, or the last known
    within `look_back_d` days before it; 0 for a night, which ends on the morning of the rating.

    `spans_d` is the number of days the column itself already sums. `reaction_column` (else the
    column itself) is what the runner may change on the day of the rating because of it;
    `reaction_sign` how (−1 less of it when tight, +1 more, 0 not known). `chosen_for_relief` marks
    what people do because the back is tight: its link must pass the re-run on days whose previous
    day was rated, by itself.
    """

    column: str
    title: str
    more: str
    unit: str = ""
    unit_size: float = 1.0
    look_back_d: int = 1
    spans_d: int = 1
    reaction_column: str | None = None
    reaction_sign: int = 0
    chosen_for_relief: bool = False
    needs: str = ""
    # The title without its window, where it ends with one: `distance run`.
    name: str = ""
    # True when the title says from which days the value is.
    is_window_in_title: bool = False
    # What more of it is, for a sentence that begins `The morning after …`; {end} is its high end.
    after: str = ""
    # Exposures of a family are judged together, and of no other.
    family: str = TRAINING
    # Of exposures declared elsewhere than here: see the properties below.
    acts_for_days: bool = False
    more_goes_with: int = 0
    weight: float | None = None

    @property
    def is_acute(self) -> bool:
        """True for what may act on each of the three days after it."""
        return self.acts_for_days or self.column in ACUTE

    @property
    def expected_sign(self) -> int:
        """+1 where more of it is expected to go with more tightness, -1 with less, 0 where nothing
        is.
        """
        return self.more_goes_with or int(self.column in RUNNING_COLUMNS)

    @property
    def prior_weight(self) -> float:
        """How likely a link is, against other exposures, before any data are seen."""
        return PRIOR_WEIGHTS.get(self.column, 1.0) if self.weight is None else self.weight

    @property
    def is_night(self) -> bool:
        """True for what ends on the morning of the score, not on the day before."""
        return self.look_back_d == 0

    @property
    def lag_window(self) -> str:
        """The window in words."""
        return lag_window(self.look_back_d, self.spans_d)


FAMILY: tuple[Exposure, ...] = (
    Exposure(
        "run_distance_m",
        message("distance run the day before"),
        message("more distance run the day before"),
        "km",
        METRES_PER_KM,
        reaction_sign=-1,
        after=message("a long run (more than {end})"),
        needs=message("runs with a distance"),
        name=message("distance run"),
        is_window_in_title=True,
    ),
    # The one load feature with direct evidence in runners: Schuster Brandt Frandsen et al. 2025, Br
    # J Sports Med, PMID 40623829.
    Exposure(
        SPIKE_COLUMN,
        message("a run over 10 % longer than any in the 30 days before it"),
        message("a run over 10 % longer than any in the 30 days before it"),
        reaction_column="run_distance_m",
        reaction_sign=-1,
        after=message("one run over 10 % longer than any in the 30 days before it"),
        needs=message("such runs, after two weeks of runs with a distance"),
    ),
    Exposure(
        "run_distance_7d_m",
        message("distance run in the 7 days before"),
        message("more distance run in the 7 days before"),
        "km",
        METRES_PER_KM,
        spans_d=7,
        reaction_column="run_distance_m",
        reaction_sign=-1,
        after=message("a week of many kilometres (more than {end})"),
        needs=message("a week without gaps in the recordings"),
        is_window_in_title=True,
    ),
    # Lumbar extension is greatest downhill: Levine et al. 2007, PMC1896074.
    Exposure(
        "descent_m",
        message("metres run downhill the day before"),
        message("more metres run downhill the day before"),
        "m",
        reaction_sign=-1,
        after=message("a hilly run (more than {end} down)"),
        needs=message("runs recorded with a barometer"),
        name=message("metres run downhill"),
        is_window_in_title=True,
    ),
    Exposure(
        "load_au",
        message("training load the day before"),
        message("more training load the day before"),
        reaction_sign=-1,
        after=message("a day of hard training (a load above {end})"),
        needs=message("runs with heart rate or with your rating of effort"),
        name=message("training load"),
        is_window_in_title=True,
    ),
    Exposure(
        "cadence_residual_pct",
        message("cadence against your own norm on the last run"),
        message("a higher cadence than your own norm on the last run"),
        "%",
        look_back_d=CADENCE_LOOK_BACK_D,
        after=message("a run at the quick end of your cadence"),
        needs=message("runs with a cadence and a few earlier ones to compare with"),
    ),
    Exposure(
        NO_STRENGTH_COLUMN,
        message("days without strength work"),
        message("more days without strength work"),
        "days",
        spans_d=STRENGTH_WINDOW_D,
        chosen_for_relief=True,
        after=message("several days without strength work ({end} or more)"),
        needs=message("strength sessions, recorded or logged"),
    ),
    Exposure(
        "mobility_min",
        message("mobility work the day before"),
        message("more mobility work the day before"),
        "min",
        reaction_sign=1,
        chosen_for_relief=True,
        after=message("a day of much mobility work (more than {end})"),
        needs=message("mobility or yoga sessions, recorded or logged"),
        name=message("mobility work"),
        is_window_in_title=True,
    ),
    Exposure(
        "swim_min",
        message("swimming the day before"),
        message("more swimming the day before"),
        "min",
        chosen_for_relief=True,
        after=message("a long swim (more than {end})"),
        needs=message("swims, recorded or logged"),
        name="swimming",
        is_window_in_title=True,
    ),
    Exposure(
        "cycle_min",
        message("cycling the day before"),
        message("more cycling the day before"),
        "min",
        chosen_for_relief=True,
        after=message("a long ride (more than {end})"),
        needs=message("rides, recorded or logged"),
        name="cycling",
        is_window_in_title=True,
    ),
)


def exposure(column: str) -> Exposure:
    """The plain exposure of a column: its value on the day before the rating."""
    words = column.replace("_", " ")
    return Exposure(
        column,
        phrase("{name} the day before", name=words),
        phrase("more {name} the day before", name=words),
        needs=phrase("the column {column}", column=column), name=words, is_window_in_title=True,
    )  # fmt: skip


def chosen_exposures(exposures: Sequence[Exposure | str] | None) -> tuple[Exposure, ...]:
    """The given exposures, with plain column names turned into plain exposures; the family if none
    are given.
    """
    if exposures is None:
        return FAMILY
    return tuple(item if isinstance(item, Exposure) else exposure(item) for item in exposures)


def full_calendar(days: pl.DataFrame) -> pl.DataFrame:
    """The days sorted, one row per calendar day from the first to the last; days that were
    absent are null throughout.
    """
    if days.is_empty() or "day" not in days.columns:
        return pl.DataFrame(schema={"day": pl.Date})
    if _is_full(days["day"]):
        return days.select("day", pl.exclude("day")).with_columns(_derived(days.columns))
    dated = days.with_columns(pl.col("day").cast(pl.Date)).filter(pl.col("day").is_not_null())
    known = dated.unique("day", keep="first", maintain_order=True).sort("day")
    if known.is_empty():
        return known
    first, last = known["day"][0], known["day"][-1]
    every_day = pl.DataFrame(
        {"day": [first + timedelta(days=number) for number in range((last - first).days + 1)]}
    )
    return every_day.join(known, on="day", how="left", maintain_order="left").with_columns(
        _derived(known.columns)
    )


def _is_full(day: pl.Series) -> bool:
    """True for days that lie in order without a gap, as most frames have them."""
    is_next = day.dtype == pl.Date and (day.diff().slice(1) == timedelta(days=1)).all()
    return bool(is_next) and day.null_count() == 0


def column_values(calendar: pl.DataFrame, column: str) -> FloatArray:
    """Values of a column on every calendar day; NaN where it is unknown, absent, not a finite
    number, or a load of which more than a fifth is estimated.
    """
    values = _numbers(calendar, column)
    return np.where(_is_mostly_estimated(calendar, column), np.nan, values)


def lagged_values(calendar: pl.DataFrame, exposure: Exposure) -> FloatArray:
    """The exposure on every calendar day in its unit, from days strictly before, of a night up to
    that morning; NaN where its window is not known.
    """
    return _lagged(column_values(calendar, exposure.column), exposure) / exposure.unit_size


def estimated_days(calendar: pl.DataFrame, exposure: Exposure) -> BoolArray:
    """True on the calendar days whose exposure is known, but not used because it is estimated."""
    known = ~np.isnan(_lagged(_numbers(calendar, exposure.column), exposure))
    return np.asarray(known & np.isnan(lagged_values(calendar, exposure)))


def _numbers(calendar: pl.DataFrame, column: str) -> FloatArray:
    if column not in calendar.columns:
        return np.full(calendar.height, np.nan)
    series = calendar[column]
    if not (series.dtype.is_numeric() or series.dtype == pl.Boolean):
        return np.full(calendar.height, np.nan)
    values = series.cast(pl.Float64).to_numpy().copy()  # null becomes NaN
    values[~np.isfinite(values)] = np.nan
    return np.asarray(values, dtype=np.float64)


def _is_mostly_estimated(calendar: pl.DataFrame, column: str) -> BoolArray:
    share_pct = _numbers(calendar, ESTIMATED_SHARE_OF.get(column, ""))
    return np.asarray(np.nan_to_num(share_pct) > MOST_ESTIMATED_PCT + ROUNDING)


def _lagged(values: FloatArray, exposure: Exposure) -> FloatArray:
    lagged = values if exposure.is_night else np.full(values.size, np.nan)
    for lag_d in range(1, min(exposure.look_back_d, values.size - 1) + 1):
        earlier = np.concatenate([np.full(lag_d, np.nan), values[:-lag_d]])
        lagged = np.where(np.isnan(lagged), earlier, lagged)
    return lagged


def reaction_exposure(exposure: Exposure) -> Exposure:
    """The behaviour the runner may change on the day of the rating because of it, as an exposure
    of its own.
    """
    return (
        exposure
        if exposure.reaction_column is None
        else replace(exposure, column=exposure.reaction_column, unit_size=1.0)
    )


def _derived(columns: Sequence[str]) -> list[pl.Expr]:
    """Exposures made of other columns, where the days hold these but not the exposure itself."""
    made = {
        SPIKE_COLUMN: ({"session_spike_state", "run_count"}, session_spike()),
        NO_STRENGTH_COLUMN: ({"since_strength_d"}, days_without_strength()),
    }
    known = set(columns)
    return [
        exposed.alias(name)
        for name, (needed, exposed) in made.items()
        if needed <= known and name not in known
    ]
