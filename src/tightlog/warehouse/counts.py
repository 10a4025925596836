"""What a refresh reports of the version it published, counted there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any

import polars as pl

from tightlog.domain.diary import ScoreFile
from tightlog.home.settings import Home
from tightlog.warehouse import store
from tightlog.words.files import table_words


@dataclass(frozen=True)
class Counts:
    """Files by what became of them, what the version holds, and in words what was taken for what
    in each diary file just read.
    """

    files: dict[str, int]
    activities: int
    scores: int
    days: int
    # Activities whose kind nothing says.
    unknown_kinds: int = 0
    diaries: tuple[str, ...] = ()
    score_files: tuple[ScoreFile, ...] = ()
    # Activities that are asked about.
    doubtful: int = 0


Ask = Callable[[str, Sequence[Any]], pl.DataFrame]


def counts(home: Home, has_news: bool) -> Counts:
    """Counts of the version now published; without news every file is unchanged."""
    with store.published(home) as version:
        return counted(partial(store.answer, version), has_news)


def counted(ask: Ask, has_news: bool) -> Counts:
    """Counts of what answers the named questions."""
    activities, scores, days = ask("totals", ()).row(0)
    _, unknown_kinds = ask("kinds_known", ()).row(0)
    read_now = ask("tables_read_now", ()).iter_rows() if has_news else ()
    return Counts(
        dict(ask("refresh_counts", [has_news]).iter_rows()),
        activities,
        scores,
        days,
        unknown_kinds,
        tuple(starmap(table_words, read_now)),
        _score_files(ask, is_new=True) if has_news else (),
        ask("doubts", ()).height,
    )


def score_files(version: Path) -> tuple[ScoreFile, ...]:
    """The files of a version that hold scores."""
    return _score_files(partial(store.answer, version), is_new=False)


def _score_files(ask: Ask, *, is_new: bool) -> tuple[ScoreFile, ...]:
    """The files that hold scores; with `is_new` those alone that the last refresh read."""
    return tuple(ScoreFile(*row) for row in ask("score_files", [is_new]).iter_rows())
