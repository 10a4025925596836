"""The complaint and its course in two lines."""

from datetime import timedelta

import polars as pl

from tightlog.answers.report.facts import ReportFacts
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted

RECENT_D = 28
# Half a point of two medians is no change to a runner.
CHANGE_POINTS = 1.0


def course_lines(facts: ReportFacts) -> tuple[str, ...]:
    """What is rated and how high, and whether it is going up or down; one line without a score."""
    scores = facts.scores
    if not scores["scored_day_count"]:
        return (
            phrase("Tightness of the lower back: no score was given before a run in this range."),
        )
    high = counted(scores["day_count_of_5_or_more"], "day")
    complaint = phrase(
        "Tightness of the lower back, 0 (none) to 10 (worst imaginable), first score of "
        "the day: median {median_score:g}, from {lowest_score:g} to {highest_score:g}, 5 "
        "or more on {high}; scored on {scored_day_count} of {day}.",
        median_score=scores["median_score"],
        lowest_score=scores["lowest_score"],
        highest_score=scores["highest_score"],
        high=high,
        scored_day_count=scores["scored_day_count"],
        day=counted(facts.day_count, "day"),
    )
    return complaint, _course(facts)


def _course(facts: ReportFacts) -> str:
    scored = facts.days.drop_nulls("tightness_score").sort("day")
    newest = scored.row(-1, named=True)
    last = phrase(
        "last score {tightness_score:g} on {day}",
        tightness_score=newest["tightness_score"],
        day=date_words(newest["day"]),
    )
    is_recent = pl.col("day") > facts.last_day - timedelta(days=RECENT_D)
    recent, before = (
        scored.filter(part)["tightness_score"].to_list() for part in (is_recent, ~is_recent)
    )
    if not recent or not before:
        return phrase("Course: {last}.", last=last)
    now, then = _median(recent), _median(before)
    change = phrase("about the same in the last four weeks as")
    if abs(now - then) >= CHANGE_POINTS:
        change = phrase(
            "{part} in the last four weeks than",
            part=phrase("tighter") if now > then else phrase("less tight"),
        )
    return phrase(
        "Course: {change} earlier in this range (median {now:g}, earlier {then:g}); {last}.",
        change=change,
        now=now,
        then=then,
        last=last,
    )


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
