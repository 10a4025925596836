"""What a refresh reports of the version it published, counted there."""

from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

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


def counts(home: Home, has_news: bool) -> Counts:
    """Counts of the version now published; without news every file is unchanged."""
    with store.published(home) as version:
        files = dict(store.answer(version, "refresh_counts", [has_news]).iter_rows())
        activities, scores, days = store.answer(version, "totals").row(0)
        read_now = store.answer(version, "tables_read_now").iter_rows() if has_news else ()
        _, unknown_kinds = store.answer(version, "kinds_known").row(0)
        doubtful = store.answer(version, "doubts").height
        files_of_scores = score_files(version, is_new=True) if has_news else ()
    diaries = tuple(starmap(table_words, read_now))
    return Counts(
        files, activities, scores, days, unknown_kinds, diaries, files_of_scores, doubtful
    )


def score_files(version: Path, *, is_new: bool = False) -> tuple[ScoreFile, ...]:
    """The files of a version that hold scores; with `is_new` those alone that the last refresh
    read.
    """
    rows = store.answer(version, "score_files", [is_new])
    return tuple(ScoreFile(*row) for row in rows.iter_rows())
