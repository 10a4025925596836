"""How the load changed: the last four weeks against the four before, and what stood out of it."""

from collections.abc import Mapping
from typing import Any

from tightlog.answers.report.data_words import begun_words, far_words
from tightlog.answers.report.facts import ReportFacts
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted, first_lower

WEEKS_D = 28
# What is about how much was done; other patterns stand in the appendix.
LOAD_PATTERNS = frozenset({"R2", "R3", "R4", "R5", "R10", "R14", "R15", "R16", "R20"})
MOST_PATTERNS = 3
Row = Mapping[str, Any]


def load_lines(facts: ReportFacts) -> list[str]:
    """Distance and load against before, and the load patterns of the range, a line each."""
    by_part = {row["is_recent"]: row for row in facts.load_change}
    recent, before = by_part.get(True), by_part.get(False)
    lines = [_run_line(recent, before)]
    if change := _change(recent, before, "load_au", "known_load_day_count"):
        lines.append(
            phrase("Training load of all sport, last four weeks: {change}.", change=change)
        )
    found = [row for row in facts.patterns if row["pattern"] in LOAD_PATTERNS][:MOST_PATTERNS]
    told = [f"{first_lower(row['title'])} ({begun_words(row).removeprefix('it began ')})"
            for row in found]  # fmt: skip
    return [*lines, phrase("Stood out: {told}.", told="; ".join(told))] if told else lines


def _run_line(recent: Row | None, before: Row | None) -> str:
    if recent is None or not recent["known_run_day_count"]:
        return phrase("Running of the last four weeks: not known.")
    known = recent["known_run_day_count"]
    partly = "" if known == WEEKS_D else phrase(", of the {day} known", day=counted(known, "day"))
    change = _change(recent, before, "run_distance_m", "known_run_day_count")
    if not recent["run_count"] and not partly:
        return phrase("No run was recorded in the last four weeks.")
    words = phrase(
        "Running of the last four weeks: {far_words} in {run}, longest {far_words_2}{partly}",
        far_words=far_words(recent["run_distance_m"]),
        run=counted(recent["run_count"] or 0, "run"),
        far_words_2=far_words(recent["longest_run_m"]),
        partly=partly,
    )
    return f"{words}; {change}." if change else f"{words}."


def _change(recent: Row | None, before: Row | None, column: str, known_column: str) -> str:
    """The change against the four weeks before, where every day of both is known."""
    if recent is None or before is None:
        return ""
    if recent[known_column] < WEEKS_D or before[known_column] < WEEKS_D or not before[column]:
        return ""
    percent = (recent[column] / before[column] - 1) * 100
    if abs(percent) < 5:
        return phrase("about as much as in the four weeks before")
    return phrase(
        "{percent:.0f}\u00a0% {part} than in the four before",
        percent=abs(percent),
        part=phrase("more") if percent > 0 else phrase("less"),
    )
