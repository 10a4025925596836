"""The days behind a finding as they are, nothing allowed for: the scores by fifths of the
exposure, and every day as a dot.
"""

from dataclasses import dataclass
from typing import Protocol

import altair as alt
import polars as pl

from dashboards.shown.charts import HEIGHT, with_ways
from dashboards.shown.colours import BLUE, SKY, VERMILION
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import MINUS, short_number

# Equal scores would lie on one dot: each is moved a little, up by one irrational step a day and
# sideways by another.
UP_STEP, SIDEWAYS_STEP, UP_POINTS = 0.618034, 0.414214, 0.6
SIDEWAYS_SHARE, SIDEWAYS_SHARE_OF_EVENTS = 0.02, 0.3
# Of a bar's name on a phone, five bars beside each other; and where a longer one is broken.
MOST_LETTERS, BREAK = 10, "¦"
SCORE = alt.Scale(domain=[0, 10])


class Named(Protocol):
    """What is drawn: its title, and its unit ('' for none)."""

    @property
    def title(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class Amount:
    """An exposure as it is drawn."""

    title: str
    unit: str


def bins_chart(days: pl.DataFrame, exposure: Named) -> alt.LayerChart:
    """Median (tick) and middle half (bar) of the scores, by how high the exposure was."""
    bins = days.unique("bin").sort("bin").with_columns(range=_ranges(days))
    x = alt.X(
        "range:N",
        title=_axis_title(days, exposure),
        sort=bins["range"].to_list(),
        axis=alt.Axis(
            labelExpr=f"split(replace(datum.label, '{BREAK}', '|'), '|')",
            labelAngle=0,
            labelOverlap=False,
            ticks=False,
        ),
    )
    tips = [
        alt.Tooltip("bin_day_count:Q", title=phrase("days")),
        alt.Tooltip("score_median:Q", title=phrase("median score")),
        alt.Tooltip("score_lower_quartile:Q", title=phrase("a quarter score at most")),
        alt.Tooltip("score_upper_quartile:Q", title=phrase("a quarter score at least")),
    ]
    bars = (
        alt.Chart(bins)
        .mark_bar(color=SKY, opacity=0.55, width={"band": 0.5})
        .encode(
            x,
            alt.Y("score_lower_quartile:Q", title=phrase("score"), scale=SCORE),
            alt.Y2("score_upper_quartile:Q"),
            tooltip=tips,
        )
    )
    medians = (
        alt.Chart(bins)
        .mark_tick(color=VERMILION, thickness=4, width={"band": 0.5})
        .encode(x, alt.Y("score_median:Q"), tooltip=tips)
    )
    return alt.LayerChart(layer=[bars, medians], height=HEIGHT)


def scatter_chart(days: pl.DataFrame, exposure: Named) -> alt.Chart:
    """Each scored day as a dot, moved a little so that equal ones do not hide each other."""
    number = pl.col("day").to_physical()
    upwards, sideways = ((number * step) % 1 - 0.5 for step in (UP_STEP, SIDEWAYS_STEP))
    width = _extent(days) * (SIDEWAYS_SHARE_OF_EVENTS if is_event(days) else SIDEWAYS_SHARE)
    moved = days.with_columns(
        score_drawn=pl.col("score") + upwards * UP_POINTS,
        amount_drawn=pl.col("amount") + sideways * width,
    )
    chart: alt.Chart = (
        alt.Chart(with_ways(moved))
        .mark_circle(size=28, color=BLUE, opacity=0.45, cursor="pointer")
        .encode(
            alt.X(
                "amount_drawn:Q",
                title=_axis_title(days, exposure),
                scale=alt.Scale(zero=False, nice=True),
                axis=_amount_axis(days),
            ),
            alt.Y(
                "score_drawn:Q",
                title=phrase("score"),
                scale=alt.Scale(domain=[-0.5, 10.5]),
                axis=alt.Axis(values=[0, 2, 4, 6, 8, 10]),
            ),
            href=alt.Href("way:N"),
            tooltip=[
                alt.Tooltip("day:T", title=phrase("score of"), format="%-d %b %Y"),
                alt.Tooltip("score:Q", title=phrase("score")),
                alt.Tooltip("amount:Q", title=amount_title(exposure), format=".1f"),
            ],
        )
        .properties(height=HEIGHT)
    )
    return chart


def amount_title(exposure: Named) -> str:
    """The exposure with its unit, for an axis."""
    return f"{exposure.title}, {exposure.unit}" if exposure.unit else exposure.title


def _axis_title(days: pl.DataFrame, exposure: Named) -> str | None:
    # The heading above says what it is, and a phone has no room to say it twice.
    return exposure.unit or (None if is_event(days) else exposure.title)


def bins_words(days: pl.DataFrame, exposure: Named) -> str:
    """The bins in words, for screen readers."""
    bins = days.unique("bin").sort("bin").with_columns(range=_ranges(days))
    said = (
        phrase(
            "{range}: median {score_median:g}",
            range=row["range"].replace("|", ", ").replace(BREAK, " "),
            score_median=row["score_median"],
        )
        for row in bins.iter_rows(named=True)
    )
    return phrase(
        "Scores by {amount_title}. {said}.",
        amount_title=amount_title(exposure),
        said="; ".join(said),
    )


def is_event(days: pl.DataFrame) -> bool:
    """True when the exposure only is or is not."""
    return set(days["amount"]) <= {0.0, 1.0}


def _ranges(days: pl.DataFrame) -> pl.Series:
    """How each bin is called on the axis, with its number of days below."""
    bins = days.unique("bin").sort("bin")
    names = [phrase("without"), phrase("with")] if is_event(days) else None
    decimals = 0 if _extent(days) >= 50 else 1
    said = []
    for row in bins.iter_rows(named=True):
        low, high = (short_number(row[end], decimals) for end in ("bin_lowest", "bin_highest"))
        name = (
            names[int(row["bin_lowest"])]
            if names
            else low
            if low == high
            else phrase("{low} to {high}", low=low, high=high)
        )
        said.append(
            phrase(
                "{name}|{bin_day_count} days",
                name=_broken(name.replace("-", MINUS)),
                bin_day_count=row["bin_day_count"],
            )
        )
    return pl.Series(said)


def _broken(name: str) -> str:
    """A name too long for its bar on a phone, in two lines."""
    return BREAK.join(name.rsplit(" ", 1)) if len(name) > MOST_LETTERS else name


def _extent(days: pl.DataFrame) -> float:
    amounts: list[float] = days["amount"].to_list()
    return max(amounts) - min(amounts)


def _amount_axis(days: pl.DataFrame) -> alt.Axis:
    if not is_event(days):
        return alt.Axis(tickCount=6)
    return alt.Axis(values=[0, 1], labelExpr="datum.value == 0 ? 'without' : 'with'")
