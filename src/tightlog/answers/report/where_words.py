"""Site, side, radiation, night, function and medicines: what was logged of each, in a few words."""

from collections.abc import Mapping, Sequence

from tightlog.answers.report.facts import ReportFacts
from tightlog.domain.diary import FunctionScore
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.dates import day_and_month
from tightlog.words.numbers import counted, first_lower, first_upper
from tightlog.words.scores import (
    ANY_TASK,
    EASE_WORDS,
    RADIATION_WORDS,
    SIDE_WORDS,
)

NOT_LOGGED = message("not logged")
NIGHT_WORDS: Mapping[str, str] = phrases({"true": "woke the runner", "false": "did not"})


def facts(report: ReportFacts) -> list[tuple[str, str]]:
    """Pairs of what is asked and what is known of it."""
    return [
        (phrase("Site"), phrase("lower back")),
        (phrase("Side"), _said(report, "side", SIDE_WORDS)),
        (phrase("Radiation"), _said(report, "radiation", RADIATION_WORDS)),
        (phrase("At night"), _said(report, "is_woken", NIGHT_WORDS)),
        (phrase("Function, 0–10"), function_words(report.functions)),
        (phrase("Treatment"), _said(report, "eased", EASE_WORDS)),
    ]


def function_words(answers: Sequence[FunctionScore]) -> str:
    """The newest answer about the thing named last, and the first about it in the range."""
    if not answers:
        return phrase(NOT_LOGGED)
    newest = answers[-1]
    first = next(one for one in answers if one.task == newest.task)
    words = phrase(
        "{task}: {function:g} on {day}",
        task=newest.task or phrase(ANY_TASK),
        function=newest.function,
        day=day_and_month(newest.day),
    )
    if first.entry_id == newest.entry_id:
        return words
    return phrase(
        "{words}, {function:g} on {day}",
        words=words,
        function=first.function,
        day=day_and_month(first.day),
    )


def _said(report: ReportFacts, kind: str, words: Mapping[str, str]) -> str:
    """How often each was said, the most first."""
    said = [row for row in report.where if row["kind"] == kind]
    if not said:
        return phrase(NOT_LOGGED)
    first, *others = [
        (first_lower(words.get(row["value"], row["value"])), row["day_count"]) for row in said
    ]
    told = [phrase("{first} on {day}", first=first[0], day=counted(first[1], "day"))]
    told += [phrase("{what} on {days}", what=what, days=days) for what, days in others]
    return first_upper(", ".join(told))
