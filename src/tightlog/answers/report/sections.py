"""The sections of the report, from the warning signs to the quality of the data."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from tightlog.answers.report import data_words, drawing
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.markup import piece, quiet, section, table
from tightlog.answers.report.sheet import flag_lines
from tightlog.words.dates import date_words
from tightlog.words.measures import distance_unit, metres_of, worded
from tightlog.words.numbers import counted, first_upper
from tightlog.words.patterns import GRADE_WORDS
from tightlog.words.scores import MOMENT_WORDS

FLAG = (
    "A ticked sign, pain called sharp, or a score of 8 or more. It stands until the runner says "
    "it was examined; one from a score file stands for at most a week."
)


def red_flags(facts: ReportFacts) -> Markup:
    """Every warning sign of the range; nothing without one."""
    if not facts.red_flags:
        return Markup()
    return section("Warning signs", piece("flags", flag_lines(facts)), quiet(FLAG))


def glance(facts: ReportFacts) -> Markup:
    """Four numbers as an overview."""
    scores = facts.scores
    score = f"median {scores['median_score']:g}" if scores["scored_day_count"] else "no score"
    spread = (
        (
            f"from {scores['lowest_score']:g} to {scores['highest_score']:g}; 5 or more on "
            f"{counted(scores['day_count_of_5_or_more'], 'day')}"
        )
        if scores["scored_day_count"]
        else ""
    )
    distance = data_words.far_words(scores["run_distance_m"])
    cells = (
        ("Tightness, 0–10", score, spread),
        (
            "Scored",
            f"{scores['scored_day_count']} of {counted(facts.day_count, 'day')}",
            "first score of the day, before any run",
        ),
        ("Running", distance, _run_words(facts)),
        (
            "Cadence",
            data_words.number(scores["median_cadence_spm"], "steps/min"),
            "median of run days, both feet",
        ),
    )
    return piece("glance", cells)


def _run_words(facts: ReportFacts) -> str:
    scores = facts.scores
    if scores["run_count"] is None:
        return ""
    known = (
        ""
        if scores["known_run_day_count"] == facts.day_count
        else f"; of the {counted(scores['known_run_day_count'], 'day')} known"
    )
    return (
        f"{counted(scores['run_count'], 'run')}, longest "
        f"{data_words.far_words(scores['longest_run_m'])}{known}"
    )


def tightness(facts: ReportFacts) -> Markup:
    """The scores as a chart."""
    if not facts.scores["scored_day_count"]:
        none = piece("paragraph", "No score was given before a run in this range.")
        return section("Tightness", none)
    words = (
        f"Tightness scores of {counted(facts.scores['scored_day_count'], 'day')}, median "
        f"{facts.scores['median_score']:g}, "
        f"from {facts.scores['lowest_score']:g} to {facts.scores['highest_score']:g}."
    )
    image = drawing.as_image(
        drawing.scores_drawing(facts.days, facts.first_day, facts.last_day), words
    )
    return section(
        "Tightness",
        quiet(
            "0 is none, 10 the worst imaginable. Dots: the first score of a day, given before "
            "any run. "
            "Line: median of 7 days. No dot: no score."
        ),
        image,
        is_whole=True,
    )


def load(facts: ReportFacts) -> Markup:
    """Distance and load as charts and, week by week or month by month, as a table."""
    if all(row["run_distance_m"] is None and row["load_au"] is None for row in facts.parts):
        unknown = piece("paragraph", "No distance and no load is known in this range.")
        return section("Running and load", unknown, _part_table(facts))
    drawn = [
        _bars(
            facts, worded("Kilometres run"), "run_distance_m", "known_run_day_count", metres_of(1.0)
        ),
        _bars(
            facts,
            "Training load of all sport, arbitrary units",
            "load_au",
            "known_load_day_count",
            1.0,
        ),
    ]
    return section("Running and load", *drawn, _part_table(facts))


def _bars(facts: ReportFacts, what: str, column: str, known_column: str, divisor: float) -> Markup:
    values = [row[column] / divisor for row in facts.parts if row[column] is not None]
    if not values:
        return piece("paragraph", f"{what}: not known in this range.")
    words = (
        f"{what} per {facts.part}: {counted(len(values), facts.part)} known, from "
        f"{min(values):.0f} to {max(values):.0f}."
    )
    image = drawing.as_image(
        drawing.bars_drawing(facts.parts, column, known_column, facts.part, divisor), words
    )
    pale = f"Pale: only part of the {facts.part} is known or in the range."
    beneath = f"{what} per {facts.part}. {pale}"
    return piece("bars", beneath, image)


def _part_table(facts: ReportFacts) -> Markup:
    heads = (
        f"{first_upper(facts.part)} of",
        "scored",
        "median",
        "highest",
        "runs",
        distance_unit(),
        f"longest {distance_unit()}",
        "load",
        "steps/min",
        "other min",
    )
    body = [_part_row(facts, row) for row in facts.parts]
    starred = (
        ""
        if all(_is_whole(facts, row) for row in facts.parts)
        else f"* only part of the {facts.part} is known or in the range. "
    )
    return table(heads, body, first_number=1, caption=f"{starred}{data_words.MISSING}: not known.")


def _part_row(facts: ReportFacts, row: Mapping[str, Any]) -> tuple[str, ...]:
    whole_numbers = ("load_au", "median_cadence_spm", "cross_training_min")
    return (
        drawing.part_words(row["first_day"], facts.part) + ("" if _is_whole(facts, row) else " *"),
        f"{row['scored_day_count']} of {row['day_count']}",
        *(data_words.number(row[name]) for name in ("median_score", "highest_score", "run_count")),
        *(data_words.far_number(row[name]) for name in ("run_distance_m", "longest_run_m")),
        *(data_words.number(row[name], places=0) for name in whole_numbers),
    )


def _is_whole(facts: ReportFacts, row: Mapping[str, Any]) -> bool:
    whole: bool = row["known_run_day_count"] == drawing.whole_days(row["first_day"], facts.part)
    return whole


def patterns(facts: ReportFacts) -> Markup:
    """Each pattern found on a day of the range, with its newest numbers, grade and source."""
    if not facts.patterns:
        none = piece("paragraph", "None of the watched rules matched in this range.")
        return section("Patterns found", none)
    return section("Patterns found", *(_pattern(row) for row in facts.patterns))


def _pattern(row: Mapping[str, Any]) -> Markup:
    known = f"{row['why']} Evidence {row['grade']} ({GRADE_WORDS[row['grade']]}): {row['source']}."
    stood = f"Present on {counted(row['day_count'], 'day')}; {data_words.begun_words(row)}."
    return piece("pattern", row["title"], f"{stood} {row['newest_evidence']}", known)


def done(facts: ReportFacts) -> Markup:
    """What was done, how often, and the difference on the next day."""
    if not facts.done:
        return section("What was tried", piece("paragraph", "Nothing was logged or recorded."))
    body = [
        (
            row["title"],
            f"{row['day_count']}",
            data_words.number(row["minutes"], places=0),
            *data_words.effect_words(row),
        )
        for row in facts.done
    ]
    heads = (
        "What",
        "days in range",
        "min",
        "days with / without",
        "next day's score, points",
        "could have shown",
        "in words",
    )
    told = (
        "Days and minutes are of this range. The difference in the next day's score (95 % "
        "interval; negative is better) is over all scores "
        "given so far, against days without it that began at the same score; one smaller than "
        "“could have shown” may have been missed. Of so many intervals some leave out 0 by chance; "
        "the words allow for that."
    )
    tried = table(heads, body, first_number=1, last_number=5)
    return section("What was tried, and the next day", quiet(told), tried)


def trials(facts: ReportFacts) -> Markup:
    """Every coin-flip trial that was started, of all time, with its answer."""
    started = [row for row in facts.trials if row["started_on"]]
    if not started:
        return Markup()
    told = (
        "On some mornings a coin decided whether it was done that day; the next morning's score "
        "counts for the side the coin said. Of all time, not this range only."
    )
    lines = [f"{row['title']}, {_trial_days(row)}: {row['sentence']}" for row in started]
    lines += [f"{row['title']}, {row['sentence']}" for row in facts.trial_series]
    return section("Tried by a coin", quiet(told), piece("bullets", lines))


def _trial_days(row: Mapping[str, Any]) -> str:
    first = date_words(row["started_on"])
    return f"{first} to {date_words(row['ended_on'])}" if row["ended_on"] else f"since {first}"


def findings(facts: ReportFacts) -> Markup:
    """Every exposure tested, including those without enough data."""
    if not facts.findings:
        nothing = piece("paragraph", "No score and no run to compare yet.")
        return section("What goes with the tightness", nothing)
    until = facts.publication["as_of_day"]
    told = (
        f"Over all {facts.score_count:,} scores up to {date_words(until)}, not this range "
        "only. Every exposure tested is listed, "
        "whatever the result."
    )
    sentences = piece(
        "bullets", [f"{row['sentence']} {row['details'] or ''}".rstrip() for row in facts.findings]
    )
    return section("What goes with the tightness", quiet(told), sentences)


def notes(facts: ReportFacts) -> Markup:
    """The notes of the scores, only if the runner wants them on the page."""
    if facts.notes is None:
        return Markup()
    if not facts.notes:
        return section("Notes of the runner", piece("paragraph", "None in this range."))
    body = [
        (
            date_words(row["day"]),
            MOMENT_WORDS.get(row["moment"], ""),
            f"{row['score']:g}",
            row["note"],
        )
        for row in facts.notes
    ]
    return section("Notes of the runner", table(("Day", "when", "score", "note"), body))


def data(facts: ReportFacts) -> Markup:
    """What is known of the range and what is not, and which devices recorded it."""
    body = [_device_row(row) for row in facts.devices]
    heads = (
        "Device or program",
        "from – to",
        "runs",
        "other",
        "with heart rate",
        "steps/min of runs",
        "rule of their cadence",
    )
    told = (
        "What recorded the activities of this range. Cadence is of both feet; each source has its "
        "own rule."
    )
    devices = table(heads, body, first_number=2, last_number=5, caption=told) if body else Markup()
    quality = piece("bullets", list(data_words.quality_lines(facts)))
    return section("Quality of the data", quality, devices)


def _device_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    first, last = (drawing.part_words(row[end], "week") for end in ("first_day", "last_day"))
    return (
        row["device"],
        f"{first} – {last}",
        f"{row['run_count']}",
        f"{row['activity_count'] - row['run_count']}",
        f"{row['with_heart_rate_count']}",
        data_words.number(row["median_run_cadence_spm"], places=0),
        row["run_cadence_rules"] or data_words.MISSING,
    )
