"""How the report shows a number that may be missing, and the quality of the data behind it."""

from collections.abc import Iterator, Mapping
from typing import Any

from tightlog.answers.report.facts import ReportFacts
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import date_words
from tightlog.words.files import status_counts
from tightlog.words.load import load_basis_words
from tightlog.words.measures import distance, distance_value
from tightlog.words.numbers import counted, typeset, upper_points
from tightlog.words.patterns import unwatched_list
from tightlog.words.scores import MOMENT_WORDS

MISSING = "–"
EFFECT_WORDS = phrases(
    {
        "helps": "goes with less tightness",
        "hurts": "goes with more tightness",
        "hint": "a hint, seen twice, may fade",
        "nothing_seen": "no difference seen",
    }
)
SOURCE_WORDS = phrases({"diary": "given in tightlog", "csv": "from a score file"})


def number(value: float | None, unit: str = "", *, places: int = 1) -> str:
    """A number with at most `places` decimals, or a dash when it is unknown."""
    if value is None:
        return MISSING
    text = f"{value:,.{places}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}".rstrip()


def far_number(distance_m: float | None) -> str:
    """A distance in the runner's unit, without the unit."""
    return MISSING if distance_m is None else f"{distance_value(distance_m):.1f}"


def far_words(distance_m: float | None) -> str:
    """A distance as `24.0 km` or `14.9 mi`, or `not known`."""
    return phrase("not known") if distance_m is None else distance(distance_m)


def begun_words(pattern: Mapping[str, Any]) -> str:
    """How often a pattern began in the range, and when last."""
    if not pattern["times_begun"]:
        return phrase(
            "it began before, on {last_begun}", last_begun=date_words(pattern["last_begun"])
        )
    if pattern["times_begun"] == 1:
        return phrase(
            "it began once, on {last_begun}", last_begun=date_words(pattern["last_begun"])
        )
    times = (
        phrase("twice")
        if pattern["times_begun"] == 2
        else phrase("{times_begun} times", times_begun=pattern["times_begun"])
    )
    return phrase(
        "it began {times}, last on {last_begun}",
        times=times,
        last_begun=date_words(pattern["last_begun"]),
    )


def effect_words(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Days with and without, the difference with its interval, the smallest one that would have
    shown, and the verdict in words.

    Without enough data there is no number, and the sentence names what is missing.
    """
    days = MISSING if row["verdict"] is None else f"{row['n_done']} / {row['n_not_done']}"
    if row["verdict"] is None:
        return days, MISSING, MISSING, phrase("not compared yet")
    if row["verdict"] == "not_enough_data" or row["effect_points"] is None:
        return days, MISSING, MISSING, row["sentence"]
    # Adding 0.0 turns the −0.0 of a tiny number into 0.0.
    difference, low, high = (
        f"{round(row[name], 1) + 0.0:+.1f}"
        for name in ("effect_points", "effect_low", "effect_high")
    )
    visible = (
        upper_points(row["smallest_detectable_points"])
        if row["smallest_detectable_points"] is not None
        else MISSING
    )
    return (
        days,
        typeset(
            phrase("{difference} ({low} to {high})", difference=difference, low=low, high=high)
        ),
        visible,
        EFFECT_WORDS.get(row["verdict"], row["verdict"]),
    )


def quality_lines(facts: ReportFacts) -> Iterator[str]:
    """What is known of the range and what is not, a sentence each."""
    yield _days_line(facts)
    yield from _score_and_distance_lines(facts)
    files = status_counts(facts.file_counts)
    yield (
        phrase("Files, of all time: {files}.", files=files)
        if files
        else phrase("Files: none, only the diary.")
    )
    rules = "; ".join(
        phrase(
            "{load_basis_words}, {activity_count:,} activities",
            load_basis_words=load_basis_words(row),
            activity_count=row["activity_count"],
        )
        for row in facts.load_rules
    )
    yield (
        phrase("Load: {rules}.", rules=rules)
        if rules
        else phrase("Load: not known; it needs heart rate, or an effort rating of the sessions.")
    )
    if facts.not_watched:
        yield phrase(
            "Not watched, so nothing is known about them: {unwatched_list}.",
            unwatched_list=unwatched_list(facts.not_watched),
        )


def _days_line(facts: ReportFacts) -> str:
    unknown = facts.day_count - facts.scores["watched_day_count"]
    return phrase(
        "Days: {watched_day_count} of {day_count} are known. On a known day something was "
        "recorded, or it lies between two such days at most 14 days apart; without a run on it, "
        "its distance is 0{part}.",
        watched_day_count=facts.scores["watched_day_count"],
        day_count=facts.day_count,
        part=phrase("; nothing is known about the other {unknown}", unknown=unknown)
        if unknown
        else "",
    )


def _score_and_distance_lines(facts: ReportFacts) -> Iterator[str]:
    given = "; ".join(
        f"{row['score_count']} {_source_words(row['source'])}, "
        f"{MOMENT_WORDS.get(row['moment'], phrase('moment not given'))}"
        for row in facts.score_sources
    )
    yield (
        phrase("Scores of any moment: {given}.", given=given)
        if given
        else phrase("Scores: none in this range.")
    )
    yield (
        phrase(
            "Distance: {known_run_day_count} of {day} known.",
            known_run_day_count=facts.scores["known_run_day_count"],
            day=counted(facts.day_count, "day"),
        )
    )


def _source_words(source: str) -> str:
    return SOURCE_WORDS.get(source, phrase("from {source}", source=source))
