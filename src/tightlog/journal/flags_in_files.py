"""Red flags of the scores that came in files, from their rows: few of them raise one."""

import polars as pl

from tightlog.domain.red_flags import RedFlagSpan
from tightlog.domain.score_frames import scores_of
from tightlog.journal.red_flag_spans import imported_spans
from tightlog.journal.signs import RED_FLAG_SCORE


def spans_in_files(scores: pl.DataFrame) -> list[RedFlagSpan]:
    """The spans of imported_spans, from rows of `tightness`; those of the journal raise none
    here.
    """
    in_files = scores.filter(pl.col("source") != "diary")
    has_sign = in_files.select(
        (pl.col("red_flags").list.len() > 0).fill_null(False)
        | pl.col("is_sharp").fill_null(False)
        | (pl.col("score") >= RED_FLAG_SCORE).fill_null(False)
    ).to_series()
    first = has_sign.arg_max() if has_sign.any() else in_files.height
    return imported_spans(scores_of(in_files[first:]))
