"""Whether a table is about the lower back: by its columns, the file's name and the title above."""

from collections.abc import Sequence

from tightlog.readers.diary.cells.vocabulary import WORDS
from tightlog.readers.diary.cells.words import body_words, names_lower_back, words
from tightlog.readers.diary.header.headers import Rank, is_doubtful, is_of_another_day, rank
from tightlog.readers.diary.table import Table


def is_named_after_the_back(table: Table, name: str) -> bool:
    """True when the file's name or the title above the table is about the lower back."""
    return names_lower_back(name.rpartition(".")[0]) or names_lower_back(table.preface)


def is_about_the_back(
    table: Table, places: Sequence[int], best: Rank, name: str, region: int | None, taken: set[int]
) -> bool:
    """True when the columns of this rank can only mean the back.

    One named after the back does, unless that word may mean something else; one called `pain` or
    `score` by regions, name or title, or (`score`) with nothing foreign beside it. `Stiffness` may
    be of hands or legs: it counts by regions, name or title, or beside a column of the back.
    """
    if is_named_after_the_back(table, name):
        return True
    if best is Rank.STIFF and region is None:
        return any(names_lower_back(header) for header in table.header)
    if best < Rank.SCORE:
        return best is not Rank.BACK or not all(is_doubtful(one, table.header) for one in places)
    if best is Rank.WHEN:
        return False
    if region is not None:
        return not _is_training(table, places)
    foreign = [
        header
        for place, header in enumerate(table.header)
        if header and place not in taken and rank(header) != Rank.SCORE
    ]
    return best is Rank.SCORE and not foreign and not _is_named_otherwise(name)


def no_score_words(table: Table) -> str:
    """Why a table has no column of scores."""
    other = next((header for header in table.header if is_of_another_day(header)), None)
    return (
        "no column holds the tightness of the lower back"
        if other is None
        else f"column {other!r} is about another day than the one of its row"
    )


def _is_training(table: Table, places: Sequence[int]) -> bool:
    """True for a log of strength training, whose region is the one that was trained."""
    is_pain = any(body_words(table.header[place]) & WORDS["pain"] for place in places)
    said = {word for header in table.header for word in words(header)}
    return not is_pain and bool(said & WORDS["training"])


def _is_named_otherwise(name: str) -> bool:
    """True for `movies.csv` or `golf 2026.csv`: a file named after something else."""
    said = [word for word in words(name.rpartition(".")[0]) if word.isalpha() and len(word) > 2]
    return any(word not in WORDS["file_name"] | WORDS["title"] | WORDS["tight"] for word in said)
