"""Red flags that came in score files, as the last refresh read them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tightlog.domain.red_flags import RedFlagSpan
from tightlog.domain.score_frames import scores_of
from tightlog.journal.red_flag_spans import IMPORTED_FLAG_D, imported_spans
from tightlog.warehouse import store


def raised_in_files(version: Path, first_day: date, last_day: date) -> list[RedFlagSpan]:
    """The spans raised by scores of these days, in order."""
    return imported_spans(
        scores_of(store.answer(version, "imported_scores", [first_day, last_day]))
    )


def standing_in_files(version: Path, local_day: date) -> list[RedFlagSpan]:
    """The spans that stand on a day, as not cleared yet."""
    first_day = local_day - timedelta(days=2 * IMPORTED_FLAG_D)
    return [
        replace(span, cleared_on=None)
        for span in raised_in_files(version, first_day, local_day)
        if span.cleared_on is None or span.cleared_on > local_day
    ]
