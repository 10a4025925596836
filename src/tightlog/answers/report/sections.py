"""The sections of the report, from the warning signs to the quality of the data."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from tightlog.answers.report import data_words, drawing
from tightlog.answers.report.facts import ReportFacts
from tightlog.answers.report.markup import piece, quiet, section, table
from tightlog.answers.report.sheet import flag_lines
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import SPANS, counted_spans, date_words
from tightlog.words.measures import distance_unit, metres_of, worded
from tightlog.words.numbers import counted, first_upper
from tightlog.words.patterns import GRADE_WORDS
from tightlog.words.scores import MOMENT_WORDS

FLAG = message(
    "A ticked sign, pain called sharp, or a score of 8 or more. It stands until the "
    "runner says it was examined; one from a score file stands for at most a week."
)


def red_flags(facts: ReportFacts) -> Markup:
    """Every warning sign of the range; nothing without one."""
    if not facts.red_flags:
        return Markup()
    return section(phrase("Warning signs"), piece("flags", flag_lines(facts)), quiet(phrase(FLAG)))


def glance(facts: ReportFacts) -> Markup:
    """Four numbers as an overview."""
    scores = facts.scores
    score = (
        phrase("median {median_score:g}", median_score=scores["median_score"])
        if scores["scored_day_count"]
        else phrase("no score")
    )
    spread = (
        (
            phrase(
                "from {lowest_score:g} to {highest_score:g}; 5 or more on {day}",
                lowest_score=scores["lowest_score"],
                highest_score=scores["highest_score"],
                day=counted(scores["day_count_of_5_or_more"], "day"),
            )
        )
        if scores["scored_day_count"]
        else ""
    )
    distance = data_words.far_words(scores["run_distance_m"])
    cells = (
        (phrase("Tightness, 0–10"), score, spread),
        (
            "Scored",
            phrase(
                "{scored_day_count} of {day}",
                scored_day_count=scores["scored_day_count"],
                day=counted(facts.day_count, "day"),
            ),
            phrase("first score of the day, before any run"),
        ),
        ("Running", distance, _run_words(facts)),
        (
            "Cadence",
            data_words.number(scores["median_cadence_spm"], "steps/min"),
            phrase("median of run days, both feet"),
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
        else phrase("; of the {day} known", day=counted(scores["known_run_day_count"], "day"))
    )
    if not scores["run_count"]:
        return phrase("no run recorded{known}", known=known)
    return phrase(
        "{run}, longest {far_words}{known}",
        run=counted(scores["run_count"], "run"),
        far_words=data_words.far_words(scores["longest_run_m"]),
        known=known,
    )


def tightness(facts: ReportFacts) -> Markup:
    """The scores as a chart."""
    if not facts.scores["scored_day_count"]:
        none = piece("paragraph", phrase("No score was given before a run in this range."))
        return section("Tightness", none)
    words = phrase(
        "Tightness scores of {day}, median {median_score:g}, from {lowest_score:g} to "
        "{highest_score:g}.",
        day=counted(facts.scores["scored_day_count"], "day"),
        median_score=facts.scores["median_score"],
        lowest_score=facts.scores["lowest_score"],
        highest_score=facts.scores["highest_score"],
    )
    image = drawing.as_image(
        lambda width: drawing.scores_drawing(
            facts.days, facts.first_day, facts.last_day, width=width
        ),
        words,
    )
    return section(
        "Tightness",
        quiet(
            phrase(
                "0 is none, 10 the worst imaginable. Dots: the first score of a day, given "
                "before any run. Line: median of 7 days. No dot: no score."
            )
        ),
        image,
        is_whole=True,
    )


def load(facts: ReportFacts) -> Markup:
    """Distance and load as charts and, week by week or month by month, as a table."""
    if all(row["run_distance_m"] is None and row["load_au"] is None for row in facts.parts):
        unknown = piece("paragraph", phrase("No distance and no load is known in this range."))
        return section(phrase("Running and load"), unknown, _part_table(facts))
    drawn = [
        _bars(
            facts,
            worded(phrase("Kilometres run")),
            "run_distance_m",
            "known_run_day_count",
            metres_of(1.0),
        ),
        _bars(
            facts,
            phrase("Training load of all sport, arbitrary units"),
            "load_au",
            "known_load_day_count",
            1.0,
        ),
    ]
    return section(phrase("Running and load"), *drawn, _part_table(facts))


def _bars(facts: ReportFacts, what: str, column: str, known_column: str, divisor: float) -> Markup:
    values = [row[column] / divisor for row in facts.parts if row[column] is not None]
    if not values:
        return piece("paragraph", phrase("{what}: not known in this range.", what=what))
    if not max(values):
        # A picture of nothing but zeros says no more.
        none = phrase("{what}: 0 in every {part} that is known.", what=what, part=SPANS[facts.part])
        return piece("paragraph", none)
    words = phrase(
        "{what} per {part}: {counted} known, from {values:.0f} to {values_2:.0f}.",
        what=what,
        part=SPANS[facts.part],
        counted=counted_spans(len(values), facts.part),
        values=min(values),
        values_2=max(values),
    )
    image = drawing.as_image(
        lambda width: drawing.bars_drawing(
            facts.parts, column, known_column, facts.part, divisor, width
        ),
        words,
    )
    pale = phrase("Pale: only part of the {part} is known or in the range.", part=SPANS[facts.part])
    beneath = phrase("{what} per {part}. {pale}", what=what, part=SPANS[facts.part], pale=pale)
    return piece("bars", beneath, image)


def _part_table(facts: ReportFacts) -> Markup:
    heads = (
        phrase("{part} of", part=first_upper(SPANS[facts.part])),
        "scored",
        "median",
        "highest",
        "runs",
        distance_unit(),
        phrase("longest {distance_unit}", distance_unit=distance_unit()),
        "load",
        "steps/min",
        phrase("other min"),
    )
    body = [_part_row(facts, row) for row in facts.parts]
    starred = (
        ""
        if all(_is_whole(facts, row) for row in facts.parts)
        else phrase("* only part of the {part} is known or in the range. ", part=SPANS[facts.part])
    )
    return table(
        heads,
        body,
        first_number=1,
        caption=phrase(
            "{starred}{missing}: not known.", starred=starred, missing=data_words.MISSING
        ),
    )


def _part_row(facts: ReportFacts, row: Mapping[str, Any]) -> tuple[str, ...]:
    whole_numbers = ("load_au", "median_cadence_spm", "cross_training_min")
    return (
        drawing.part_words(row["first_day"], facts.part) + ("" if _is_whole(facts, row) else " *"),
        phrase(
            "{scored_day_count} of {day_count}",
            scored_day_count=row["scored_day_count"],
            day_count=row["day_count"],
        ),
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
        none = piece("paragraph", phrase("None of the watched rules matched in this range."))
        return section(phrase("Patterns found"), none)
    return section(phrase("Patterns found"), *(_pattern(row) for row in facts.patterns))


def _pattern(row: Mapping[str, Any]) -> Markup:
    known = phrase(
        "{why} Evidence {grade} ({grade_words}): {source}.",
        why=row["why"],
        grade=row["grade"],
        grade_words=GRADE_WORDS[row["grade"]],
        source=row["source"],
    )
    stood = phrase(
        "Present on {day}; {begun_words}.",
        day=counted(row["day_count"], "day"),
        begun_words=data_words.begun_words(row),
    )
    return piece("pattern", row["title"], f"{stood} {row['newest_evidence']}", known)


def done(facts: ReportFacts) -> Markup:
    """What was done, how often, and the difference on the next day."""
    if not facts.done:
        return section(
            phrase("What was tried"), piece("paragraph", phrase("Nothing was logged or recorded."))
        )
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
        phrase("days in range"),
        phrase("minutes"),
        phrase("days with / without"),
        phrase("next day's score, points"),
        phrase("could have shown"),
        phrase("in words"),
    )
    told = phrase(
        "Days and minutes are of this range. The difference in the next day's score (95 % "
        "interval; negative is better) is over all scores given so far, against days "
        "without it that began at the same score; one smaller than “could have shown” may "
        "have been missed. Of so many intervals some leave out 0 by chance; the words "
        "allow for that."
    )
    tried = table(heads, body, first_number=1, last_number=5)
    return section(phrase("What was tried, and the next day"), quiet(told), tried)


def trials(facts: ReportFacts) -> Markup:
    """Every coin-flip trial that was started, of all time, with its answer."""
    started = [row for row in facts.trials if row["started_on"]]
    if not started:
        return Markup()
    told = phrase(
        "On some mornings a coin decided whether it was done that day; the next morning's "
        "score counts for the side the coin said. Of all time, not this range only."
    )
    lines = [f"{row['title']}, {_trial_days(row)}: {row['sentence']}" for row in started]
    lines += [f"{row['title']}, {row['sentence']}" for row in facts.trial_series]
    return section(phrase("Tried by a coin"), quiet(told), piece("bullets", lines))


def _trial_days(row: Mapping[str, Any]) -> str:
    first = date_words(row["started_on"])
    return (
        phrase("{first} to {ended_on}", first=first, ended_on=date_words(row["ended_on"]))
        if row["ended_on"]
        else phrase("since {first}", first=first)
    )


def findings(facts: ReportFacts) -> Markup:
    """Every exposure tested, including those without enough data."""
    if not facts.findings:
        nothing = piece("paragraph", phrase("No score and no run to compare yet."))
        return section(phrase("What goes with the tightness"), nothing)
    until = facts.publication["as_of_day"]
    told = phrase(
        "Over all {score_count:,} scores up to {until}, not this range only. Every "
        "exposure tested is listed, whatever the result.",
        score_count=facts.score_count,
        until=date_words(until),
    )
    sentences = piece(
        "bullets", [f"{row['sentence']} {row['details'] or ''}".rstrip() for row in facts.findings]
    )
    return section(phrase("What goes with the tightness"), quiet(told), sentences)


def notes(facts: ReportFacts) -> Markup:
    """The notes of the scores, only if the runner wants them on the page."""
    if facts.notes is None:
        return Markup()
    if not facts.notes:
        return section(
            phrase("Notes of the runner"), piece("paragraph", phrase("None in this range."))
        )
    body = [
        (
            date_words(row["day"]),
            MOMENT_WORDS.get(row["moment"], ""),
            f"{row['score']:g}",
            row["note"],
        )
        for row in facts.notes
    ]
    return section(phrase("Notes of the runner"), table(("Day", "when", "score", "note"), body))


def data(facts: ReportFacts) -> Markup:
    """What is known of the range and what is not, and which devices recorded it."""
    body = [_device_row(row) for row in facts.devices]
    heads = (
        phrase("Device or program"),
        "from – to",
        "runs",
        "other",
        phrase("with heart rate"),
        phrase("steps/min of runs"),
        phrase("rule of their cadence"),
    )
    told = phrase(
        "What recorded the activities of this range. Cadence is of both feet; each source "
        "has its own rule."
    )
    devices = table(heads, body, first_number=2, last_number=5, caption=told) if body else Markup()
    quality = piece("bullets", list(data_words.quality_lines(facts)))
    return section(phrase("Quality of the data"), quality, devices)


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
