"""Red flags that came in score files, as the last refresh read them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tightlog.domain.red_flags import RedFlagSpan
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.journal.red_flag_spans import IMPORTED_FLAG_D
from tightlog.warehouse import store


def raised_in_files(version: Path, first_day: date, last_day: date) -> list[RedFlagSpan]:
    """The spans raised by scores of these days, in order."""
    return spans_in_files(store.answer(version, "imported_scores", [first_day, last_day]))


def standing_in_files(version: Path, local_day: date) -> list[RedFlagSpan]:
    """The spans that stand on a day, as not cleared yet."""
    first_day = local_day - timedelta(days=2 * IMPORTED_FLAG_D)
    return [
        replace(span, cleared_on=None)
        for span in raised_in_files(version, first_day, local_day)
        if span.cleared_on is None or span.cleared_on > local_day
    ]
