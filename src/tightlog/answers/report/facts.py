"""The facts of the report for a physiotherapist: a range of days, from one version of the
warehouse and the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.domain.diary import FunctionScore
from tightlog.domain.red_flags import RedFlagSpan
from tightlog.errors import TightlogError
from tightlog.home.settings import Home, Settings
from tightlog.journal.copies import journal_fingerprint
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.journal.journal import Journal, read_journal, red_flag_spans
from tightlog.journal.red_flag_spans import IMPORTED_FLAG_D
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.words.measures import week_shift_d

DEFAULT_D = 91
# A longer range is shown by month: half a year of weeks still fits on a page.
MOST_DAYS_BY_WEEK = 184
Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class ReportFacts:
    """Everything on the report; `notes` is None when the runner leaves them out."""

    first_day: date
    last_day: date
    generated_at: datetime
    settings: Settings
    publication: Mapping[str, Any]
    is_pending: bool
    name: str
    scores: Mapping[str, Any]
    days: pl.DataFrame
    part: str
    parts: Rows
    red_flags: tuple[RedFlagSpan, ...]
    patterns: Rows
    done: Rows
    findings: Rows
    notes: Rows | None
    devices: Rows
    score_sources: Rows
    file_counts: Mapping[str, int]
    load_rules: Rows
    not_watched: Rows
    score_count: int
    trials: Rows = ()
    trial_series: Rows = ()
    nights: Rows = ()
    where: Rows = ()
    load_change: Rows = ()
    # From the journal as it is now.
    functions: tuple[FunctionScore, ...] = ()
    question: str | None = None

    @property
    def day_count(self) -> int:
        """Calendar days of the range."""
        return (self.last_day - self.first_day).days + 1


def report_facts(
    home: Home,
    settings: Settings,
    version: Path,
    span: tuple[date, date],
    *,
    name: str = "",
    with_notes: bool = False,
    now: datetime | None = None,
) -> ReportFacts:
    """Facts of the days from the first to the last of a span, both included.

    Raises TightlogError when the last day lies before the first, or no day is known at all.
    """
    first_day, last_day = span
    if last_day < first_day:
        raise TightlogError(
            phrase(
                "a report from {first_day} to {last_day} has no day: the first day is after "
                "the last",
                first_day=first_day,
                last_day=last_day,
            )
        )

    # Kept open, so that the questions below share one open file.
    with store.open_version(version):
        return _facts(home, settings, version, span, name, with_notes, now or datetime.now(UTC))


def _facts(
    home: Home,
    settings: Settings,
    version: Path,
    span: tuple[date, date],
    name: str,
    with_notes: bool,
    now: datetime,
) -> ReportFacts:
    first_day, last_day = span

    def rows(question: str, *parameters: Any) -> Rows:
        return tuple(store.answer(version, question, parameters).iter_rows(named=True))

    journal = read_journal(home.journal)
    publication = store.relation(version, "publication").row(0, named=True)
    part = "week" if (last_day - first_day).days < MOST_DAYS_BY_WEEK else "month"
    of_parts = (part, *span, week_shift_d(part))
    return ReportFacts(
        first_day,
        last_day,
        now,
        settings,
        publication,
        is_pending=not publication["is_analysed"]
        or publication["journal_fingerprint"] != journal_fingerprint(home.journal),
        name=name,
        scores=rows("report_scores", *span)[0],
        days=store.answer(version, "report_days", span),
        part=part,
        parts=rows("report_parts", *of_parts),
        red_flags=_red_flags(home, version, span),
        patterns=rows("report_patterns", *span),
        done=rows("report_done", *span),
        findings=rows("findings"),
        notes=rows("report_notes", *span) if with_notes else None,
        devices=rows("report_devices", *span),
        score_sources=rows("report_sources", *span),
        file_counts=dict(store.answer(version, "file_counts").iter_rows()),
        load_rules=rows("load_rules"),
        not_watched=rows("not_watched"),
        score_count=rows("freshness")[0]["score_count"],
        trials=rows("trials"),
        trial_series=rows("trial_series"),
        nights=rows("report_nights", *of_parts),
        where=rows("report_where", *span),
        load_change=rows("report_load_change", last_day),
        functions=_functions(journal, version, span),
        question=journal.question,
    )


def _functions(
    journal: Journal, version: Path, span: tuple[date, date]
) -> tuple[FunctionScore, ...]:
    """Answers of the span; one that reaches to the last day known takes in what came since."""
    known = known_span(version)
    until = date.max if known is None or span[1] >= known[1] else span[1]
    return tuple(one for one in journal.functions if span[0] <= one.day <= until)


def default_span(version: Path) -> tuple[date, date]:
    """The last three months known. Raises TightlogError when no day is known."""
    known = known_span(version)
    if known is None:
        raise TightlogError(
            phrase(
                "no day is known yet, so there is nothing to report; put run files into "
                "data/raw, or give a score, and refresh"
            )
        )
    return max(known[0], known[1] - timedelta(days=DEFAULT_D - 1)), known[1]


def known_span(version: Path) -> tuple[date, date] | None:
    """First and last day known, None while there is none."""
    first_day, last_day = store.answer(version, "span").row(0)
    return None if first_day is None else (first_day, last_day)


def _red_flags(home: Home, version: Path, span: tuple[date, date]) -> tuple[RedFlagSpan, ...]:
    """Red flags that stood on a day of the span, from the journal itself, including those raised
    and cleared on the same day.
    """
    imported = store.answer(
        version, "imported_scores", [span[0] - timedelta(days=2 * IMPORTED_FLAG_D), span[1]]
    )
    found = [*red_flag_spans(home.journal), *spans_in_files(imported)]
    return tuple(
        sorted(
            (
                flag
                for flag in found
                if flag.started_on <= span[1]
                and (flag.cleared_on is None or flag.cleared_on >= span[0])
            ),
            key=lambda flag: flag.started_on,
            reverse=True,
        )
    )
