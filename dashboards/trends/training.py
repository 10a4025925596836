"""Distance, cadence, load and cross-training of the range shown, a section each."""

import polars as pl
import streamlit as st

from dashboards.shown import cards, charts, data
from dashboards.shown.data import View, rows
from dashboards.shown.feature_charts import plain_words
from dashboards.trends import training_charts
from tightlog.domain.thresholds import MOST_ESTIMATED_PCT
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import SPANS
from tightlog.words.load import load_basis_words, load_words, maximum_words
from tightlog.words.measures import distance_unit
from tightlog.words.numbers import counted, first_lower, typeset

PERIODS = phrases({"week": "Weekly", "month": "Monthly"})
KINDS = phrases(
    {
        "swim": "Swimming",
        "cycle": "Cycling",
        "strength": "Strength",
        "core": "Core",
        "mobility": "Mobility",
        "other": "Other",
    }
)


def mileage(seen: View, span: charts.Span) -> None:
    """Distance run a week or month."""
    every = data.period_of(*span)
    weeks = training_charts.in_unit(data.summed(seen, "weeks", *span, every))
    unknown = phrase(" Question mark: not known.") if weeks["run"].null_count() else ""
    st.html(
        cards.section(
            phrase("{periods} distance", periods=PERIODS[every]),
            (
                phrase(
                    "Paler: only part of the {every} is known. Triangle: one run was much "
                    "longer than your recent ones.{unknown}",
                    every=SPANS[every],
                    unknown=unknown,
                )
            ),
        )
    )
    if weeks["run"].null_count() == weeks.height:
        st.html(cards.notice(phrase("No distance is known in this range.")))
        return
    if not weeks["run"].sum():
        st.html(cards.notice(phrase("No run in this range.")))
        return
    charts.show_chart(
        training_charts.mileage_chart(weeks),
        charts.series_words(
            weeks,
            "run",
            distance_unit(),
            phrase("Distance a {every}", every=SPANS[every]),
            decimals=1,
        ),
    )


def cadence(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Mean cadence, and how far it is from the runner's own norm."""
    st.html(
        cards.section(
            phrase("Cadence"), phrase("Steps per minute of both feet, mean of the day's runs.")
        )
    )
    if days["cadence_spm"].null_count() == days.height:
        st.html(cards.notice(phrase("No run in this range recorded cadence.")))
        return
    charts.show_chart(
        training_charts.cadence_chart(days, span),
        charts.series_words(days, "cadence_spm", "steps/min", phrase("Cadence")),
    )
    low_pct = data.low_cadence_pct(seen)
    dashed = (
        ""
        if low_pct is None
        else phrase(
            "; dashed at {value}, from where a pattern reports it", value=typeset(f"{low_pct:g} %")
        )
    )
    st.html(
        cards.quiet(phrase("Against your own norm at that pace and grade{dashed}.", dashed=dashed))
    )
    if days["cadence_residual_pct"].null_count() == days.height:
        st.html(cards.notice(phrase("Your own norm needs five earlier runs with cadence.")))
        return
    charts.show_chart(
        training_charts.residual_chart(days, low_pct, span),
        charts.series_words(
            days, "cadence_residual_pct", "%", phrase("Cadence against own norm"), decimals=1
        ),
    )


def load(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Load of seven days, what it is based on, and how it is worked out."""
    rules = rows(seen, "load_rules").to_dicts()
    st.html(
        cards.section(
            phrase("Load"),
            phrase(
                "Sum of 7 days, load units. {load_words}",
                load_words=load_words(rules[0]) if rules else "",
            ).rstrip(),
        )
    )
    if days["load_7d_au"].null_count() == days.height:
        st.html(cards.notice(phrase("No load is known: it needs heart rate or effort ratings.")))
        return
    if not (days["load_7d_au"].drop_nulls() > 0).any():
        st.html(cards.notice(phrase("The load is 0 on every known day of this range.")))
        return
    charts.show_chart(
        training_charts.load_chart(days, span),
        charts.series_words(days, "load_7d_au", phrase("load units"), phrase("Load of 7 days")),
    )
    if guessed := _mostly_estimated(days):
        st.html(cards.quiet(guessed))
    if rules:
        stored = [
            phrase(
                "{activity_count:,} of the activities: from {load_basis_words}.",
                activity_count=row["activity_count"],
                load_basis_words=load_basis_words(row),
            )
            for row in rules
        ] + [maximum_words(row) for row in rows(seen, "heart_rate_maximum").to_dicts()]
        st.html(
            cards.folded(
                phrase("How the load is worked out"),
                [
                    phrase(
                        "{plain_words} Source: {source}.",
                        plain_words=plain_words(rules[0]["definition"]),
                        source=rules[0]["source"],
                    ),
                    *stored,
                ],
            )
        )


def _mostly_estimated(days: pl.DataFrame) -> str:
    """What the grey dots mean; empty where there are none."""
    share_pct = days["load_7d_estimated_share_pct"].drop_nulls()
    if not (share_pct > MOST_ESTIMATED_PCT).any():
        return ""
    limit = typeset(f"{MOST_ESTIMATED_PCT:g} %")
    return phrase(
        "Grey dot: more than {limit} of the load is estimated from minutes, because "
        "sessions have no heart rate or rating; findings and patterns do not use it.",
        limit=limit,
    )


def cross_training(seen: View, span: charts.Span) -> None:
    """Weekly minutes of everything that is not running, and what is not watched."""
    since, every = data.watched_since(seen), data.period_of(*span)
    unseen = [first_lower(KINDS[kind]) for kind, first_day in since.items() if first_day is None]
    minutes = phrase("Minutes a {every}. Paler: only part of it is known.", every=SPANS[every])
    never = phrase("Never recorded or logged: {unseen}.", unseen=", ".join(unseen))
    st.html(
        cards.section(
            phrase("Cross-training"),
            " ".join([minutes, never] if unseen else [minutes]),
        )
    )
    weeks = data.summed(seen, "cross_training_weeks", *span, every)
    if not weeks["minutes"].sum():
        st.html(cards.notice(phrase("Nothing but running was recorded or logged in this range.")))
        return
    charts.show_chart(training_charts.cross_training_chart(weeks, KINDS), kinds_words(weeks, every))


def kinds_words(weeks: pl.DataFrame, every: str) -> str:
    """Which kinds of cross-training are drawn, over how many weeks or months."""
    return phrase(
        "Cross-training minutes of {counted}: {sort}.",
        counted=counted(weeks["week"].n_unique(), every),
        sort=", ".join(sorted(KINDS[kind] for kind in weeks["kind"].unique())),
    )
