"""What a refresh reports of the version it published, counted there."""

from dataclasses import dataclass

from tightlog.home.settings import Home
from tightlog.warehouse import store


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
    # Activities that are asked about.
    doubtful: int = 0


def counts(home: Home, has_news: bool) -> Counts:
    """Counts of the version now published; without news every file is unchanged."""
    version = store.published_version(home)
    files = dict(store.answer(version, "refresh_counts", [has_news]).iter_rows())
    activities, scores, days = store.answer(version, "totals").row(0)
    diaries = store.answer(version, "tables_read_now")["words"] if has_news else ()
    _, unknown_kinds = store.answer(version, "kinds_known").row(0)
    doubtful = store.answer(version, "doubts").height
    return Counts(files, activities, scores, days, unknown_kinds, tuple(diaries), doubtful)
